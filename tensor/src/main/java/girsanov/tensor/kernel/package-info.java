/** Kernels: small static loops over arrays, in SIMD. */
@NullMarked
package girsanov.tensor.kernel;

import org.jspecify.annotations.NullMarked;
