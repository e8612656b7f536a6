package girsanov.tensor.plain;

/** The meaning of {@code FloatMatmul} as three loops. */
public final class FloatPlainMatmul {
  /** Sums over k are formed in blocks of this many terms, as in the kernel. */
  private static final int K_BLOCK = 512;

  private FloatPlainMatmul() {}

  /**
   * C[i, j] (+)= Σ_p A[i, p] B[p, j]: each block of 512 terms is a chain of fused multiply-adds
   * from zero, and the blocks are added in order.
   */
  public static void matmul(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int aRowStride,
      int aColStride,
      float[] b,
      int bo,
      int ldb,
      boolean transposeB,
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    int bRowStride = transposeB ? 1 : ldb;
    int bColStride = transposeB ? ldb : 1;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = accumulate ? c[co + i * ldc + j] : 0;
        for (int p0 = 0; p0 < k; p0 += K_BLOCK) {
          float block = 0;
          for (int p = p0; p < Math.min(p0 + K_BLOCK, k); p++) {
            block =
                Math.fma(
                    a[ao + i * aRowStride + p * aColStride],
                    b[bo + p * bRowStride + j * bColStride],
                    block);
          }
          sum += block;
        }
        c[co + i * ldc + j] = sum;
      }
    }
  }
}
