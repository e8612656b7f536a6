/** Models and losses that exist to be compared: the same as their namesakes in {@code peer.py}. */
@NullMarked
package girsanov.bench.model;

import org.jspecify.annotations.NullMarked;
