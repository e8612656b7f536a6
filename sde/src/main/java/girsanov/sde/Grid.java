package girsanov.sde;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.Arrays;

/**
 * Increasing points in time, t₀ &lt; t₁ &lt; … &lt; t_steps, not necessarily evenly spaced. Points
 * are addressed by integers, so that no two grids ever disagree about an end point by a rounding.
 */
public record Grid(double... times) {

  public Grid {
    times = times.clone();
    if (times.length < 2) {
      throw new IllegalArgumentException("Expected 2 times or more, got " + times.length + ".");
    }
    for (int k = 0; k < times.length; k++) {
      if (!Double.isFinite(times[k]) || (k > 0 && times[k] <= times[k - 1])) {
        throw new IllegalArgumentException(
            "Expected finite, strictly increasing times, got "
                + times[k]
                + " at index "
                + k
                + (k > 0 ? " after " + times[k - 1] : "")
                + ".");
      }
    }
  }

  /** {@code steps} intervals of equal length. */
  public static Grid even(double start, double end, int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("Expected 1 step or more, got " + steps + ".");
    }
    double[] times = new double[steps + 1];
    for (int k = 0; k <= steps; k++) {
      times[k] = k == steps ? end : start + (end - start) * k / steps;
    }
    return new Grid(times);
  }

  @Override
  public double[] times() {
    return times.clone();
  }

  /** The number of intervals, one less than the number of points. */
  public int steps() {
    return times.length - 1;
  }

  public double time(int k) {
    return times[k];
  }

  /** The length of interval k, t_{k+1} − t_k. */
  public double length(int k) {
    return times[k + 1] - times[k];
  }

  /**
   * The index of a point, which may differ from it by a rounding: by a millionth of an interval.
   *
   * @throws IllegalArgumentException if no point is there
   */
  public int indexOf(double time) {
    int found = Arrays.binarySearch(times, time);
    int after = found >= 0 ? found : Math.clamp(-found - 1, 1, steps());
    double allowed = 1e-6 * length(Math.max(after, 1) - 1);
    int nearest = found >= 0 || times[after] - time < time - times[after - 1] ? after : after - 1;
    if (!(Math.abs(times[nearest] - time) <= allowed)) {
      throw new IllegalArgumentException(
          "Expected a point of "
              + this
              + ", got "
              + time
              + ", the nearest is "
              + times[nearest]
              + "; choose that, or put "
              + time
              + " among the times of the grid.");
    }
    return nearest;
  }

  /** This grid with every interval cut into {@code parts} equal ones. */
  public Grid refine(int parts) {
    double[] fine = new double[steps() * parts + 1];
    for (int k = 0; k < steps(); k++) {
      for (int part = 0; part < parts; part++) {
        fine[k * parts + part] = times[k] + length(k) * part / parts;
      }
    }
    fine[steps() * parts] = times[steps()];
    return new Grid(fine);
  }

  /** Every {@code every}-th point of this grid. */
  public Grid coarsen(int every) {
    checkDivides(every);
    double[] coarse = new double[steps() / every + 1];
    for (int k = 0; k < coarse.length; k++) {
      coarse[k] = times[k * every];
    }
    return new Grid(coarse);
  }

  void checkDivides(int every) {
    if (every < 1 || steps() % every != 0) {
      throw new IllegalArgumentException(
          "Expected a divisor of the grid's " + steps() + " steps, got " + every + ".");
    }
  }

  /** The left ends of the intervals, {@code [steps]}. */
  DoubleTensor starts() {
    DoubleTensor starts = DoubleTensor.zeros(Shape.of(steps()));
    for (int k = 0; k < steps(); k++) {
      starts.put(k, times[k]);
    }
    return starts;
  }

  /** The right ends of the intervals, {@code [steps]}. */
  DoubleTensor ends() {
    DoubleTensor ends = DoubleTensor.zeros(Shape.of(steps()));
    for (int k = 0; k < steps(); k++) {
      ends.put(k, times[k + 1]);
    }
    return ends;
  }

  /** The lengths of the intervals, {@code [steps]}. */
  DoubleTensor lengths() {
    DoubleTensor lengths = DoubleTensor.zeros(Shape.of(steps()));
    for (int k = 0; k < steps(); k++) {
      lengths.put(k, length(k));
    }
    return lengths;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Grid grid && Arrays.equals(times, grid.times);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(times);
  }

  @Override
  public String toString() {
    return "Grid[" + times[0] + " to " + times[steps()] + " in " + steps() + " steps]";
  }
}
