package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/**
 * What q is conditioned on: X = x(t₁), …, x(t_length) for a batch of sequences observed at the same
 * times.
 *
 * @param times t₁ &lt; … &lt; t_length, in [0, horizon]
 * @param horizon T, the end of the interval the process lives on
 * @param values {@code [time, batch, dim]}
 * @param seen {@code [time, batch]}: 1 for an observation that q may use, 0 for one that it must
 *     not; absent if all may be used
 */
public record Observations(double[] times, double horizon, Expr values, Optional<Expr> seen) {

  public Observations {
    times = times.clone();
    Shape shape = values.shape();
    if (shape.rank() != 3 || shape.dim(0) != times.length) {
      throw new IllegalArgumentException(
          "observations: expected [" + times.length + ", batch, dim], got " + shape);
    }
    if (seen.isPresent() && !seen.get().shape().equals(shape.without(2))) {
      throw new IllegalArgumentException(
          "observations: expected seen of shape "
              + shape.without(2)
              + ", got "
              + seen.get().shape());
    }
  }

  public Observations(double[] times, double horizon, Expr values) {
    this(times, horizon, values, Optional.empty());
  }

  @Override
  public double[] times() {
    return times.clone();
  }

  public int length() {
    return times.length;
  }

  public int batch() {
    return values.shape().dim(1);
  }

  /** Observation times as fractions of the horizon, {@code [time]}. */
  Expr positions() {
    return constant(Arrays.stream(times).map(t -> t / horizon).toArray());
  }

  /** Positions 0 to 1 in equal steps, wherever the observation times are, {@code [time]}. */
  Expr evenPositions() {
    double[] even = new double[times.length];
    for (int i = 0; i < even.length; i++) {
      even[i] = even.length == 1 ? 0 : (double) i / (even.length - 1);
    }
    return constant(even);
  }

  private static Expr constant(double[] values) {
    return Expr.constant(Tensor.of(Precision.DOUBLE, Shape.of(values.length), values));
  }
}
