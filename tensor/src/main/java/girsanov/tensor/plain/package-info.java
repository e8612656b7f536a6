/** The kernels once more as plain loops: slow, readable, and the oracle of their tests. */
@NullMarked
package girsanov.tensor.plain;

import org.jspecify.annotations.NullMarked;
