/** The peers from Maven Central, compiled under the profile {@code peers} alone. */
@NullMarked
package girsanov.bench.peers;

import org.jspecify.annotations.NullMarked;
