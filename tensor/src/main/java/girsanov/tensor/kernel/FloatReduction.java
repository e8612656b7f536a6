package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums and maxima. Each reads exactly the elements it names and writes exactly its results.
 *
 * <p>A sum along contiguous elements has a fixed order that depends on the length alone, not on the
 * lane width: element i goes to partial sum i mod W, W = 16 floats or 8 doubles, in order, and the
 * partial sums are added in halves (j and j + W/2, then j and j + W/4, ...). A sum over rows adds
 * them in order. The JDK's own {@code reduceLanes} promises no order, and interpreted and compiled
 * code do differ.
 *
 * <p>Accumulators start from a vector made in the method: one kept in a constant would make the JIT
 * box every vector it meets in the loop.
 */
public final class FloatReduction {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  /** The number of partial sums: 64 bytes of them. */
  private static final int W = 64 / Float.BYTES;

  private static final VectorShuffle<Float> FOLD_8 = fold(8);
  private static final VectorShuffle<Float> FOLD_4 = fold(4);
  private static final VectorShuffle<Float> FOLD_2 = fold(2);

  private FloatReduction() {}

  /** Σ x[i]. */
  public static float sum(float[] x, int xo, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - W; i += W) {
      s0 = s0.add(FloatVector.fromArray(S, x, xo + i));
      if (L < W) {
        s1 = s1.add(FloatVector.fromArray(S, x, xo + i + L));
      }
      if (2 * L < W) {
        s2 = s2.add(FloatVector.fromArray(S, x, xo + i + 2 * L));
        s3 = s3.add(FloatVector.fromArray(S, x, xo + i + 3 * L));
      }
    }
    if (i < n) {
      s0 = s0.add(part(x, xo + i, n - i));
      if (L < W) {
        s1 = s1.add(part(x, xo + i + L, n - i - L));
      }
      if (2 * L < W) {
        s2 = s2.add(part(x, xo + i + 2 * L, n - i - 2 * L));
        s3 = s3.add(part(x, xo + i + 3 * L, n - i - 3 * L));
      }
    }
    return total(s0, s1, s2, s3);
  }

  /** Σ x[i]². */
  public static float sumOfSquares(float[] x, int xo, int n) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    for (int i = 0; i < n; i += W) {
      FloatVector v0 = part(x, xo + i, n - i);
      s0 = v0.fma(v0, s0);
      if (L < W) {
        FloatVector v1 = part(x, xo + i + L, n - i - L);
        s1 = v1.fma(v1, s1);
      }
      if (2 * L < W) {
        FloatVector v2 = part(x, xo + i + 2 * L, n - i - 2 * L);
        FloatVector v3 = part(x, xo + i + 3 * L, n - i - 3 * L);
        s2 = v2.fma(v2, s2);
        s3 = v3.fma(v3, s3);
      }
    }
    return total(s0, s1, s2, s3);
  }

  /** y[r] = Σ_c x[r, c], rows at a stride. */
  public static void rowSums(
      float[] x, int xo, int rowStride, int rows, int cols, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = sum(x, xo + r * rowStride, cols);
    }
  }

  /** y[c] = Σ_r x[r, c], or that added to y[c]. */
  public static void columnSums(
      float[] x, int xo, int rowStride, int rows, int cols, float[] y, int yo, boolean accumulate) {
    int c = 0;
    for (; c <= cols - L; c += L) {
      FloatVector s = accumulate ? FloatVector.fromArray(S, y, yo + c) : FloatVector.zero(S);
      for (int r = 0; r < rows; r++) {
        s = s.add(FloatVector.fromArray(S, x, xo + r * rowStride + c));
      }
      s.intoArray(y, yo + c);
    }
    for (; c < cols; c++) {
      float s = accumulate ? y[yo + c] : 0;
      for (int r = 0; r < rows; r++) {
        s += x[xo + r * rowStride + c];
      }
      y[yo + c] = s;
    }
  }

  /** y[r] = max_c x[r, c]; NaN if one is. */
  public static void rowMax(
      float[] x, int xo, int rowStride, int rows, int cols, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int row = xo + r * rowStride;
      FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
      int c = 0;
      for (; c <= cols - L; c += L) {
        max = max.max(FloatVector.fromArray(S, x, row + c));
      }
      float best = max.reduceLanes(VectorOperators.MAX);
      for (; c < cols; c++) {
        best = Math.max(best, x[row + c]);
      }
      y[yo + r] = best;
    }
  }

  /** y[c] = max_r x[r, c]; NaN if one is. */
  public static void columnMax(
      float[] x, int xo, int rowStride, int rows, int cols, float[] y, int yo) {
    int c = 0;
    for (; c <= cols - L; c += L) {
      FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
      for (int r = 0; r < rows; r++) {
        max = max.max(FloatVector.fromArray(S, x, xo + r * rowStride + c));
      }
      max.intoArray(y, yo + c);
    }
    for (; c < cols; c++) {
      float best = Float.NEGATIVE_INFINITY;
      for (int r = 0; r < rows; r++) {
        best = Math.max(best, x[xo + r * rowStride + c]);
      }
      y[yo + c] = best;
    }
  }

  /** Whether no element is infinite or NaN. */
  public static boolean allFinite(float[] x, int xo, int n) {
    // 0 times a finite number is 0; times anything else it is NaN, which no addition removes.
    FloatVector zeros = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - L; i += L) {
      zeros = FloatVector.fromArray(S, x, xo + i).fma(FloatVector.zero(S), zeros);
    }
    boolean finite = zeros.compare(VectorOperators.EQ, 0).allTrue();
    for (; i < n; i++) {
      finite &= Float.isFinite(x[xo + i]);
    }
    return finite;
  }

  /** The first n of L elements, and zeros. */
  private static FloatVector part(float[] x, int xo, int n) {
    if (n >= L) {
      return FloatVector.fromArray(S, x, xo);
    }
    if (n <= 0) {
      return FloatVector.zero(S);
    }
    VectorMask<Float> mask = S.indexInRange(0, n);
    return FloatVector.fromArray(S, x, xo, mask);
  }

  private static float total(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    if (L == W) {
      return halves(s0);
    }
    if (2 * L == W) {
      return halves(s0.add(s1));
    }
    return halves(s0.add(s2).add(s1.add(s3)));
  }

  /** The lanes of s added in halves. */
  private static float halves(FloatVector s) {
    FloatVector t = s;
    if (L >= 16) {
      t = t.add(t.rearrange(FOLD_8));
    }
    if (L >= 8) {
      t = t.add(t.rearrange(FOLD_4));
    }
    if (L >= 4) {
      t = t.add(t.rearrange(FOLD_2));
    }
    return t.lane(0) + t.lane(1);
  }

  private static VectorShuffle<Float> fold(int half) {
    return VectorShuffle.fromOp(S, lane -> (lane + half) % L);
  }
}
