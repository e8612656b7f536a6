package girsanov.models.metrics;

/** Student's t distribution with a whole number of degrees of freedom. */
public final class StudentT {
  private static final int PANELS = 2000;

  private StudentT() {}

  /**
   * The half width of a two-sided interval for a mean, in standard errors: q with P(|t| &lt; q) =
   * {@code coverage}. 1.96 for 95 % and many degrees of freedom, 2.01 for 49.
   */
  public static double halfWidth(double coverage, int degreesOfFreedom) {
    if (!(coverage > 0 && coverage < 1) || degreesOfFreedom < 1) {
      throw new IllegalArgumentException(
          "expected a coverage in (0, 1) and 1 degree of freedom or more, got "
              + coverage
              + " and "
              + degreesOfFreedom);
    }
    double low = 0;
    double high = 1;
    while (central(high, degreesOfFreedom) < coverage) {
      high *= 2;
    }
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (central(middle, degreesOfFreedom) < coverage) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * P(|t| &lt; q), by Simpson's rule in the angle a with t = √n tan a: the density is ∝ cosⁿ⁻¹ a.
   */
  private static double central(double q, int n) {
    double end = Math.atan(q / Math.sqrt(n));
    double sum = 0;
    for (int i = 0; i <= PANELS; i++) {
      int weight = i == 0 || i == PANELS ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.pow(Math.cos(end * i / PANELS), n - 1);
    }
    return 2 * constant(n) * sum * end / (3 * PANELS);
  }

  /** Γ((n + 1)/2) / (√π Γ(n/2)): 1/π for n = 1, and c(n + 1) = n / (2π c(n)). */
  private static double constant(int n) {
    double c = 1 / Math.PI;
    for (int k = 1; k < n; k++) {
      c = k / (2 * Math.PI * c);
    }
    return c;
  }
}
