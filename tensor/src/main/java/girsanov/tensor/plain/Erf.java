package girsanov.tensor.plain;

/** The error function in double, to 4 units of the last place. */
public final class Erf {
  /** Enough of the continued fraction for |x| ≥ 1. */
  private static final int FRACTIONS = 200;

  private Erf() {}

  public static double of(double x) {
    return Math.abs(x) < 1 ? series(x) : Math.signum(x) * (1 - complement(Math.abs(x)));
  }

  /** 2/√π Σ (-1)ⁿ x^(2n+1) / (n! (2n+1)) (Abramowitz and Stegun, 7.1.5), the first term last. */
  private static double series(double x) {
    double rest = 0;
    double power = x;
    for (int n = 1; Math.abs(power) > 1e-18 * Math.abs(x); n++) {
      power *= -x * x / n;
      rest += power / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * (x + rest);
  }

  /** e^(-x²)/√π times 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from the inside (7.1.14). */
  private static double complement(double x) {
    double inner = x;
    for (int k = FRACTIONS; k > 0; k--) {
      inner = x + 0.5 * k / inner;
    }
    return StrictMath.exp(-x * x) / (Math.sqrt(Math.PI) * inner);
  }
}
