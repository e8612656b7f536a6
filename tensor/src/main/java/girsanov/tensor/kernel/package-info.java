/**
 * Kernels: small static loops over arrays, in SIMD.
 *
 * <p>Largest errors, in units of the last place, as {@code FloatElementaryFunctionsTest} and its
 * double twin sample them, evenly in the argument and in its logarithm:
 *
 * <pre>
 *   sqrt, reciprocal, divide                           0.5
 *   exp, log                                           1.5
 *   log1p, sin, cos                                    2
 *   expm1, elu, tanh, sigmoid, softplus, erf           2.5
 *   silu                                               3
 *   softplusSlope                                      3.5
 *   power                                              4
 * </pre>
 */
@NullMarked
package girsanov.tensor.kernel;

import org.jspecify.annotations.NullMarked;
