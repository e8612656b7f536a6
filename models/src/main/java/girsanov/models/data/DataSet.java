package girsanov.models.data;

/**
 * Sequences to learn from, to choose a model by, and to report on. All three are observed at the
 * same times in the same dims.
 */
public record DataSet(String name, TimeSeries train, TimeSeries valid, TimeSeries test) {

  /** The same data with times from 0 to 1. */
  public DataSet onUnitInterval() {
    return new DataSet(name, train.onUnitInterval(), valid.onUnitInterval(), test.onUnitInterval());
  }
}
