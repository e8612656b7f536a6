package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
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

  private FloatReduction() {}

  /** Σ x[i]. */
  public static float sum(float[] x, int xo, int n) {
    int whole = n & -W;
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    for (int i = xo; i < xo + whole; i += W) {
      s0 = s0.add(FloatVector.fromArray(S, x, i));
      if (L < W) {
        s1 = s1.add(FloatVector.fromArray(S, x, i + L));
      }
      if (2 * L < W) {
        s2 = s2.add(FloatVector.fromArray(S, x, i + 2 * L));
        s3 = s3.add(FloatVector.fromArray(S, x, i + 3 * L));
      }
    }
    if (whole < n) {
      int i = xo + whole;
      s0 = s0.add(FloatVector.fromArray(S, x, i, S.indexInRange(whole, n)));
      if (L < W) {
        s1 = s1.add(FloatVector.fromArray(S, x, i + L, S.indexInRange(whole + L, n)));
      }
      if (2 * L < W) {
        s2 = s2.add(FloatVector.fromArray(S, x, i + 2 * L, S.indexInRange(whole + 2 * L, n)));
        s3 = s3.add(FloatVector.fromArray(S, x, i + 3 * L, S.indexInRange(whole + 3 * L, n)));
      }
    }
    if (2 * L < W) {
      s0 = s0.add(s2);
      s1 = s1.add(s3);
    }
    if (L < W) {
      s0 = s0.add(s1);
    }
    if (L > 8) {
      s0 = s0.add(s0.rearrange(FloatTranspose.X8));
    }
    if (L > 4) {
      s0 = s0.add(s0.rearrange(FloatTranspose.X4));
    }
    if (L > 2) {
      s0 = s0.add(s0.rearrange(FloatTranspose.X2));
    }
    return s0.add(s0.rearrange(FloatTranspose.X1)).lane(0);
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
    // Four vectors at a time: one alone would wait for each of its additions.
    for (; c <= cols - 4 * L; c += 4 * L) {
      FloatVector s0 = accumulate ? FloatVector.fromArray(S, y, yo + c) : FloatVector.zero(S);
      FloatVector s1 = accumulate ? FloatVector.fromArray(S, y, yo + c + L) : FloatVector.zero(S);
      FloatVector s2 =
          accumulate ? FloatVector.fromArray(S, y, yo + c + 2 * L) : FloatVector.zero(S);
      FloatVector s3 =
          accumulate ? FloatVector.fromArray(S, y, yo + c + 3 * L) : FloatVector.zero(S);
      for (int r = 0; r < rows; r++) {
        int at = xo + r * rowStride + c;
        s0 = s0.add(FloatVector.fromArray(S, x, at));
        s1 = s1.add(FloatVector.fromArray(S, x, at + L));
        s2 = s2.add(FloatVector.fromArray(S, x, at + 2 * L));
        s3 = s3.add(FloatVector.fromArray(S, x, at + 3 * L));
      }
      s0.intoArray(y, yo + c);
      s1.intoArray(y, yo + c + L);
      s2.intoArray(y, yo + c + 2 * L);
      s3.intoArray(y, yo + c + 3 * L);
    }
    for (; c < cols; c += L) {
      VectorMask<Float> inside = S.indexInRange(c, cols);
      FloatVector s =
          accumulate ? FloatVector.fromArray(S, y, yo + c, inside) : FloatVector.zero(S);
      for (int r = 0; r < rows; r++) {
        s = s.add(FloatVector.fromArray(S, x, xo + r * rowStride + c, inside));
      }
      s.intoArray(y, yo + c, inside);
    }
  }

  /** y[r] = max_c x[r, c]; NaN if one is. */
  public static void rowMax(
      float[] x, int xo, int rowStride, int rows, int cols, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = max(x, xo + r * rowStride, cols);
    }
  }

  /** By itself: within the loop over rows its vectors were objects in some runs. */
  private static float max(float[] x, int xo, int n) {
    FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - L; i += L) {
      max = max.max(FloatVector.fromArray(S, x, xo + i));
    }
    float best = max.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      best = Math.max(best, x[xo + i]);
    }
    return best;
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
}
