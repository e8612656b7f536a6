package girsanov.tensor.plain;

import girsanov.tensor.kernel.Extents;

/** The meaning of {@code FloatMatmul} as three loops. */
public final class FloatPlainMatmul {
  /** Sums over k are formed in blocks of this many terms, as in the kernel. */
  private static final int K_BLOCK = 1024;

  private FloatPlainMatmul() {}

  /**
   * C[i, j] (+)= Σ_p A[i, p] B[p, j]: each block of 512 terms is a chain of fused multiply-adds
   * from zero, and the blocks are added in order.
   */
  public static void matmul(Extents e, float[] a, int ao, float[] b, int bo, float[] c, int co) {
    int bRowStride = e.transposeB() ? 1 : e.ldb();
    int bColStride = e.transposeB() ? e.ldb() : 1;
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
}
