package girsanov.cli.plot;

/**
 * One uncertain quantity over time: its mean and a central interval.
 *
 * @param times {@code [time]}
 * @param mean {@code [time]}
 * @param low {@code [time]}
 * @param high {@code [time]}
 */
public record Band(double[] times, double[] mean, double[] low, double[] high) {
  /** The 95 % quantile of the normal distribution. */
  private static final double NORMAL_95 = 1.6448536269514722;

  /** The band that holds 90 % of a normal distribution at each time. */
  public static Band normal(double[] times, double[] mean, double[] std) {
    double[] low = new double[times.length];
    double[] high = new double[times.length];
    for (int time = 0; time < times.length; time++) {
      low[time] = mean[time] - NORMAL_95 * std[time];
      high[time] = mean[time] + NORMAL_95 * std[time];
    }
    return new Band(times, mean, low, high);
  }
}
