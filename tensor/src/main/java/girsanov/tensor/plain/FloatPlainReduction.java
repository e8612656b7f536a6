package girsanov.tensor.plain;

/** {@code FloatReduction} as plain loops that add in double, from the first element to the last. */
public final class FloatPlainReduction {
  private FloatPlainReduction() {}

  public static float sum(float[] x, int xo, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xo + i];
    }
    return (float) sum;
  }

  public static void rowSums(
      float[] x, int xo, int rowStride, int rows, int cols, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = sum(x, xo + r * rowStride, cols);
    }
  }

  public static void columnSums(
      float[] x, int xo, int rowStride, int rows, int cols, float[] y, int yo, boolean accumulate) {
    for (int c = 0; c < cols; c++) {
      double sum = accumulate ? y[yo + c] : 0;
      for (int r = 0; r < rows; r++) {
        sum += x[xo + r * rowStride + c];
      }
      y[yo + c] = (float) sum;
    }
  }

  public static void rowMax(
      float[] x, int xo, int rowStride, int rows, int cols, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int c = 0; c < cols; c++) {
        max = Math.max(max, x[xo + r * rowStride + c]);
      }
      y[yo + r] = max;
    }
  }

  public static void columnMax(
      float[] x, int xo, int rowStride, int rows, int cols, float[] y, int yo) {
    for (int c = 0; c < cols; c++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int r = 0; r < rows; r++) {
        max = Math.max(max, x[xo + r * rowStride + c]);
      }
      y[yo + c] = max;
    }
  }
}
