package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of {@link FloatMatmul}, one row high, otherwise as {@link FloatTile6}: for the
 * last rows, and for vector times matrix, where eight vectors side by side read B in longer runs.
 */
final class FloatTile1 {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private FloatTile1() {}

  /** Columns: eight vectors. */
  static void tile1x8(
      int k,
      float[] a,
      int ao,
      int aColStride,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      boolean accumulate) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero,
        c01 = zero,
        c02 = zero,
        c03 = zero,
        c04 = zero,
        c05 = zero,
        c06 = zero,
        c07 = zero;
    int ap = ao;
    int end = bo + k * bStride;
    for (int bp = bo; bp != end; bp += bStride) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bp + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, bp + 3 * L);
      FloatVector b4 = FloatVector.fromArray(S, b, bp + 4 * L);
      FloatVector b5 = FloatVector.fromArray(S, b, bp + 5 * L);
      FloatVector b6 = FloatVector.fromArray(S, b, bp + 6 * L);
      FloatVector b7 = FloatVector.fromArray(S, b, bp + 7 * L);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      c04 = x.fma(b4, c04);
      c05 = x.fma(b5, c05);
      c06 = x.fma(b6, c06);
      c07 = x.fma(b7, c07);
      ap += aColStride;
    }
    int ci = co;
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, ci));
      c01 = c01.add(FloatVector.fromArray(S, c, ci + L));
      c02 = c02.add(FloatVector.fromArray(S, c, ci + 2 * L));
      c03 = c03.add(FloatVector.fromArray(S, c, ci + 3 * L));
      c04 = c04.add(FloatVector.fromArray(S, c, ci + 4 * L));
      c05 = c05.add(FloatVector.fromArray(S, c, ci + 5 * L));
      c06 = c06.add(FloatVector.fromArray(S, c, ci + 6 * L));
      c07 = c07.add(FloatVector.fromArray(S, c, ci + 7 * L));
    }
    c00.intoArray(c, ci);
    c01.intoArray(c, ci + L);
    c02.intoArray(c, ci + 2 * L);
    c03.intoArray(c, ci + 3 * L);
    c04.intoArray(c, ci + 4 * L);
    c05.intoArray(c, ci + 5 * L);
    c06.intoArray(c, ci + 6 * L);
    c07.intoArray(c, ci + 7 * L);
  }

  /** Columns: four vectors. */
  static void tile1x4(
      int k,
      float[] a,
      int ao,
      int aColStride,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      boolean accumulate) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    int ap = ao;
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
      ap += aColStride;
    }
    int ci = co;
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

  /** Columns: three vectors. */
  static void tile1x3(
      int k,
      float[] a,
      int ao,
      int aColStride,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      boolean accumulate) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero, c01 = zero, c02 = zero;
    int ap = ao;
    int end = bo + k * bStride;
    for (int bp = bo; bp != end; bp += bStride) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bp + 2 * L);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      ap += aColStride;
    }
    int ci = co;
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, ci));
      c01 = c01.add(FloatVector.fromArray(S, c, ci + L));
      c02 = c02.add(FloatVector.fromArray(S, c, ci + 2 * L));
    }
    c00.intoArray(c, ci);
    c01.intoArray(c, ci + L);
    c02.intoArray(c, ci + 2 * L);
  }

  /** Columns: two vectors. */
  static void tile1x2(
      int k,
      float[] a,
      int ao,
      int aColStride,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      boolean accumulate) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero, c01 = zero;
    int ap = ao;
    int end = bo + k * bStride;
    for (int bp = bo; bp != end; bp += bStride) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      ap += aColStride;
    }
    int ci = co;
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, ci));
      c01 = c01.add(FloatVector.fromArray(S, c, ci + L));
    }
    c00.intoArray(c, ci);
    c01.intoArray(c, ci + L);
  }

  /** Columns: one vector. */
  static void tile1x1(
      int k,
      float[] a,
      int ao,
      int aColStride,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      boolean accumulate) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    int ap = ao;
    int end = bo + k * bStride;
    for (int bp = bo; bp != end; bp += bStride) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector x = FloatVector.broadcast(S, a[ap]);
      c00 = x.fma(b0, c00);
      ap += aColStride;
    }
    int ci = co;
    if (accumulate) {
      c00 = c00.add(FloatVector.fromArray(S, c, ci));
    }
    c00.intoArray(c, ci);
  }
}
