package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Covers C[m, n] with register tiles: blocks of {@value #ROWS} rows outside, panels of B inside, so
 * that a block of A stays in the cache while the panels stream by, and a panel while the block's
 * strips of rows use it.
 *
 * <p>The tile kernels know no tails. Where a tile would reach beyond C, or would add to an element
 * twice, it is computed into a buffer of its own and the part that counts is copied.
 */
final class FloatTiles {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();
  private static final int PANEL = FloatPacking.PANEL;

  /** A multiple of both tile heights. */
  private static final int ROWS = 48;

  private static final ThreadLocal<float[]> BUFFER =
      ThreadLocal.withInitial(() -> new float[ROWS * PANEL]);

  private FloatTiles() {}

  /** Whether {@link #direct} takes B[k, n]: its tiles are whole vectors, so n must leave room. */
  static boolean suitsDirect(int n) {
    return n >= PANEL || n % L == 0;
  }

  /** C (+)= A B with B row-major. */
  static void direct(
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
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    for (int i = 0; i < m; i += ROWS) {
      int rows = Math.min(ROWS, m - i);
      int ai = ao + i * aRowStride;
      int ci = co + i * ldc;
      for (int j = 0; j < n; j += PANEL) {
        int cols = Math.min(PANEL, n - j);
        // A last panel of broken width starts earlier instead, over columns already done.
        int skip = -cols & (L - 1);
        block(
            rows,
            skip,
            cols,
            k,
            a,
            ai,
            aRowStride,
            aColStride,
            b,
            bo + j - skip,
            ldb,
            c,
            ci + j - skip,
            ldc,
            accumulate);
      }
    }
  }

  /**
   * C (+)= A B with B in panels of {@code panelRows} rows ({@link FloatPacking}), of which the k
   * from {@code firstRow} on are used.
   */
  static void packed(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int aRowStride,
      int aColStride,
      float[] b,
      int bo,
      int panelRows,
      int firstRow,
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    for (int i = 0; i < m; i += ROWS) {
      int rows = Math.min(ROWS, m - i);
      int ai = ao + i * aRowStride;
      int ci = co + i * ldc;
      for (int j = 0; j < n; j += PANEL) {
        int cols = Math.min(PANEL, n - j);
        int width = (cols + L - 1) & -L;
        block(
            rows,
            0,
            cols,
            k,
            a,
            ai,
            aRowStride,
            aColStride,
            b,
            bo + j * panelRows + firstRow * width,
            width,
            c,
            ci + j,
            ldc,
            accumulate);
      }
    }
  }

  /** One block of rows by one panel, of which columns skip to skip + cols - 1 are stored. */
  private static void block(
      int rows,
      int skip,
      int cols,
      int k,
      float[] a,
      int ao,
      int aRowStride,
      int aColStride,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    int vectors = (skip + cols + L - 1) / L;
    int width = vectors * L;
    boolean whole = cols + skip == width && (skip == 0 || !accumulate);
    for (int i = 0; i < rows; ) {
      int left = rows - i;
      int tile = left == 1 ? 1 : left <= 4 || left == 7 || left == 8 ? 4 : 6;
      int count = tile == 6 ? sixes(left) : left < tile ? left : left / tile * tile;
      int ai = ao + i * aRowStride;
      int ci = co + i * ldc;
      if (whole && count % tile == 0) {
        run(
            tile,
            vectors,
            count,
            k,
            a,
            ai,
            aRowStride,
            aColStride,
            b,
            bo,
            ldb,
            c,
            ci,
            ldc,
            accumulate);
      } else {
        float[] buffer = BUFFER.get();
        run(
            tile,
            vectors,
            count,
            k,
            a,
            ai,
            aRowStride,
            aColStride,
            b,
            bo,
            ldb,
            buffer,
            0,
            width,
            false);
        store(buffer, skip, width, count, cols, c, ci + skip, ldc, accumulate);
      }
      i += count;
    }
  }

  /** How many of the rows to take six at a time so that tiles of four do the rest well. */
  private static int sixes(int rows) {
    int rest = rows % 6;
    return rows < 6 ? rows : rest == 1 || rest == 2 ? rows - rest - 6 : rows - rest;
  }

  private static void run(
      int tile,
      int vectors,
      int rows,
      int k,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc,
      boolean add) {
    switch (tile * 8 + vectors) {
      case 6 * 8 + 4 -> FloatTile6.tile6x4(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 6 * 8 + 3 -> FloatTile6.tile6x3(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 6 * 8 + 2 -> FloatTile6.tile6x2(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 6 * 8 + 1 -> FloatTile6.tile6x1(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 4 * 8 + 4 -> FloatTile4.tile4x4(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 4 * 8 + 3 -> FloatTile4.tile4x3(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 4 * 8 + 2 -> FloatTile4.tile4x2(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 4 * 8 + 1 -> FloatTile4.tile4x1(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 8 + 4 -> FloatTile1.tile1x4(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 8 + 3 -> FloatTile1.tile1x3(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 8 + 2 -> FloatTile1.tile1x2(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      default -> FloatTile1.tile1x1(rows, k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
    }
  }

  private static void store(
      float[] from,
      int fo,
      int ldf,
      int rows,
      int cols,
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    int whole = cols & -L;
    VectorMask<Float> mask = S.indexInRange(whole, cols);
    for (int r = 0; r < rows; r++) {
      int source = fo + r * ldf;
      int target = co + r * ldc;
      for (int j = 0; j < whole; j += L) {
        FloatVector v = FloatVector.fromArray(S, from, source + j);
        if (accumulate) {
          v = v.add(FloatVector.fromArray(S, c, target + j));
        }
        v.intoArray(c, target + j);
      }
      if (whole < cols) {
        FloatVector v = FloatVector.fromArray(S, from, source + whole, mask);
        if (accumulate) {
          v = v.add(FloatVector.fromArray(S, c, target + whole, mask));
        }
        v.intoArray(c, target + whole, mask);
      }
    }
  }
}
