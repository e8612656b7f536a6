package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Matmul micro-kernels, one row. */
final class FloatTile1 {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private FloatTile1() {}

  /** 1 rows of 4 vectors. */
  static void tile1x4(
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
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    int ap = 0;
    int bp = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bp + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, bp + 3 * L);
      FloatVector x = FloatVector.broadcast(S, a[ao + ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      ap += aColStride;
      bp += bStride;
    }
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, co));
      c01 = c01.add(FloatVector.fromArray(S, c, co + L));
      c02 = c02.add(FloatVector.fromArray(S, c, co + 2 * L));
      c03 = c03.add(FloatVector.fromArray(S, c, co + 3 * L));
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c02.intoArray(c, co + 2 * L);
    c03.intoArray(c, co + 3 * L);
  }

  /** 1 rows of 3 vectors. */
  static void tile1x3(
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
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero, c01 = zero, c02 = zero;
    int ap = 0;
    int bp = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bp + 2 * L);
      FloatVector x = FloatVector.broadcast(S, a[ao + ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      ap += aColStride;
      bp += bStride;
    }
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, co));
      c01 = c01.add(FloatVector.fromArray(S, c, co + L));
      c02 = c02.add(FloatVector.fromArray(S, c, co + 2 * L));
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
    c02.intoArray(c, co + 2 * L);
  }

  /** 1 rows of 2 vectors. */
  static void tile1x2(
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
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero, c01 = zero;
    int ap = 0;
    int bp = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector x = FloatVector.broadcast(S, a[ao + ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      ap += aColStride;
      bp += bStride;
    }
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, co));
      c01 = c01.add(FloatVector.fromArray(S, c, co + L));
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
  }

  /** 1 rows of 1 vectors. */
  static void tile1x1(
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
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    int ap = 0;
    int bp = bo;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector x = FloatVector.broadcast(S, a[ao + ap]);
      c00 = x.fma(b0, c00);
      ap += aColStride;
      bp += bStride;
    }
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, co));
    }
    c00.intoArray(c, co);
  }
}
