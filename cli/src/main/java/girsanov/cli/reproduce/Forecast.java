package girsanov.cli.reproduce;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a study takes yet: what was foretold of the cells that are left, longer or shorter in
 * the proportion in which those before took longer or shorter.
 */
final class Forecast {
  private final Map<Cell, Double> left;
  private double foretold;
  private double taken;

  /**
   * A forecast.
   *
   * @param seconds that each cell was foretold to take
   */
  Forecast(Map<Cell, Double> seconds) {
    left = new LinkedHashMap<>(seconds);
  }

  /** Seconds until all is done. */
  double seconds() {
    double sum = left.values().stream().mapToDouble(Double::doubleValue).sum();
    return foretold > 0 ? sum * taken / foretold : sum;
  }

  /**
   * A cell is done.
   *
   * @param whole whether nothing of it had been done before, so that its time says something of the
   *     others'
   * @param seconds that it took
   */
  void done(Cell cell, boolean whole, double seconds) {
    Double expected = left.remove(cell);
    if (whole && expected != null) {
      foretold += expected;
      taken += seconds;
    }
  }
}
