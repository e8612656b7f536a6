package girsanov.models.data;

/**
 * Sequences to learn from, to choose a model by, and to report on. All three are observed at the
 * same times in the same dims.
 */
public record DataSet(String name, TimeSeries train, TimeSeries valid, TimeSeries test) {

  /** The same data with times from 0 to 1. */
  public DataSet onUnitInterval() {
    return until(1);
  }

  /** The same data with times from 0 to this. */
  public DataSet until(double horizon) {
    return new DataSet(name, train.until(horizon), valid.until(horizon), test.until(horizon));
  }
}
