/** The {@code girsanov} command. */
@NullMarked
package girsanov.cli;

import org.jspecify.annotations.NullMarked;
