package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix times column, C[m, 1] (+)= A[m, k] b[k], with rows of A that have no gaps: a register tile
 * would use one lane of each vector.
 *
 * <p>The order of a sum depends on k alone: term p goes to partial sum p mod W, W = 16 floats or 8
 * doubles, in order, each a chain of fused multiply-adds from zero, and the partial sums are added
 * in halves, as in {@link FloatReduction}. Four rows at a time share what is read of b.
 */
final class FloatDots {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  /** The number of partial sums: 64 bytes of them. */
  private static final int W = 64 / Float.BYTES;

  private static final int ROWS = 4;

  private static final ThreadLocal<float[]> PARTIAL =
      ThreadLocal.withInitial(() -> new float[ROWS * W]);

  private FloatDots() {}

  /**
   * Whether {@link #run} does such a product; how many of its rows are wanted has no part in it.
   */
  static boolean suits(Extents e) {
    return e.n() == 1 && e.aColStride() == 1;
  }

  /** Whether the elements of b have no gaps, as {@link #run} wants them. */
  static boolean isRow(Extents e) {
    return e.transposeB() || e.ldb() == 1;
  }

  /** The elements of b, without gaps. */
  static void gather(Extents e, float[] b, int bo, float[] to, int at) {
    int step = e.transposeB() ? 1 : e.ldb();
    for (int p = 0; p < e.k(); p++) {
      to[at + p] = b[bo + p * step];
    }
  }

  /** So many rows. */
  static void run(Extents e, int m, float[] a, int ao, float[] b, int bo, float[] c, int co) {
    int k = e.k();
    int lda = e.aRowStride();
    boolean add = e.accumulate();
    float[] partial = PARTIAL.get();
    for (int i = 0; i < m; i += ROWS) {
      // A last row that is not there is another time the one before.
      int a0 = ao + i * lda;
      int a1 = ao + Math.min(i + 1, m - 1) * lda;
      int a2 = ao + Math.min(i + 2, m - 1) * lda;
      int a3 = ao + Math.min(i + 3, m - 1) * lda;
      for (int first = 0; first < W; first += L) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = FloatVector.zero(S);
        FloatVector s2 = FloatVector.zero(S);
        FloatVector s3 = FloatVector.zero(S);
        int p = first;
        for (; p <= k - L; p += W) {
          FloatVector x = FloatVector.fromArray(S, b, bo + p);
          s0 = FloatVector.fromArray(S, a, a0 + p).fma(x, s0);
          s1 = FloatVector.fromArray(S, a, a1 + p).fma(x, s1);
          s2 = FloatVector.fromArray(S, a, a2 + p).fma(x, s2);
          s3 = FloatVector.fromArray(S, a, a3 + p).fma(x, s3);
        }
        if (p < k) {
          VectorMask<Float> inside = S.indexInRange(p, k);
          FloatVector x = FloatVector.fromArray(S, b, bo + p, inside);
          s0 = FloatVector.fromArray(S, a, a0 + p, inside).fma(x, s0);
          s1 = FloatVector.fromArray(S, a, a1 + p, inside).fma(x, s1);
          s2 = FloatVector.fromArray(S, a, a2 + p, inside).fma(x, s2);
          s3 = FloatVector.fromArray(S, a, a3 + p, inside).fma(x, s3);
        }
        s0.intoArray(partial, first);
        s1.intoArray(partial, W + first);
        s2.intoArray(partial, 2 * W + first);
        s3.intoArray(partial, 3 * W + first);
      }
      int rows = Math.min(ROWS, m - i);
      int ci = co + i * e.ldc();
      for (int at = 0; at < rows * W; at += W) {
        FloatVector s = FloatVector.fromArray(S, partial, at);
        if (2 * L < W) {
          FloatVector low = s.add(FloatVector.fromArray(S, partial, at + 2 * L));
          FloatVector high = FloatVector.fromArray(S, partial, at + L);
          s = low.add(high.add(FloatVector.fromArray(S, partial, at + 3 * L)));
        } else if (L < W) {
          s = s.add(FloatVector.fromArray(S, partial, at + L));
        }
        if (L > 8) {
          s = s.add(s.rearrange(FloatTranspose.X8));
        }
        if (L > 4) {
          s = s.add(s.rearrange(FloatTranspose.X4));
        }
        if (L > 2) {
          s = s.add(s.rearrange(FloatTranspose.X2));
        }
        float sum = s.add(s.rearrange(FloatTranspose.X1)).lane(0);
        c[ci] = add ? c[ci] + sum : sum;
        ci += e.ldc();
      }
    }
  }
}
