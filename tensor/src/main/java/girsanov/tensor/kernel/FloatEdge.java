package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tile of {@link FloatMatmul} for a last panel of three vectors and a few columns
 * more, at most a quarter of a vector. A vector of their own for each row would be idle for the
 * most part: here the four rows share one, in which the columns stand four times, once a row. A
 * product with 100 columns computes 100 of 100, not of 112.
 */
final class FloatEdge {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  /** The most columns beyond three vectors. */
  static final int MOST = Lanes.TILE_VECTORS == 4 ? L / 4 : 0;

  static final int WHOLE = 3 * L;

  private FloatEdge() {}

  /** Whether the last panel of so many columns is of this kind. */
  static boolean suits(int n) {
    int beyond = n % L;
    return n > WHOLE && beyond > 0 && beyond <= MOST;
  }

  /**
   * C[4, w] (+)= A[4, k] B[k, w], w three vectors, and into {@code edge} what is added up of the
   * columns beyond: a quarter of a vector for each row. Rows of B are four vectors, the last of
   * them those columns four times.
   */
  static void tile(
      int k,
      float[] a,
      int ao,
      int aRowStride,
      int aColStride,
      float[] b,
      int bo,
      float[] c,
      int co,
      int ldc,
      float[] edge,
      boolean accumulate) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero, c01 = zero, c02 = zero;
    FloatVector c10 = zero, c11 = zero, c12 = zero;
    FloatVector c20 = zero, c21 = zero, c22 = zero;
    FloatVector c30 = zero, c31 = zero, c32 = zero;
    FloatVector beyond = zero;
    VectorMask<Float> second = VectorMask.fromLong(S, ((1L << (L / 4)) - 1) << (L / 4));
    VectorMask<Float> third = VectorMask.fromLong(S, ((1L << (L / 4)) - 1) << (L / 2));
    VectorMask<Float> fourth = VectorMask.fromLong(S, ((1L << (L / 4)) - 1) << (3 * L / 4));
    int ap = ao;
    int row = aRowStride;
    int row3 = 3 * aRowStride;
    int end = bo + k * 4 * L;
    for (int bp = bo; bp != end; bp += 4 * L) {
      FloatVector b0 = FloatVector.fromArray(S, b, bp);
      FloatVector b1 = FloatVector.fromArray(S, b, bp + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bp + 2 * L);
      FloatVector x0 = FloatVector.broadcast(S, a[ap]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      c02 = x0.fma(b2, c02);
      FloatVector x1 = FloatVector.broadcast(S, a[ap + row]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      c12 = x1.fma(b2, c12);
      FloatVector x2 = FloatVector.broadcast(S, a[ap + 2 * row]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      c22 = x2.fma(b2, c22);
      FloatVector x3 = FloatVector.broadcast(S, a[ap + row3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
      c32 = x3.fma(b2, c32);
      FloatVector own = x0.blend(x1, second).blend(x2, third).blend(x3, fourth);
      beyond = own.fma(FloatVector.fromArray(S, b, bp + 3 * L), beyond);
      ap += aColStride;
    }
    beyond.intoArray(edge, 0);
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
      c30 = c30.add(FloatVector.fromArray(S, c, ci + 3 * ldc));
      c31 = c31.add(FloatVector.fromArray(S, c, ci + 3 * ldc + L));
      c32 = c32.add(FloatVector.fromArray(S, c, ci + 3 * ldc + 2 * L));
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
    c30.intoArray(c, ci + 3 * ldc);
    c31.intoArray(c, ci + 3 * ldc + L);
    c32.intoArray(c, ci + 3 * ldc + 2 * L);
  }

  /** The columns beyond, from {@code edge} to where they belong. */
  static void store(int columns, float[] edge, float[] c, int co, int ldc, boolean accumulate) {
    for (int r = 0; r < 4; r++) {
      for (int j = 0; j < columns; j++) {
        float sum = edge[r * (L / 4) + j];
        int at = co + r * ldc + WHOLE + j;
        c[at] = accumulate ? c[at] + sum : sum;
      }
    }
  }

  /** Rows of B as {@link #tile} wants them, but for what stands in lanes without a column. */
  static void pack(
      int k, int columns, float[] b, int bo, int ldb, boolean transposeB, float[] packed, int po) {
    if (transposeB) {
      FloatMovement.transpose(b, bo, ldb, packed, po, 4 * L, WHOLE, k);
    } else {
      FloatMovement.copyRows(b, bo, ldb, packed, po, 4 * L, k, WHOLE);
    }
    int term = transposeB ? 1 : ldb;
    int column = transposeB ? ldb : 1;
    for (int p = 0; p < k; p++) {
      int from = bo + WHOLE * column + p * term;
      int to = po + p * 4 * L + WHOLE;
      for (int j = 0; j < columns; j++) {
        float x = b[from + j * column];
        packed[to + j] = x;
        packed[to + j + L / 4] = x;
        packed[to + j + L / 2] = x;
        packed[to + j + 3 * L / 4] = x;
      }
    }
  }
}
