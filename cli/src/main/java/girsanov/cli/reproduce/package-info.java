/** The tables and figures of the VSDN paper, on data that are at hand. */
@NullMarked
package girsanov.cli.reproduce;

import org.jspecify.annotations.NullMarked;
