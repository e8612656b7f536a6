package girsanov.tensor.kernel;

import girsanov.tensor.plain.FloatPlainMatmul;

/** Matrix products C[m, n] (+)= A[m, k] B[k, n], row-major. */
public final class FloatMatmul {
  private FloatMatmul() {}

  /** The elements of scratch that {@link #matmul} needs for these extents; may be 0. */
  public static int scratchSize(int m, int n, int k, boolean transposeB) {
    return 0;
  }

  /**
   * C (+)= A B, or A Bᵀ with B stored as [n, k]. A is read by general strides, so a transposed A is
   * a matter of swapping them.
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
      boolean accumulate,
      float[] scratch,
      int so) {
    FloatPlainMatmul.matmul(
        m, n, k, a, ao, aRowStride, aColStride, b, bo, ldb, transposeB, c, co, ldc, accumulate);
  }

  /** The elements that {@link #pack} writes for B[k, n]. */
  public static int packedSize(int k, int n) {
    return Math.multiplyExact(k, n);
  }

  /** Rearranges B[k, n] (stored as [n, k] if transposed) for {@link #matmulPacked}. */
  public static void pack(
      int k, int n, float[] b, int bo, int ldb, boolean transposeB, float[] packed, int po) {
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        packed[po + p * n + j] = b[bo + (transposeB ? j * ldb + p : p * ldb + j)];
      }
    }
  }

  /** C (+)= A B with a B from {@link #pack}; the same bits as {@link #matmul}. */
  public static void matmulPacked(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int aRowStride,
      int aColStride,
      float[] packed,
      int po,
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    FloatPlainMatmul.matmul(
        m, n, k, a, ao, aRowStride, aColStride, packed, po, n, false, c, co, ldc, accumulate);
  }
}
