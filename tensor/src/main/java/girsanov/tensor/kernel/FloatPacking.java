package girsanov.tensor.kernel;

import java.util.Arrays;

/**
 * B[k, n] cut into panels of up to {@link #PANEL} columns, as {@link FloatTiles#vectors} says, each
 * stored row by row without gaps; the panel for columns from j on lies at offset j k. A last panel
 * of broken width starts earlier, as the tiles do, or is padded with zeros if n is less than a
 * vector.
 */
final class FloatPacking {
  private static final int L = Lanes.FLOAT.length();

  static final int PANEL = Lanes.TILE_VECTORS * L;

  private FloatPacking() {}

  /** n in whole vectors. */
  static int width(int n) {
    return Math.ceilDiv(n, L) * L;
  }

  static int size(int k, int n) {
    return Math.multiplyExact(k, width(n));
  }

  static void pack(
      int k, int n, float[] b, int bo, int ldb, boolean transposeB, float[] packed, int po) {
    for (int j = 0; j < n; ) {
      int w = FloatTiles.vectors(n - j, n) * L;
      int cols = Math.min(w, n - j);
      int first = n < L ? 0 : j + cols - w;
      int from = bo + (transposeB ? first * ldb : first);
      packPanel(k, Math.min(n, w), b, from, ldb, transposeB, packed, po + j * k);
      j += cols;
    }
  }

  /** B[k, n] row by row, each padded to whole vectors. */
  static void packPanel(
      int k, int n, float[] b, int bo, int ldb, boolean transposeB, float[] packed, int po) {
    int width = width(n);
    if (transposeB) {
      FloatMovement.transpose(b, bo, ldb, packed, po, width, n, k);
    } else {
      FloatMovement.copyRows(b, bo, ldb, packed, po, width, k, n);
    }
    if (n < width) {
      for (int p = 0; p < k; p++) {
        Arrays.fill(packed, po + p * width + n, po + (p + 1) * width, 0);
      }
    }
  }
}
