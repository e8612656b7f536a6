package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * B[k, n] cut into panels {@link #PANEL} columns wide, each stored row by row without gaps; the
 * last panel is as wide as the whole vectors that hold its columns, padded with zeros. The panel
 * that starts at column j lies at offset j k.
 */
final class FloatPacking {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  static final int PANEL = Lanes.TILE_VECTORS * L;

  /** Edge of the blocks in which a transposed B is read. */
  private static final int BLOCK = 16;

  private FloatPacking() {}

  static int size(int k, int n) {
    return Math.multiplyExact(k, Math.ceilDiv(n, L) * L);
  }

  static void pack(
      int k, int n, float[] b, int bo, int ldb, boolean transposeB, float[] packed, int po) {
    for (int j = 0; j < n; j += PANEL) {
      int cols = Math.min(PANEL, n - j);
      if (transposeB) {
        packTransposed(k, cols, b, bo + j * ldb, ldb, packed, po + j * k);
      } else {
        packRows(k, cols, b, bo + j, ldb, packed, po + j * k);
      }
    }
  }

  private static void packRows(
      int k, int cols, float[] b, int bo, int ldb, float[] packed, int po) {
    int whole = cols / L * L;
    int to = po;
    for (int p = 0; p < k; p++) {
      int from = bo + p * ldb;
      for (int j = 0; j < whole; j += L) {
        FloatVector.fromArray(S, b, from + j).intoArray(packed, to);
        to += L;
      }
      if (whole < cols) {
        VectorMask<Float> mask = S.indexInRange(whole, cols);
        FloatVector.fromArray(S, b, from + whole, mask).intoArray(packed, to);
        to += L;
      }
    }
  }

  private static void packTransposed(
      int k, int cols, float[] b, int bo, int ldb, float[] packed, int po) {
    int width = Math.ceilDiv(cols, L) * L;
    for (int p0 = 0; p0 < k; p0 += BLOCK) {
      int p1 = Math.min(p0 + BLOCK, k);
      for (int p = p0; p < p1; p++) {
        int to = po + p * width;
        for (int j = 0; j < cols; j++) {
          packed[to + j] = b[bo + j * ldb + p];
        }
        for (int j = cols; j < width; j++) {
          packed[to + j] = 0;
        }
      }
    }
  }
}
