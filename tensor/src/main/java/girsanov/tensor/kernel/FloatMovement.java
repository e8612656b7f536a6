package girsanov.tensor.kernel;

import java.util.Arrays;

/**
 * Copies, broadcasts and transposes. Each writes exactly the rows x columns it names and nothing
 * beside them; source and destination must not overlap. Strides are in elements.
 */
public final class FloatMovement {
  /** Edge of the square blocks a transpose works in: source and destination block fit in L1. */
  private static final int BLOCK = 16;

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
    for (int r = 0; r < rows; r++) {
      Arrays.fill(dst, dof + r * cols, dof + (r + 1) * cols, src[so + r * srcStride]);
    }
  }

  /** dst[c, r] = src[r, c] for r in 0..rows-1, c in 0..cols-1. */
  public static void transpose(
      float[] src, int so, int ldSrc, float[] dst, int dof, int ldDst, int rows, int cols) {
    for (int r0 = 0; r0 < rows; r0 += BLOCK) {
      int r1 = Math.min(r0 + BLOCK, rows);
      for (int c0 = 0; c0 < cols; c0 += BLOCK) {
        int c1 = Math.min(c0 + BLOCK, cols);
        for (int c = c0; c < c1; c++) {
          for (int r = r0; r < r1; r++) {
            dst[dof + c * ldDst + r] = src[so + r * ldSrc + c];
          }
        }
      }
    }
  }
}
