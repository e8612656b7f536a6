/** The pictures of a run, as PNG files. */
@NullMarked
package girsanov.cli.plot;

import org.jspecify.annotations.NullMarked;
