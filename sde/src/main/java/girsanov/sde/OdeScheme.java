package girsanov.sde;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Scan;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * A one-step method for an {@link Ode}. Its order is part of it, and the tests measure it: with
 * steps of length δ the error at a fixed time is O(δ^order) for smooth f.
 */
public interface OdeScheme {
  int order();

  /**
   * The state after one step.
   *
   * @param y the state, {@code [..]}
   * @param t the time at the left end, of a shape that broadcasts against {@code y}
   * @param dt the length of the step, likewise; negative to go back in time
   */
  Expr step(Ode ode, Expr y, Expr t, Expr dt);

  /**
   * The state after an interval, by so many equal steps: a scan, if there is more than one.
   *
   * @param y the state, {@code [..]}
   * @param t the time at the left end, of a shape that broadcasts against {@code y}
   * @param dt the length of the interval, likewise
   */
  default Expr advance(Ode ode, Expr y, Expr t, Expr dt, int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("Expected 1 step or more, got " + steps + ".");
    }
    if (steps == 1) {
      return step(ode, y, t, dt);
    }
    DoubleTensor numbers = DoubleTensor.zeros(Shape.of(steps));
    for (int k = 0; k < steps; k++) {
      numbers.put(k, k);
    }
    Expr length = dt.dividedBy(steps);
    Scan.Step next =
        (state, k) -> {
          Expr start = t.plus(length.times(k.getFirst()));
          return List.of(step(ode, state.getFirst(), start, length));
        };
    return Scan.of(List.of(y), List.of(Expr.constant(numbers)), false, next).last().getFirst();
  }
}
