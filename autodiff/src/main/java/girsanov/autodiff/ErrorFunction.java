package girsanov.autodiff;

/** Stand-in. */
final class ErrorFunction {
  private ErrorFunction() {}

  static double erf(double x) {
    double sum = x;
    double term = x;
    for (int n = 1; n < 200; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return Math.abs(x) > 6 ? Math.signum(x) : 2 / Math.sqrt(Math.PI) * sum;
  }
}
