/**
 * What {@code bench/compare --profile} adds to the compiler's package, on the class path of bench
 * alone: a clock around each instruction, which calls what no other package may.
 */
@NullMarked
package girsanov.autodiff.compile;

import org.jspecify.annotations.NullMarked;
