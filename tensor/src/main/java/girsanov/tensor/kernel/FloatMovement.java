package girsanov.tensor.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies, broadcasts and transposes. Each writes exactly the rows x columns it names and nothing
 * beside them; source and destination must not overlap. Strides are in elements.
 */
public final class FloatMovement {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  /** Columns of the source that a transpose takes at a time: what they become stays in L1. */
  private static final int BLOCK = 32;

  private FloatMovement() {}

  /** dst[r, c] = src[r, c]. A source stride of 0 repeats one row. */
  public static void copyRows(
      float[] src,
      int so,
      int srcRowStride,
      float[] dst,
      int dof,
      int dstRowStride,
      int rows,
      int cols) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(src, so + r * srcRowStride, dst, dof + r * dstRowStride, cols);
    }
  }

  /** dst[r, c] = src[c], dst contiguous. */
  public static void broadcastRow(float[] src, int so, float[] dst, int dof, int rows, int cols) {
    copyRows(src, so, 0, dst, dof, cols, rows, cols);
  }

  /** dst[r, c] = src[r srcStride], dst contiguous. */
  public static void broadcastColumn(
      float[] src, int so, int srcStride, float[] dst, int dof, int rows, int cols) {
    int end = dof + rows * cols;
    for (int r = 0; r < rows; r++) {
      float value = src[so + r * srcStride];
      int from = dof + r * cols;
      // Fewer stores than a call for each row takes, rounded up to whole vectors where later rows
      // come to stand.
      if (from + (cols + L - 1) / L * L <= end) {
        FloatVector v = FloatVector.broadcast(S, value);
        for (int i = from; i < from + cols; i += L) {
          v.intoArray(dst, i);
        }
      } else {
        Arrays.fill(dst, from, from + cols, value);
      }
    }
  }

  /** dst[c, r] = src[r, c] for r in 0..rows-1, c in 0..cols-1. */
  public static void transpose(
      float[] src, int so, int ldSrc, float[] dst, int dof, int ldDst, int rows, int cols) {
    if (!FloatTranspose.isWorthIt()) {
      transposeBlocks(src, so, ldSrc, dst, dof, ldDst, rows, cols);
      return;
    }
    int height = FloatTranspose.ROWS;
    int width = cols - cols % FloatTranspose.COLUMNS;
    int r = 0;
    for (; r + height <= rows; r += height) {
      int from = so + r * ldSrc;
      FloatTranspose.strip(src, from, ldSrc, dst, dof + r, ldDst, width);
      int to = dof + r + width * ldDst;
      transposeBlocks(src, from + width, ldSrc, dst, to, ldDst, height, cols - width);
    }
    transposeBlocks(src, so + r * ldSrc, ldSrc, dst, dof + r, ldDst, rows - r, cols);
  }

  /** Without vectors. */
  private static void transposeBlocks(
      float[] src, int so, int ldSrc, float[] dst, int dof, int ldDst, int rows, int cols) {
    int wholeRows = rows & -8;
    for (int c = 0; c < cols; c += BLOCK) {
      int width = Math.min(BLOCK, cols - c);
      int to = dof + c * ldDst;
      for (int r = 0; r < wholeRows; r += 8) {
        transposeEights(src, so + r * ldSrc + c, ldSrc, dst, to + r, ldDst, width);
      }
      int from = so + wholeRows * ldSrc + c;
      transposeRows(src, from, ldSrc, dst, to + wholeRows, ldDst, rows - wholeRows, width);
    }
  }

  /** Eight rows side by side: eight elements beside each other are stored at a time. */
  private static void transposeEights(
      float[] src, int so, int ldSrc, float[] dst, int dof, int ldDst, int cols) {
    int to = dof;
    for (int from = so; from < so + cols; from++) {
      dst[to] = src[from];
      dst[to + 1] = src[from + ldSrc];
      dst[to + 2] = src[from + 2 * ldSrc];
      dst[to + 3] = src[from + 3 * ldSrc];
      dst[to + 4] = src[from + 4 * ldSrc];
      dst[to + 5] = src[from + 5 * ldSrc];
      dst[to + 6] = src[from + 6 * ldSrc];
      dst[to + 7] = src[from + 7 * ldSrc];
      to += ldDst;
    }
  }

  private static void transposeRows(
      float[] src, int so, int ldSrc, float[] dst, int dof, int ldDst, int rows, int cols) {
    for (int c = 0; c < cols; c++) {
      for (int r = 0; r < rows; r++) {
        dst[dof + c * ldDst + r] = src[so + r * ldSrc + c];
      }
    }
  }
}
