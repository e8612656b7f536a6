package girsanov.tensor.plain;

/** {@code FloatMovement} as plain loops. */
public final class FloatPlainMovement {
  private FloatPlainMovement() {}

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
      for (int c = 0; c < cols; c++) {
        dst[dof + r * dstRowStride + c] = src[so + r * srcRowStride + c];
      }
    }
  }

  public static void broadcastRow(float[] src, int so, float[] dst, int dof, int rows, int cols) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        dst[dof + r * cols + c] = src[so + c];
      }
    }
  }

  public static void broadcastColumn(
      float[] src, int so, int srcStride, float[] dst, int dof, int rows, int cols) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        dst[dof + r * cols + c] = src[so + r * srcStride];
      }
    }
  }

  public static void transpose(
      float[] src, int so, int ldSrc, float[] dst, int dof, int ldDst, int rows, int cols) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        dst[dof + c * ldDst + r] = src[so + r * ldSrc + c];
      }
    }
  }
}
