package girsanov.tensor.plain;

import girsanov.tensor.kernel.Extents;

/** The meaning of {@code FloatMatmul} as three loops. */
public final class FloatPlainMatmul {
  /** Sums over k are formed in blocks of this many terms, as in the kernel. */
  private static final int K_BLOCK = 1024;

  /** Those of a column are formed as so many partial sums. */
  private static final int W = 64 / Float.BYTES;

  private FloatPlainMatmul() {}

  /**
   * C[i, j] (+)= Σ_p A[i, p] B[p, j]: each block of {@value #K_BLOCK} terms is a chain of fused
   * multiply-adds from zero, and the blocks are added in order. Where C is a column and the rows of
   * A have no gaps, term p goes to partial sum p mod 16 (8 in double precision) instead, and these
   * are added in halves.
   */
  public static void matmul(Extents e, float[] a, int ao, float[] b, int bo, float[] c, int co) {
    int bRowStride = e.transposeB() ? 1 : e.ldb();
    int bColStride = e.transposeB() ? e.ldb() : 1;
    if (e.n() == 1 && e.aColStride() == 1) {
      for (int i = 0; i < e.m(); i++) {
        float sum = inHalves(e.k(), a, ao + i * e.aRowStride(), b, bo, bRowStride);
        int at = co + i * e.ldc();
        c[at] = e.accumulate() ? c[at] + sum : sum;
      }
      return;
    }
    for (int i = 0; i < e.m(); i++) {
      for (int j = 0; j < e.n(); j++) {
        int ij = co + i * e.ldc() + j;
        float sum = e.accumulate() ? c[ij] : 0;
        for (int p0 = 0; p0 < e.k(); p0 += K_BLOCK) {
          float block = 0;
          for (int p = p0; p < Math.min(p0 + K_BLOCK, e.k()); p++) {
            float x = a[ao + i * e.aRowStride() + p * e.aColStride()];
            block = Math.fma(x, b[bo + p * bRowStride + j * bColStride], block);
          }
          sum += block;
        }
        c[ij] = sum;
      }
    }
  }

  private static float inHalves(int k, float[] a, int ao, float[] b, int bo, int bStride) {
    float[] partial = new float[W];
    for (int p = 0; p < k; p++) {
      partial[p % W] = Math.fma(a[ao + p], b[bo + p * bStride], partial[p % W]);
    }
    for (int half = W / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        partial[j] += partial[j + half];
      }
    }
    return partial[0];
  }
}
