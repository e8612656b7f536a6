package girsanov.tensor.kernel;

/**
 * Matrix products C[m, n] (+)= A[m, k] B[k, n], row-major, one thread.
 *
 * <p>The meaning is exact and the same on every path, lane width and cut into rows or columns: each
 * element is the sum, in order, of blocks of {@value #K_BLOCK} terms, each block a chain of fused
 * multiply-adds from zero. A column, n = 1, of an A that is not transposed has sums of its own
 * order ({@link FloatDots}).
 *
 * <p>The work is done by register tiles of 6 rows (4 where sums are short; 4, 3 and 1 for the rest)
 * by up to four vectors (one row: eight), {@link FloatTile6} and its siblings; where k ≤ 8, by
 * {@link FloatShallow}. They read A where it lies, by general strides, one element a broadcast: a
 * transposed A is a matter of swapping its strides. B is read where it lies if it is small enough
 * for the L2 cache, and otherwise copied into panels four vectors wide ({@link FloatPacking}). C is
 * done in blocks of rows, and what follows a product ({@link Epilogue}) is done to each while it is
 * in the cache.
 */
public final class FloatMatmul {
  static final int K_BLOCK = 1024;

  /** The elements of B that are packed at a time: an L2 cache of 1 MiB. */
  private static final int BLOCK = (1 << 20) / Float.BYTES;

  /** A B of at most so many bytes is not packed. */
  private static final int DIRECT_BYTES = 128 << 10;

  /** Nor is one that so few rows of A make use of. */
  private static final int DIRECT_ROWS = 24;

  /** Nor, for so few rows, one of which each block of terms leaves room in the L2 cache. */
  private static final int CACHED_ROWS = 128;

  private static final int CACHED_BYTES = 640 << 10;

  /** Products of at most so many terms are bound by C: few rows of it are open at a time. */
  private static final int SHORT = 256;

  private static final int SHORT_ROWS = 12;

  private FloatMatmul() {}

  /** The elements of scratch that {@link #matmul} needs for these extents; may be 0. */
  public static int scratchSize(Extents e) {
    return scratchSize(e, e.m(), e.n());
  }

  /** The elements of scratch that {@link #part} needs for so many rows and columns; may be 0. */
  public static int scratchSize(Extents e, int rows, int cols) {
    if (FloatDots.suits(e)) {
      return FloatDots.isRow(e) ? 0 : e.k();
    }
    return isDirect(e, rows, cols)
        ? 0
        : FloatPacking.size(Math.min(e.k(), K_BLOCK), nBlock(cols, e.k()))
            + FloatPacking.MOST_SKIPPED;
  }

  /** C (+)= A B. The scratch from {@code so} on has {@link #scratchSize} elements. */
  public static void matmul(
      Extents e, float[] a, int ao, float[] b, int bo, float[] c, int co, float[] scratch, int so) {
    matmul(e, a, ao, b, bo, c, co, scratch, so, Epilogue.NONE, c, 0);
  }

  /** C = f((C +) A B + bias); {@code after} says which f, and whether there is a bias. */
  public static void matmul(
      Extents e,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      float[] scratch,
      int so,
      Epilogue after,
      float[] bias,
      int biasAt) {
    part(e, 0, e.m(), 0, e.n(), a, ao, b, bo, c, co, scratch, so, after, bias, biasAt);
  }

