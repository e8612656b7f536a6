package girsanov.cli.reproduce;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleFunction;

/** The figures of the models of a table, over their seeds. */
record Results(Map<Cell, Scores> scores) {
  /** Where there is no figure. */
  static final String NONE = "–";

  /** By seed, of the models trained at a rate and judged there. */
  double[] values(Contender contender, double rate, String key) {
    return values(contender, rate, rate, key);
  }

  /** By seed, of the models trained at a rate and judged at another. */
  double[] values(Contender contender, double trainedAt, double judgedAt, String key) {
    return scores.entrySet().stream()
        .filter(e -> !e.getKey().ablation() && e.getKey().rate() == trainedAt)
        .filter(e -> e.getKey().contender().equals(contender))
        .mapToDouble(e -> e.getValue().at(judgedAt, key))
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /** The mean over seeds, and how they spread. */
  static String text(double[] values, DoubleFunction<String> format) {
    String spread = values.length < 2 ? "" : " ± " + format.apply(deviation(values));
    return values.length == 0 ? NONE : format.apply(mean(values)) + spread;
  }

  /** NaN of none. */
  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }
}
