package girsanov.bench.compare;

import java.util.Arrays;

/**
 * What one contender's repetitions cost.
 *
 * @param costs of one repetition, round by round; NaN for a round that it sat out
 */
record Measured(String name, double[] costs) {

  /** The 90th percentile of steady rounds is at most so many times the 10th. */
  private static final double STEADY = 2;

  /** Whether rounds are so far apart that something else must have run in some of them. */
  boolean isUnsteady() {
    return percentile(costs, 0.9) > STEADY * percentile(costs, 0.1);
  }

  double median() {
    return percentile(costs, 0.5);
  }

  /** Of these rounds, of which some may be there twice. */
  double median(int[] rounds) {
    return percentile(Arrays.stream(rounds).mapToDouble(i -> costs[i]).toArray(), 0.5);
  }

  /** A percentile of the numbers that are not NaN, between neighbours in proportion. */
  static double percentile(double[] values, double q) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = q * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