  /**
   * The part of {@link #matmul} that gives {@code rows} rows of C from row {@code i0} on and {@code
   * cols} columns from column {@code j0} on.
   */
  public static void part(
      Extents e,
      int i0,
      int rows,
      int j0,
      int cols,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      float[] scratch,
      int so,
      Epilogue after,
      float[] bias,
      int biasAt) {
    int ai = ao + i0 * e.aRowStride();
    int bj = bo + (e.transposeB() ? j0 * e.ldb() : j0);
    int ci = co + i0 * e.ldc() + j0;
    int biasJ = biasAt + j0;
    int k = e.k();
    if (FloatDots.suits(e)) {
      boolean isRow = FloatDots.isRow(e);
      if (!isRow) {
        FloatDots.gather(e, b, bj, scratch, so);
      }
      column(e, rows, a, ai, isRow ? b : scratch, isRow ? bj : so, c, ci, after, bias, biasJ);
      return;
    }
    if (isDirect(e, rows, cols)) {
      direct(e, rows, cols, a, ai, b, bj, e.ldb(), c, ci, after, bias, biasJ);
      return;
    }
    int at = FloatPacking.aligned(so);
    int nBlock = nBlock(cols, k);
    for (int j = 0; j < cols; j += nBlock) {
      int nc = Math.min(nBlock, cols - j);
      for (int p = 0; p == 0 || p < k; p += K_BLOCK) {
        int kc = Math.min(K_BLOCK, k - p);
        int from = e.transposeB() ? bj + j * e.ldb() + p : bj + p * e.ldb() + j;
        FloatPacking.pack(kc, nc, b, from, e.ldb(), e.transposeB(), scratch, at);
        panels(e, rows, nc, p, a, ai, scratch, at, kc, 0, c, ci + j, after, bias, biasJ + j);
      }
    }
  }

  /** The elements that {@link #pack} writes for B[k, n]. */
  public static int packedSize(int k, int n) {
    return FloatPacking.size(k, n);
  }

  /** Rearranges B[k, n] for {@link #matmulPacked} with the same extents. */
  public static void pack(Extents e, float[] b, int bo, float[] packed, int po) {
    int k = e.k();
    int n = e.n();
    if (FloatDots.suits(e)) {
      FloatDots.gather(e, b, bo, packed, po);
      return;
    }
    if (k <= FloatShallow.MAX_DEPTH) {
      FloatPacking.packPanel(k, n, b, bo, e.ldb(), e.transposeB(), packed, po);
      return;
    }
    int nBlock = nBlock(n, k);
    for (int j = 0; j < n; j += nBlock) {
      int from = bo + (e.transposeB() ? j * e.ldb() : j);
      int nc = Math.min(nBlock, n - j);
      FloatPacking.pack(k, nc, b, from, e.ldb(), e.transposeB(), packed, po + j * k);
    }
  }

  /** C (+)= A B with a B from {@link #pack}: the same bits as {@link #matmul}. */
  public static void matmulPacked(
      Extents e, float[] a, int ao, float[] packed, int po, float[] c, int co) {
    matmulPacked(e, a, ao, packed, po, c, co, Epilogue.NONE, c, 0);
  }

  /** C = f((C +) A B + bias) with a B from {@link #pack}. */
  public static void matmulPacked(
      Extents e,
      float[] a,
      int ao,
      float[] packed,
      int po,
      float[] c,
      int co,
      Epilogue after,
      float[] bias,
      int biasAt) {
    partPacked(e, 0, e.m(), 0, e.n(), a, ao, packed, po, c, co, after, bias, biasAt);
  }

  /**
   * The part of {@link #matmulPacked} that gives {@code rows} rows of C from row {@code i0} on and
   * {@code cols} columns from column {@code j0} on: all columns, or whole panels of them where all
   * panels are whole.
   */
  public static void partPacked(
      Extents e,
      int i0,
      int rows,
      int j0,
      int cols,
      float[] a,
      int ao,
      float[] packed,
      int po,
      float[] c,
      int co,
      Epilogue after,
      float[] bias,
      int biasAt) {
    int k = e.k();
    int ai = ao + i0 * e.aRowStride();
    int ci = co + i0 * e.ldc() + j0;
    int biasJ = biasAt + j0;
    if (FloatDots.suits(e)) {
      column(e, rows, a, ai, packed, po, c, ci, after, bias, biasJ);
      return;
    }
    if (k <= FloatShallow.MAX_DEPTH) {
      int width = FloatPacking.width(e.n());
      direct(e, rows, cols, a, ai, packed, po + j0, width, c, ci, after, bias, biasJ);
      return;
    }
    int from = po + j0 * k;
    int nBlock = nBlock(cols, k);
    for (int j = 0; j < cols; j += nBlock) {
      int nc = Math.min(nBlock, cols - j);
      for (int p = 0; p < k; p += K_BLOCK) {
        panels(
            e, rows, nc, p, a, ai, packed, from + j * k, k, p, c, ci + j, after, bias, biasJ + j);
      }
    }
  }

