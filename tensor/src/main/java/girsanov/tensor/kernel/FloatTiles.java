package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Covers a block of at most {@value #ROWS} rows of C with register tiles, one panel of B after the
 * other, so that the block of A stays in the cache while the panels stream by, and a panel while
 * the block's strips of rows use it.
 *
 * <p>The tile kernels know no tails. The rows are cut into strips of 6, 4, 3 and 1. A last panel of
 * broken width starts earlier instead, over columns already done: the same bits are written twice.
 * Only where this would add to an element twice, or where C is narrower than a vector, is a tile
 * computed into a buffer and the part that counts copied.
 */
final class FloatTiles {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();
  private static final int PANEL = FloatPacking.PANEL;

  /** A multiple of both tile heights. */
  static final int ROWS = 48;

  /** Rows so few that they are taken one at a time, eight vectors wide. */
  private static final int FEW = 2;

  /** Sums of at most so many terms end before a tile's stores have left the processor. */
  private static final int SHORT = 128;

  private static final ThreadLocal<float[]> BUFFER =
      ThreadLocal.withInitial(() -> new float[ROWS * 2 * PANEL]);

  private FloatTiles() {}

  /** Whether {@link #direct} takes B[k, n] as it is: its tiles are whole vectors. */
  static boolean suitsDirect(int n) {
    return n >= L;
  }

  /**
   * How many vectors wide the next panel is if {@code left} of {@code n} columns are. A single
   * vector would starve the multipliers, so the last five are cut into three and two; and what is
   * narrower than its vectors can only start earlier if another panel stands before it.
   */
  static int vectors(int left, int n) {
    int vectors = Math.ceilDiv(left, L);
    int w = Math.min(vectors, Lanes.TILE_VECTORS);
    if (w == 4 && vectors == 5) {
      w = 3;
    }
    return w > 1 && w * L > n ? w - 1 : w;
  }

  /** C (+)= A B with rows of B {@code bStride} apart; if n is less than a vector, B is padded. */
  static void direct(
      Extents e,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      boolean add) {
    int ars = e.aRowStride();
    int acs = e.aColStride();
    for (int j = 0; j < n; ) {
      int left = n - j;
      int w = m <= FEW && left >= 8 * L ? 8 : vectors(left, n);
      int cols = Math.min(w * L, left);
      int skip = n < L ? 0 : w * L - cols;
      int cj = co + j - skip;
      panel(e, m, w, skip, cols, k, a, ao, ars, acs, b, bo + j - skip, bStride, c, cj, add);
      j += cols;
    }
  }

  /**
   * C (+)= A B with B in panels of {@code panelRows} rows ({@link FloatPacking}), of which the k
   * from {@code firstRow} on are used.
   */
  static void packed(
      Extents e,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int panelRows,
      int firstRow,
      float[] c,
      int co,
      boolean add) {
    int whole = wholeColumns(n);
    for (int j = 0; j < whole; ) {
      int w = vectors(whole - j, n);
      int cols = Math.min(w * L, whole - j);
      int skip = n < L ? 0 : w * L - cols;
      int bj = bo + j * panelRows + firstRow * w * L;
      int cj = co + j - skip;
      panel(e, m, w, skip, cols, k, a, ao, ars, acs, b, bj, w * L, c, cj, add);
      j += cols;
    }
    if (whole < n) {
      int bj = bo + whole * panelRows + firstRow * PANEL;
      edge(m, n - whole, k, a, ao, ars, acs, b, bj, c, co + whole, e.ldc(), add);
    }
  }

  /** The columns before a last panel that is an {@link FloatEdge}; all where there is none. */
  static int wholeColumns(int n) {
    return FloatEdge.suits(n) ? n - n % L - FloatEdge.WHOLE : n;
  }

  /** A block of rows by a panel of three vectors and a few columns. */
  private static void edge(
      int rows,
      int cols,
      int k,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      float[] c,
      int co,
      int ldc,
      boolean add) {
    float[] buffer = BUFFER.get();
    int i = 0;
    for (; i + 4 <= rows; i += 4) {
      int ci = co + i * ldc;
      FloatEdge.tile(k, a, ao + i * ars, ars, acs, b, bo, c, ci, ldc, buffer, add);
      FloatEdge.store(cols - FloatEdge.WHOLE, buffer, c, ci, ldc, add);
    }
    int rest = rows - i;
    strips(rest, 4, k, a, ao + i * ars, ars, acs, b, bo, PANEL, buffer, 0, PANEL, false);
    store(buffer, 0, PANEL, rest, cols, c, co + i * ldc, ldc, add);
  }

  /** A block of rows by a panel of w vectors, of which columns skip to skip + cols - 1 are new. */
  private static void panel(
      Extents e,
      int rows,
      int w,
      int skip,
      int cols,
      int k,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      boolean add) {
    if (skip + cols == w * L && (skip == 0 || !add)) {
      strips(rows, w, k, a, ao, ars, acs, b, bo, bStride, c, co, e.ldc(), add);
    } else {
      float[] buffer = BUFFER.get();
      strips(rows, w, k, a, ao, ars, acs, b, bo, bStride, buffer, 0, w * L, false);
      store(buffer, skip, w * L, rows, cols, c, co + skip, e.ldc(), add);
    }
  }

  /**
   * The rows as sixes, then fours, then three or ones. A tile of six rows and four vectors stores
   * as much as the processor holds back, so the next one begins late, which short sums cannot hide:
   * for these, fours.
   */
  private static void strips(
      int rows,
      int w,
      int k,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int bStride,
      float[] c,
      int co,
      int ldc,
      boolean add) {
    int rest = rows % 6;
    // A rest of 2 is made 8, for two fours.
    int sixes = rest == 2 ? rows - 8 : rows - rest;
    if (k <= SHORT && w == 4 && rows % 4 == 0) {
      sixes = 0;
    }
    int i = 0;
    for (; i < sixes; i += 6) {
      tile6(w, k, a, ao + i * ars, ars, acs, b, bo, bStride, c, co + i * ldc, ldc, add);
    }
    for (; i + 4 <= rows; i += 4) {
      tile4(w, k, a, ao + i * ars, ars, acs, b, bo, bStride, c, co + i * ldc, ldc, add);
    }
    if (rows - i == 3) {
      tile3(w, k, a, ao + i * ars, ars, acs, b, bo, bStride, c, co + i * ldc, ldc, add);
      return;
    }
    for (; i < rows; i++) {
      tile1(w, k, a, ao + i * ars, acs, b, bo, bStride, c, co + i * ldc, add);
    }
  }

  private static void tile6(
      int w,
      int k,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int ldc,
      boolean add) {
    switch (w) {
      case 4 -> FloatTile6.tile6x4(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
      case 3 -> FloatTile6.tile6x3(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
      case 2 -> FloatTile6.tile6x2(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
      default -> FloatTile6.tile6x1(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
    }
  }

  private static void tile4(
      int w,
      int k,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int ldc,
      boolean add) {
    switch (w) {
      case 4 -> FloatTile4.tile4x4(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
      case 3 -> FloatTile4.tile4x3(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
      case 2 -> FloatTile4.tile4x2(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
      default -> FloatTile4.tile4x1(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
    }
  }

  private static void tile3(
      int w,
      int k,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int ldc,
      boolean add) {
    switch (w) {
      case 4 -> FloatTile3.tile3x4(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
      case 3 -> FloatTile3.tile3x3(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
      case 2 -> FloatTile3.tile3x2(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
      default -> FloatTile3.tile3x1(k, a, ao, ars, acs, b, bo, bs, c, co, ldc, add);
    }
  }

  private static void tile1(
      int w,
      int k,
      float[] a,
      int ao,
      int acs,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      boolean add) {
    switch (w) {
      case 8 -> FloatTile1.tile1x8(k, a, ao, acs, b, bo, bs, c, co, add);
      case 4 -> FloatTile1.tile1x4(k, a, ao, acs, b, bo, bs, c, co, add);
      case 3 -> FloatTile1.tile1x3(k, a, ao, acs, b, bo, bs, c, co, add);
      case 2 -> FloatTile1.tile1x2(k, a, ao, acs, b, bo, bs, c, co, add);
      default -> FloatTile1.tile1x1(k, a, ao, acs, b, bo, bs, c, co, add);
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
    if (cols <= L) {
      // Less than a call for each row takes.
      VectorMask<Float> inside = S.indexInRange(0, cols);
      for (int r = 0; r < rows; r++) {
        FloatVector x = FloatVector.fromArray(S, from, fo + r * ldf, inside);
        int target = co + r * ldc;
        x = accumulate ? x.add(FloatVector.fromArray(S, c, target, inside)) : x;
        x.intoArray(c, target, inside);
      }
      return;
    }
    for (int r = 0; r < rows; r++) {
      int source = fo + r * ldf;
      int target = co + r * ldc;
      if (accumulate) {
        for (int j = 0; j < cols; j++) {
          c[target + j] += from[source + j];
        }
      } else {
        System.arraycopy(from, source, c, target, cols);
      }
    }
  }
}
