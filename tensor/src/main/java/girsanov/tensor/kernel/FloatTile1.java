package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of {@link FloatMatmul}, one row at a time: C[rows, w] (+)= A[rows, k] B[k, w], w =
 * 1 to 4 vectors. The rows are a multiple of 1, or fewer: then the last is computed over again
 * until there are 1, and C must have room for 1.
 *
 * <p>Every accumulator is a variable of its own, since only so does it stay in a register; the loop
 * over p is not unrolled, since that makes the JIT spill.
 */
final class FloatTile1 {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private FloatTile1() {}

  /** Columns: four vectors. */
  static void tile1x4(
      int rows,
      int k,
      float[] a,
      int ao,
      int aRowStride,
      int aColStride,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    for (int i = 0; i < rows; i += 1) {
      FloatVector zero = FloatVector.zero(S);
      FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
      int ap = ao + i * aRowStride;
      int bp = bo;
      for (int p = 0; p < k; p++) {
        FloatVector b0 = FloatVector.fromArray(S, b, bp);
        FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
        FloatVector b2 = FloatVector.fromArray(S, b, bp + 2 * L);
        FloatVector b3 = FloatVector.fromArray(S, b, bp + 3 * L);
        FloatVector x = FloatVector.broadcast(S, a[ap]);
        c00 = x.fma(b0, c00);
        c01 = x.fma(b1, c01);
        c02 = x.fma(b2, c02);
        c03 = x.fma(b3, c03);
        ap += aColStride;
        bp += bStride;
      }
      int ci = co + i * ldc;
      if (accumulate) {
        c00 = c00.add(FloatVector.fromArray(S, c, ci));
        c01 = c01.add(FloatVector.fromArray(S, c, ci + L));
        c02 = c02.add(FloatVector.fromArray(S, c, ci + 2 * L));
        c03 = c03.add(FloatVector.fromArray(S, c, ci + 3 * L));
      }
      c00.intoArray(c, ci);
      c01.intoArray(c, ci + L);
      c02.intoArray(c, ci + 2 * L);
      c03.intoArray(c, ci + 3 * L);
    }
  }

  /** Columns: three vectors. */
  static void tile1x3(
      int rows,
      int k,
      float[] a,
      int ao,
      int aRowStride,
      int aColStride,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    for (int i = 0; i < rows; i += 1) {
      FloatVector zero = FloatVector.zero(S);
      FloatVector c00 = zero, c01 = zero, c02 = zero;
      int ap = ao + i * aRowStride;
      int bp = bo;
      for (int p = 0; p < k; p++) {
        FloatVector b0 = FloatVector.fromArray(S, b, bp);
        FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
        FloatVector b2 = FloatVector.fromArray(S, b, bp + 2 * L);
        FloatVector x = FloatVector.broadcast(S, a[ap]);
        c00 = x.fma(b0, c00);
        c01 = x.fma(b1, c01);
        c02 = x.fma(b2, c02);
        ap += aColStride;
        bp += bStride;
      }
      int ci = co + i * ldc;
      if (accumulate) {
        c00 = c00.add(FloatVector.fromArray(S, c, ci));
        c01 = c01.add(FloatVector.fromArray(S, c, ci + L));
        c02 = c02.add(FloatVector.fromArray(S, c, ci + 2 * L));
      }
      c00.intoArray(c, ci);
      c01.intoArray(c, ci + L);
      c02.intoArray(c, ci + 2 * L);
    }
  }

  /** Columns: two vectors. */
  static void tile1x2(
      int rows,
      int k,
      float[] a,
      int ao,
      int aRowStride,
      int aColStride,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    for (int i = 0; i < rows; i += 1) {
      FloatVector zero = FloatVector.zero(S);
      FloatVector c00 = zero, c01 = zero;
      int ap = ao + i * aRowStride;
      int bp = bo;
      for (int p = 0; p < k; p++) {
        FloatVector b0 = FloatVector.fromArray(S, b, bp);
        FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
        FloatVector x = FloatVector.broadcast(S, a[ap]);
        c00 = x.fma(b0, c00);
        c01 = x.fma(b1, c01);
        ap += aColStride;
        bp += bStride;
      }
      int ci = co + i * ldc;
      if (accumulate) {
        c00 = c00.add(FloatVector.fromArray(S, c, ci));
        c01 = c01.add(FloatVector.fromArray(S, c, ci + L));
      }
      c00.intoArray(c, ci);
      c01.intoArray(c, ci + L);
    }
  }

  /** Columns: one vector. */
  static void tile1x1(
      int rows,
      int k,
      float[] a,
      int ao,
      int aRowStride,
      int aColStride,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    for (int i = 0; i < rows; i += 1) {
      FloatVector zero = FloatVector.zero(S);
      FloatVector c00 = zero;
      int ap = ao + i * aRowStride;
      int bp = bo;
      for (int p = 0; p < k; p++) {
        FloatVector b0 = FloatVector.fromArray(S, b, bp);
        FloatVector x = FloatVector.broadcast(S, a[ap]);
        c00 = x.fma(b0, c00);
        ap += aColStride;
        bp += bStride;
      }
      int ci = co + i * ldc;
      if (accumulate) {
        c00 = c00.add(FloatVector.fromArray(S, c, ci));
      }
      c00.intoArray(c, ci);
    }
  }
}
