/**
 * Benchmarks as lessons: each says what you should see, and checks its result. In reading order:
 *
 * <ol>
 *   <li>{@link girsanov.bench.L01_RegisterTile}: use each number that is loaded many times
 *   <li>{@link girsanov.bench.L02_HandUnrolling}: unrolling by hand spills
 *   <li>{@link girsanov.bench.L03_Packing}: a copy of B pays only if it is read often
 *   <li>{@link girsanov.bench.L04_WarmUp}: a fresh kernel boxes its vectors
 *   <li>{@link girsanov.bench.L05_OwnPolynomials}: exp and tanh without a library
 *   <li>{@link girsanov.bench.L06_Fusion}: one journey to memory instead of twelve
 *   <li>{@link girsanov.bench.L07_RowBlocks}: blocks of rows stay in the cache
 *   <li>{@link girsanov.bench.L08_NormalNumbers}: random numbers without a state
 *   <li>{@link girsanov.bench.L09_Workers}: a helper that is awake
 *   <li>{@link girsanov.bench.L10_Boxing}: a vector that meets a call is an object
 * </ol>
 */
@NullMarked
package girsanov.bench;

import org.jspecify.annotations.NullMarked;
