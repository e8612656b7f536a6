package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * As {@link FloatTile6}, three rows high: a weight's gradient where there are three inputs. One row
 * after the other would read B three times.
 */
final class FloatTile3 {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private FloatTile3() {}

  /** Columns: four vectors. */
  static void tile3x4(
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
    FloatVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    FloatVector c20 = zero, c21 = zero, c22 = zero, c23 = zero;
    int ap = ao;
    int row = aRowStride;
    int end = bo + k * bStride;
    for (int bp = bo; bp != end; bp += bStride) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bp + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, bp + 3 * L);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[ap + row]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[ap + 2 * row]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      ap += aColStride;
    }
    int ci = co;
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, ci));
      c01 = c01.add(FloatVector.fromArray(S, c, ci + L));
      c02 = c02.add(FloatVector.fromArray(S, c, ci + 2 * L));
      c03 = c03.add(FloatVector.fromArray(S, c, ci + 3 * L));
      c10 = c10.add(FloatVector.fromArray(S, c, ci + ldc));
      c11 = c11.add(FloatVector.fromArray(S, c, ci + ldc + L));
      c12 = c12.add(FloatVector.fromArray(S, c, ci + ldc + 2 * L));
      c13 = c13.add(FloatVector.fromArray(S, c, ci + ldc + 3 * L));
      c20 = c20.add(FloatVector.fromArray(S, c, ci + 2 * ldc));
      c21 = c21.add(FloatVector.fromArray(S, c, ci + 2 * ldc + L));
      c22 = c22.add(FloatVector.fromArray(S, c, ci + 2 * ldc + 2 * L));
      c23 = c23.add(FloatVector.fromArray(S, c, ci + 2 * ldc + 3 * L));
    }
    c00.intoArray(c, ci);
    c01.intoArray(c, ci + L);
    c02.intoArray(c, ci + 2 * L);
    c03.intoArray(c, ci + 3 * L);
    c10.intoArray(c, ci + ldc);
    c11.intoArray(c, ci + ldc + L);
    c12.intoArray(c, ci + ldc + 2 * L);
    c13.intoArray(c, ci + ldc + 3 * L);
    c20.intoArray(c, ci + 2 * ldc);
    c21.intoArray(c, ci + 2 * ldc + L);
    c22.intoArray(c, ci + 2 * ldc + 2 * L);
    c23.intoArray(c, ci + 2 * ldc + 3 * L);
  }

  /** Columns: three vectors. */
  static void tile3x3(
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
    FloatVector c10 = zero, c11 = zero, c12 = zero;
    FloatVector c20 = zero, c21 = zero, c22 = zero;
    int ap = ao;
    int row = aRowStride;
    int end = bo + k * bStride;
    for (int bp = bo; bp != end; bp += bStride) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bp + 2 * L);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[ap + row]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[ap + 2 * row]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      ap += aColStride;
    }
    int ci = co;
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, ci));
      c01 = c01.add(FloatVector.fromArray(S, c, ci + L));
      c02 = c02.add(FloatVector.fromArray(S, c, ci + 2 * L));
      c10 = c10.add(FloatVector.fromArray(S, c, ci + ldc));
      c11 = c11.add(FloatVector.fromArray(S, c, ci + ldc + L));
      c12 = c12.add(FloatVector.fromArray(S, c, ci + ldc + 2 * L));
      c20 = c20.add(FloatVector.fromArray(S, c, ci + 2 * ldc));
      c21 = c21.add(FloatVector.fromArray(S, c, ci + 2 * ldc + L));
      c22 = c22.add(FloatVector.fromArray(S, c, ci + 2 * ldc + 2 * L));
    }
    c00.intoArray(c, ci);
    c01.intoArray(c, ci + L);
    c02.intoArray(c, ci + 2 * L);
    c10.intoArray(c, ci + ldc);
    c11.intoArray(c, ci + ldc + L);
    c12.intoArray(c, ci + ldc + 2 * L);
    c20.intoArray(c, ci + 2 * ldc);
    c21.intoArray(c, ci + 2 * ldc + L);
    c22.intoArray(c, ci + 2 * ldc + 2 * L);
  }

  /** Columns: two vectors. */
  static void tile3x2(
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
    FloatVector c10 = zero, c11 = zero;
    FloatVector c20 = zero, c21 = zero;
    int ap = ao;
    int row = aRowStride;
    int end = bo + k * bStride;
    for (int bp = bo; bp != end; bp += bStride) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[ap + row]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[ap + 2 * row]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      ap += aColStride;
    }
    int ci = co;
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, ci));
      c01 = c01.add(FloatVector.fromArray(S, c, ci + L));
      c10 = c10.add(FloatVector.fromArray(S, c, ci + ldc));
      c11 = c11.add(FloatVector.fromArray(S, c, ci + ldc + L));
      c20 = c20.add(FloatVector.fromArray(S, c, ci + 2 * ldc));
      c21 = c21.add(FloatVector.fromArray(S, c, ci + 2 * ldc + L));
    }
    c00.intoArray(c, ci);
    c01.intoArray(c, ci + L);
    c10.intoArray(c, ci + ldc);
    c11.intoArray(c, ci + ldc + L);
    c20.intoArray(c, ci + 2 * ldc);
    c21.intoArray(c, ci + 2 * ldc + L);
  }

  /** Columns: one vector. */
  static void tile3x1(
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
    FloatVector c10 = zero;
    FloatVector c20 = zero;
    int ap = ao;
    int row = aRowStride;
    int end = bo + k * bStride;
    for (int bp = bo; bp != end; bp += bStride) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[ap + row]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[ap + 2 * row]);
      c20 = x.fma(b0, c20);
      ap += aColStride;
    }
    int ci = co;
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, ci));
      c10 = c10.add(FloatVector.fromArray(S, c, ci + ldc));
      c20 = c20.add(FloatVector.fromArray(S, c, ci + 2 * ldc));
    }
    c00.intoArray(c, ci);
    c10.intoArray(c, ci + ldc);
    c20.intoArray(c, ci + 2 * ldc);
  }
}
