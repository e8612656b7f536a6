package girsanov.tensor.plain;

/**
 * The error function by its series of positive terms, erf x = 2/√π e^(-x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!
 * (Abramowitz and Stegun, 7.1.6); about 1e-15 relative.
 */
final class Erf {
  private Erf() {}

  static double of(double x) {
    double square = x * x;
    if (square > 36) {
      return Math.signum(x);
    }
    double sum = 0;
    double term = x;
    for (int n = 0; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      sum += term;
      term *= 2 * square / (2 * n + 3);
    }
    return Double.isNaN(x) ? x : 2 / Math.sqrt(Math.PI) * StrictMath.exp(-square) * sum;
  }
}