  /** Rows of a C of one column, with a B without gaps. */
  private static void column(
      Extents e,
      int m,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      Epilogue after,
      float[] bias,
      int biasAt) {
    FloatDots.run(e, m, a, ao, b, bo, c, co);
    FloatEpilogue.apply(after, m, 1, c, co, e.ldc(), bias, biasAt);
  }

  /** A block of terms after the other, for all rows, with rows of B {@code bStride} apart. */
  private static void direct(
      Extents e,
      int m,
      int n,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      Epilogue after,
      float[] bias,
      int biasAt) {
    int k = e.k();
    boolean shallow = FloatShallow.suits(n, k, e.accumulate());
    for (int p = 0; p == 0 || p < k; p += K_BLOCK) {
      int kc = Math.min(K_BLOCK, k - p);
      boolean add = e.accumulate() || p > 0;
      for (int i = 0; i < m; i += FloatTiles.ROWS) {
        int rows = Math.min(FloatTiles.ROWS, m - i);
        int ai = ao + i * e.aRowStride() + p * e.aColStride();
        int ci = co + i * e.ldc();
        if (shallow) {
          FloatShallow.run(e, rows, n, a, ai, b, bo, bStride, c, ci);
        } else {
          FloatTiles.direct(e, rows, n, kc, a, ai, b, bo + p * bStride, bStride, c, ci, add);
        }
        if (p + K_BLOCK >= k) {
          FloatEpilogue.apply(after, rows, n, c, ci, e.ldc(), bias, biasAt);
        }
      }
    }
  }

  /**
   * The block of terms from number p on, with B in panels of {@code panelRows} rows of which those
   * from {@code firstRow} on are used; and what follows the last of the blocks.
   */
  private static void panels(
      Extents e,
      int m,
      int n,
      int p,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int panelRows,
      int firstRow,
      float[] c,
      int co,
      Epilogue after,
      float[] bias,
      int biasAt) {
    int kc = Math.min(K_BLOCK, e.k() - p);
    boolean add = e.accumulate() || p > 0;
    boolean last = p + K_BLOCK >= e.k();
    int ars = e.aRowStride();
    int acs = e.aColStride();
    int most = kc <= SHORT ? SHORT_ROWS : FloatTiles.ROWS;
    for (int i = 0; i < m; i += most) {
      int rows = Math.min(most, m - i);
      int ap = ao + i * ars + p * acs;
      int ci = co + i * e.ldc();
      FloatTiles.packed(e, rows, n, kc, a, ap, ars, acs, b, bo, panelRows, firstRow, c, ci, add);
      if (last) {
        FloatEpilogue.apply(after, rows, n, c, ci, e.ldc(), bias, biasAt);
      }
    }
  }

  /** Columns to pack at a time: even shares in whole panels, since a narrow rest is slow. */
  private static int nBlock(int n, int k) {
    int most = BLOCK / Math.clamp(k, 1, K_BLOCK) / FloatPacking.PANEL * FloatPacking.PANEL;
    int panels = Math.ceilDiv(n, FloatPacking.PANEL);
    int blocks = Math.max(1, Math.ceilDiv(n, most));
    return Math.ceilDiv(panels, blocks) * FloatPacking.PANEL;
  }

  private static boolean isDirect(Extents e, int rows, int cols) {
    if (e.transposeB() || !FloatTiles.suitsDirect(cols)) {
      return false;
    }
    long bytes = (long) cols * Float.BYTES;
    return rows <= DIRECT_ROWS
        || bytes * e.k() <= DIRECT_BYTES
        || (rows <= CACHED_ROWS && bytes * Math.min(e.k(), K_BLOCK) <= CACHED_BYTES);
  }
}
