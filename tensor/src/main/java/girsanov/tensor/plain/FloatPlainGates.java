package girsanov.tensor.plain;

/** {@code FloatGates} as plain loops, step by step, by {@link StrictMath}. */
public final class FloatPlainGates {
  private FloatPlainGates() {}

  @FunctionalInterface
  private interface Element {
    void at(int[] index);
  }

  /** The places of all slots' elements (r, c), in order. */
  private static void each(
      int[] at, int[] stride, int[] slots, int rows, int cols, Element element) {
    int[] index = new int[slots.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        for (int i = 0; i < index.length; i++) {
          index[i] = at[slots[i]] + r * stride[slots[i]] + c;
        }
        element.at(index);
      }
    }
  }

  public static void sigmoidOfSum(
      float[][] m, int[] at, int[] stride, int[] slots, int rows, int cols) {
    float[] a = m[slots[0]];
    float[] b = m[slots[1]];
    float[] y = m[slots[2]];
    each(
        at,
        stride,
        slots,
        rows,
        cols,
        i -> {
          float x = a[i[0]] + b[i[1]];
          y[i[2]] = (float) (1 / (1 + StrictMath.exp(-(double) x)));
        });
  }

  public static void state(float[][] m, int[] at, int[] stride, int[] slots, int rows, int cols) {
    float[] a = m[slots[0]];
    float[] b = m[slots[1]];
    float[] r = m[slots[2]];
    float[] g = m[slots[3]];
    float[] z = m[slots[4]];
    float[] h = m[slots[5]];
    float[] p = m[slots[6]];
    float[] n = m[slots[7]];
    float[] y = m[slots[8]];
    each(
        at,
        stride,
        slots,
        rows,
        cols,
        i -> {
          float sum = a[i[0]] + b[i[1]];
          float proposed = (float) StrictMath.tanh(Math.fma(r[i[2]], sum, g[i[3]]));
          p[i[6]] = sum;
          n[i[7]] = proposed;
          y[i[8]] = Math.fma(z[i[4]], h[i[5]] - proposed, proposed);
        });
  }

  public static void slopes(float[][] m, int[] at, int[] stride, int[] slots, int rows, int cols) {
    float[] d = m[slots[0]];
    float[] z = m[slots[1]];
    float[] n = m[slots[2]];
    float[] r = m[slots[3]];
    float[] p = m[slots[4]];
    float[] h = m[slots[5]];
    float[] e = m[slots[6]];
    float[] t = m[slots[7]];
    float[] q = m[slots[8]];
    float[] u = m[slots[9]];
    float[] v = m[slots[10]];
    each(
        at,
        stride,
        slots,
        rows,
        cols,
        i -> {
          float keep = z[i[1]];
          float proposed = n[i[2]];
          float reset = r[i[3]];
          float kept = d[i[0]] * keep;
          float slope = (d[i[0]] - kept) * Math.fma(-proposed, proposed, 1);
          e[i[6]] = kept;
          t[i[7]] = slope;
          q[i[8]] = slope * reset;
          u[i[9]] = slope * p[i[4]] * Math.fma(-reset, reset, reset);
          v[i[10]] = (h[i[5]] - proposed) * d[i[0]] * Math.fma(-keep, keep, keep);
        });
  }
}
