package girsanov.tensor.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * B[k, n] cut into panels of up to {@link #PANEL} columns, as {@link FloatTiles#vectors} says, each
 * stored row by row without gaps; the panel for columns from j on lies at offset j k. A last panel
 * of broken width starts earlier, as the tiles do, or is padded with zeros if n is less than a
 * vector; {@link FloatEdge} has another.
 */
final class FloatPacking {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  /** Rows that are copied at a time. */
  private static final int STRIP = 8;

  static final int PANEL = Lanes.TILE_VECTORS * L;

  /** Elements of a cache line. */
  private static final int LINE = CacheLine.BYTES / Float.BYTES;

  /** The most by which {@link #aligned} is later. */
  static final int MOST_SKIPPED = LINE - 1;

  private FloatPacking() {}

  /**
   * The first index from {@code from} on that is whole lines after {@link CacheLine#LEAD_BYTES}.
   */
  static int aligned(int from) {
    return from + Math.floorMod(CacheLine.LEAD_BYTES / Float.BYTES - from, LINE);
  }

  /** n in whole vectors. */
  static int width(int n) {
    return Math.ceilDiv(n, L) * L;
  }

  static int size(int k, int n) {
    return Math.multiplyExact(k, width(n));
  }

  static void pack(
      int k, int n, float[] b, int bo, int ldb, boolean transposeB, float[] packed, int po) {
    int end = FloatTiles.wholeColumns(n);
    int whole = transposeB ? 0 : wholePanels(end, n) * PANEL;
    // A few rows at a time, each to its end: memory is read in long runs.
    for (int p = 0; p < k && whole > 0; p += STRIP) {
      int rows = Math.min(STRIP, k - p);
      for (int j = 0; j < whole; j += PANEL) {
        copy(rows, b, bo + p * ldb + j, ldb, packed, po + j * k + p * PANEL);
      }
    }
    for (int j = whole; j < end; ) {
      int w = FloatTiles.vectors(end - j, n) * L;
      int cols = Math.min(w, end - j);
      int first = n < L ? 0 : j + cols - w;
      int from = bo + (transposeB ? first * ldb : first);
      packPanel(k, Math.min(n, w), b, from, ldb, transposeB, packed, po + j * k);
      j += cols;
    }
    if (end < n) {
      int from = bo + (transposeB ? end * ldb : end);
      FloatEdge.pack(k, n - end - FloatEdge.WHOLE, b, from, ldb, transposeB, packed, po + end * k);
    }
  }

  private static int wholePanels(int end, int n) {
    int j = 0;
    while (end - j >= PANEL && FloatTiles.vectors(end - j, n) == Lanes.TILE_VECTORS) {
      j += PANEL;
    }
    return j / PANEL;
  }

  /** Rows of a whole panel. */
  private static void copy(int rows, float[] b, int bo, int ldb, float[] packed, int po) {
    int from = bo;
    int end = po + rows * PANEL;
    for (int to = po; to != end; to += PANEL) {
      if (Lanes.TILE_VECTORS == 4) {
        FloatVector x2 = FloatVector.fromArray(S, b, from + 2 * L);
        FloatVector x3 = FloatVector.fromArray(S, b, from + 3 * L);
        x2.intoArray(packed, to + 2 * L);
        x3.intoArray(packed, to + 3 * L);
      }
      FloatVector x0 = FloatVector.fromArray(S, b, from);
      FloatVector x1 = FloatVector.fromArray(S, b, from + L);
      x0.intoArray(packed, to);
      x1.intoArray(packed, to + L);
      from += ldb;
    }
  }

  /** B[k, n] row by row, each padded to whole vectors. */
  static void packPanel(
      int k, int n, float[] b, int bo, int ldb, boolean transposeB, float[] packed, int po) {
    int width = width(n);
    if (!transposeB) {
      // Short rows, each of which would take a call to copy and one to pad.
      for (int j = 0; j < n; j += L) {
        VectorMask<Float> inside = S.indexInRange(j, n);
        for (int p = 0; p < k; p++) {
          FloatVector x = FloatVector.fromArray(S, b, bo + p * ldb + j, inside);
          x.intoArray(packed, po + p * width + j);
        }
      }
      return;
    }
    FloatMovement.transpose(b, bo, ldb, packed, po, width, n, k);
    if (n < width) {
      for (int p = 0; p < k; p++) {
        Arrays.fill(packed, po + p * width + n, po + (p + 1) * width, 0);
      }
    }
  }
}
