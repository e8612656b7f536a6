package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Covers C[m, n] with register tiles, rows outside, columns inside: the rows of A stay in the L1
 * cache while the panels of B stream by.
 *
 * <p>The tile kernels know no tails. Where a tile would reach beyond C, or would add to an element
 * twice, it is computed into a buffer of its own and the part that counts is copied.
 */
final class FloatTiles {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();
  private static final int PANEL = FloatPacking.PANEL;

  private static final ThreadLocal<float[]> BUFFER =
      ThreadLocal.withInitial(() -> new float[6 * PANEL]);

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
    for (int i = 0; i < m; ) {
      int tile = tileRows(m - i);
      int rows = Math.min(tile, m - i);
      int ai = ao + i * aRowStride;
      int ci = co + i * ldc;
      for (int j = 0; j < n; j += PANEL) {
        int cols = Math.min(PANEL, n - j);
        // A last tile of broken width starts earlier instead, over columns already done.
        int skip = -cols & (L - 1);
        tile(
            tile,
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
      i += rows;
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
    for (int i = 0; i < m; ) {
      int tile = tileRows(m - i);
      int rows = Math.min(tile, m - i);
      int ai = ao + i * aRowStride;
      int ci = co + i * ldc;
      for (int j = 0; j < n; j += PANEL) {
        int cols = Math.min(PANEL, n - j);
        int width = (cols + L - 1) & -L;
        tile(
            tile,
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
      i += rows;
    }
  }

  /** The height of the next tile when r rows are left: few tiles, and few rows computed in vain. */
  private static int tileRows(int r) {
    if (r == 1) {
      return 1;
    }
    return r <= 4 || r == 7 || r == 8 ? 4 : 6;
  }

  /** One tile at c of which columns skip to skip + cols - 1 are stored. */
  private static void tile(
      int tile,
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
    if (rows == tile && skip + cols == width && (skip == 0 || !accumulate)) {
      run(
          tile,
          vectors,
          rows,
          k,
          a,
          ao,
          aRowStride,
          aColStride,
          b,
          bo,
          ldb,
          c,
          co,
          ldc,
          accumulate);
    } else {
      float[] buffer = BUFFER.get();
      run(
          tile,
          vectors,
          rows,
          k,
          a,
          ao,
          aRowStride,
          aColStride,
          b,
          bo,
          ldb,
          buffer,
          0,
          width,
          false);
      store(buffer, skip, width, rows, cols, c, co + skip, ldc, accumulate);
    }
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
      case 8 + 4 -> FloatTile1.tile1x4(k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 8 + 3 -> FloatTile1.tile1x3(k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      case 8 + 2 -> FloatTile1.tile1x2(k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
      default -> FloatTile1.tile1x1(k, a, ao, ars, acs, b, bo, ldb, c, co, ldc, add);
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
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < cols; j += L) {
        VectorMask<Float> mask = S.indexInRange(j, cols);
        FloatVector v = FloatVector.fromArray(S, from, fo + r * ldf + j, mask);
        if (accumulate) {
          v = v.add(FloatVector.fromArray(S, c, co + r * ldc + j, mask));
        }
        v.intoArray(c, co + r * ldc + j, mask);
      }
    }
  }
}
