package girsanov.sde;

/** Orders measured: log₂ of an error against log₂ of the step. */
final class Slope {
  private Slope() {}

  interface ErrorOfSteps {
    double at(int steps);
  }

  /** The least-squares slope for {@code fewest} steps, twice as many, …, four values in all. */
  static double of(int fewest, ErrorOfSteps error) {
    double numerator = 0;
    double denominator = 0;
    for (int level = 0; level < 4; level++) {
      double x = 1.5 - level;
      double y = Math.log(error.at(fewest << level)) / Math.log(2);
      numerator += x * y;
      denominator += x * x;
    }
    return numerator / denominator;
  }
}
