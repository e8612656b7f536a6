package girsanov.tensor.kernel;

/**
 * Matrix products C[m, n] (+)= A[m, k] B[k, n], row-major, one thread.
 *
 * <p>The meaning is exact and the same on every path, lane width and cut into rows or columns: each
 * element is the sum, in order, of blocks of {@value #K_BLOCK} terms, each block a chain of fused
 * multiply-adds from zero.
 *
 * <p>The work is done by register tiles of 6 (or 4, or 1) rows by up to four vectors, {@link
 * FloatTile6} and its siblings. They read A where it lies, by general strides, one element a
 * broadcast: a transposed A is a matter of swapping its strides. B is read where it lies if it is
 * small enough for the L2 cache, and otherwise copied into panels four vectors wide ({@link
 * FloatPacking}), {@value #K_BLOCK} x {@value #N_BLOCK} elements at a time.
 */
public final class FloatMatmul {
  private static final int K_BLOCK = 512;
  private static final int N_BLOCK = 256;

  /** A B of at most so many bytes is not packed. */
  private static final int DIRECT_BYTES = 128 << 10;

  /** Nor is one that so few rows of A make use of. */
  private static final int DIRECT_ROWS = 24;

  private FloatMatmul() {}

  /** The elements of scratch that {@link #matmul} needs for these extents; may be 0. */
  public static int scratchSize(int m, int n, int k, boolean transposeB) {
    return isDirect(m, n, k, transposeB)
        ? 0
        : FloatPacking.size(Math.min(k, K_BLOCK), Math.min(n, N_BLOCK));
  }

  /**
   * C (+)= A B, or A Bᵀ with B stored as [n, k]. The scratch from {@code so} on has {@link
   * #scratchSize} elements.
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
    boolean direct = isDirect(m, n, k, transposeB);
    int nBlock = direct ? n : N_BLOCK;
    for (int j = 0; j < n; j += nBlock) {
      int nc = Math.min(nBlock, n - j);
      for (int p = 0; p < k; p += K_BLOCK) {
        int kc = Math.min(K_BLOCK, k - p);
        int ap = ao + p * aColStride;
        boolean add = accumulate || p > 0;
        if (direct) {
          FloatTiles.direct(
              m, n, kc, a, ap, aRowStride, aColStride, b, bo + p * ldb, ldb, c, co, ldc, add);
        } else {
          int from = transposeB ? bo + j * ldb + p : bo + p * ldb + j;
          FloatPacking.pack(kc, nc, b, from, ldb, transposeB, scratch, so);
          FloatTiles.packed(
              m, nc, kc, a, ap, aRowStride, aColStride, scratch, so, kc, 0, c, co + j, ldc, add);
        }
      }
    }
  }

  /**
   * {@code batch} products, the i-th from i times a batch stride on in A, B and C. A stride of 0
   * uses the same matrix for all; the C of different products must not overlap.
   */
  public static void matmulBatched(
      int batch,
      int aBatchStride,
      int bBatchStride,
      int cBatchStride,
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
    for (int i = 0; i < batch; i++) {
      matmul(
          m,
          n,
          k,
          a,
          ao + i * aBatchStride,
          aRowStride,
          aColStride,
          b,
          bo + i * bBatchStride,
          ldb,
          transposeB,
          c,
          co + i * cBatchStride,
          ldc,
          accumulate,
          scratch,
          so);
    }
  }

  /** The elements that {@link #pack} writes for B[k, n]. */
  public static int packedSize(int k, int n) {
    return FloatPacking.size(k, n);
  }

  /** Rearranges B[k, n] (stored as [n, k] if transposed) for {@link #matmulPacked}. */
  public static void pack(
      int k, int n, float[] b, int bo, int ldb, boolean transposeB, float[] packed, int po) {
    FloatPacking.pack(k, n, b, bo, ldb, transposeB, packed, po);
  }

  /** C (+)= A B with a B from {@link #pack}: the same bits as {@link #matmul}. */
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
    for (int j = 0; j < n; j += N_BLOCK) {
      int nc = Math.min(N_BLOCK, n - j);
      for (int p = 0; p < k; p += K_BLOCK) {
        int kc = Math.min(K_BLOCK, k - p);
        int ap = ao + p * aColStride;
        FloatTiles.packed(
            m,
            nc,
            kc,
            a,
            ap,
            aRowStride,
            aColStride,
            packed,
            po + j * k,
            k,
            p,
            c,
            co + j,
            ldc,
            accumulate || p > 0);
      }
    }
  }

  private static boolean isDirect(int m, int n, int k, boolean transposeB) {
    return !transposeB
        && (m <= DIRECT_ROWS || (long) k * n * Float.BYTES <= DIRECT_BYTES)
        && FloatTiles.suitsDirect(n);
  }
}
