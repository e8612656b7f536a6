package girsanov.tensor.plain;

/** {@code FloatElementwise} as plain loops over exactly n elements, by {@link StrictMath}. */
public final class FloatPlainElementwise {
  private FloatPlainElementwise() {}

  @FunctionalInterface
  private interface Unary {
    double of(double x);
  }

  @FunctionalInterface
  private interface Binary {
    double of(double a, double b);
  }

  @FunctionalInterface
  private interface Ternary {
    double of(double a, double b, double c);
  }

  private static void map(float[] x, int xo, float[] y, int yo, int n, Unary f) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) f.of(x[xo + i]);
    }
  }

  private static void map(
      float[] a, int ao, float[] b, int bo, float[] y, int yo, int n, Binary f) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) f.of(a[ao + i], b[bo + i]);
    }
  }

  private static void map(
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      float[] y,
      int yo,
      int n,
      Ternary f) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) f.of(a[ao + i], b[bo + i], c[co + i]);
    }
  }

  public static void negate(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, v -> -v);
  }

  public static void abs(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, Math::abs);
  }

  public static void reciprocal(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, v -> 1 / v);
  }

  public static void square(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, v -> v * v);
  }

  public static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, Math::sqrt);
  }

  public static void copy(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, v -> v);
  }

  public static void sign(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, Math::signum);
  }

  public static void exp(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, StrictMath::exp);
  }

  public static void expm1(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, StrictMath::expm1);
  }

  public static void log(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, StrictMath::log);
  }

  public static void log1p(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, StrictMath::log1p);
  }

  public static void tanh(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, StrictMath::tanh);
  }

  public static void sin(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, StrictMath::sin);
  }

  public static void cos(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, StrictMath::cos);
  }

  public static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, v -> 1 / (1 + StrictMath.exp(-v)));
  }

  public static void softplus(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, v -> Math.max(v, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(v))));
  }

  public static void relu(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, v -> v < 0 ? 0 : v);
  }

  public static void elu(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, v -> v < 0 ? StrictMath.expm1(v) : v);
  }

  public static void silu(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, v -> v / (1 + StrictMath.exp(-v)));
  }

  public static void erf(float[] x, int xo, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, Erf::of);
  }

  public static void add(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    map(a, ao, b, bo, y, yo, n, Double::sum);
  }

  public static void subtract(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    map(a, ao, b, bo, y, yo, n, (u, v) -> u - v);
  }

  public static void multiply(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    map(a, ao, b, bo, y, yo, n, (u, v) -> u * v);
  }

  public static void divide(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    map(a, ao, b, bo, y, yo, n, (u, v) -> u / v);
  }

  public static void power(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    map(a, ao, b, bo, y, yo, n, StrictMath::pow);
  }

  public static void maximum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    map(a, ao, b, bo, y, yo, n, Math::max);
  }

  public static void minimum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    map(a, ao, b, bo, y, yo, n, Math::min);
  }

  public static void less(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    map(a, ao, b, bo, y, yo, n, (u, v) -> u < v ? 1 : 0);
  }

  public static void select(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] y, int yo, int n) {
    map(a, ao, b, bo, c, co, y, yo, n, (u, v, w) -> u != 0 ? v : w);
  }

  public static void multiplyAdd(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] y, int yo, int n) {
    map(a, ao, b, bo, c, co, y, yo, n, Math::fma);
  }

  public static void subtractProduct(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.fma(-a[ao + i], b[bo + i], c[co + i]);
    }
  }

  public static void addScaled(
      float[] a, int ao, float v, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.fma(a[ao + i], v, b[bo + i]);
    }
  }

  public static void sigmoidSlope(float[] d, int dof, float[] s, int so, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = d[dof + i] * Math.fma(-s[so + i], s[so + i], s[so + i]);
    }
  }

  public static void tanhSlope(float[] d, int dof, float[] t, int to, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = d[dof + i] * Math.fma(-t[to + i], t[to + i], 1);
    }
  }

  public static void softplusSlope(
      float[] d, int dof, float[] s, int so, float[] y, int yo, int n) {
    map(d, dof, s, so, y, yo, n, (u, v) -> u * -StrictMath.expm1(-v));
  }

  public static void eluSlope(float[] d, int dof, float[] e, int eo, float[] y, int yo, int n) {
    map(d, dof, e, eo, y, yo, n, (u, v) -> u * (Math.min(v, 0) + 1));
  }

  public static void accumulate(float[] a, int ao, float[] y, int yo, int n) {
    map(a, ao, y, yo, y, yo, n, Double::sum);
  }

  public static void fill(float[] y, int yo, int n, float v) {
    map(y, yo, y, yo, n, _ -> v);
  }

  public static void addScalar(float[] x, int xo, float v, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, u -> u + v);
  }

  public static void multiplyScalar(float[] x, int xo, float v, float[] y, int yo, int n) {
    map(x, xo, y, yo, n, u -> u * v);
  }
}
