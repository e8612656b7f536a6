package girsanov.models.data;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Sequences observed at the same times.
 *
 * @param times strictly increasing, {@code [time]}
 * @param values finite, {@code [sequence, time, dim]}
 * @param names what each of the dims is
 * @param units the unit of each of the dims
 */
public record TimeSeries(
    double[] times, DoubleTensor values, List<String> names, List<String> units) {

  public TimeSeries {
    times = times.clone();
    names = List.copyOf(names);
    units = List.copyOf(units);
    Shape shape = values.shape();
    if (shape.rank() != 3
        || shape.dim(1) != times.length
        || shape.dim(2) != names.size()
        || shape.dim(2) != units.size()) {
      throw new IllegalArgumentException(
          "Expected values [sequence, "
              + times.length
              + ", dim] with a name and a unit for each dim, got "
              + shape
              + ", "
              + names.size()
              + " names and "
              + units.size()
              + " units.");
    }
    for (int k = 1; k < times.length; k++) {
      if (!(times[k] > times[k - 1])) {
        throw new IllegalArgumentException(
            "Expected increasing times, got " + times[k] + " after " + times[k - 1] + ".");
      }
    }
    for (int i = 0; i < values.size(); i++) {
      if (!Double.isFinite(values.at(i))) {
        throw new IllegalArgumentException(
            "Expected finite values, got " + at(values, i) + "; leave that out or fill it in.");
      }
    }
  }

  private static String at(DoubleTensor values, int i) {
    int dim = values.shape().dim(2);
    int length = values.shape().dim(1);
    return "%s in sequence %d, time %d, dim %d (all from 0)"
        .formatted(values.at(i), i / dim / length, i / dim % length, i % dim);
  }

  @Override
  public double[] times() {
    return times.clone();
  }

  public int sequences() {
    return values.shape().dim(0);
  }

  /** The number of observation times. */
  public int length() {
    return times.length;
  }

  public int dim() {
    return values.shape().dim(2);
  }

  public double at(int sequence, int time, int dim) {
    return values.at((sequence * length() + time) * dim() + dim);
  }

  /**
   * The observations number {@code from} (inclusive) to {@code to} (exclusive) of each sequence.
   */
  public TimeSeries between(int from, int to) {
    if (from < 0 || from >= to || to > length()) {
      throw new IllegalArgumentException(
          "Expected 0 <= from < to <= " + length() + ", got " + from + " and " + to + ".");
    }
    DoubleTensor part = DoubleTensor.zeros(Shape.of(sequences(), to - from, dim()));
    for (int sequence = 0; sequence < sequences(); sequence++) {
      part.row(sequence).copyFrom(values.row(sequence).rows(from, to));
    }
    return new TimeSeries(Arrays.copyOfRange(times, from, to), part, names, units);
  }

  /** The first {@code length} observations of each sequence. */
  public TimeSeries prefix(int length) {
    return between(0, length);
  }

  /** The same values at times moved and stretched so that the first is 0 and the last is 1. */
  public TimeSeries onUnitInterval() {
    return until(1);
  }

  /** The same values at times moved and stretched so that the first is 0 and the last is this. */
  public TimeSeries until(double horizon) {
    double first = times[0];
    double span = times[length() - 1] - first;
    double[] scaled = Arrays.stream(times).map(t -> (t - first) / span * horizon).toArray();
    return new TimeSeries(scaled, values, names, units);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeSeries that
        && Arrays.equals(times, that.times)
        && values.shape().equals(that.values.shape())
        && Arrays.equals(values.toArray(), that.values.toArray())
        && names.equals(that.names)
        && units.equals(that.units);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(times), Arrays.hashCode(values.toArray()), names, units);
  }
}
