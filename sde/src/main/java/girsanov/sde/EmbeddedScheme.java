package girsanov.sde;

import girsanov.autodiff.Expr;

/**
 * A scheme that estimates its own error from the evaluations it makes anyway, and that knows the
 * solution between the ends of its step: what an {@link AdaptiveSolver} needs.
 */
public interface EmbeddedScheme extends OdeScheme {

  /**
   * One step, all of the shape of the state.
   *
   * @param end the state at the right end
   * @param slope f at the right end, with which the next step begins
   * @param error an estimate of the error of this step, O(δ^order)
   * @param bend what {@link #between} needs beside the states and slopes at both ends
   */
  record Step(Expr end, Expr slope, Expr error, Expr bend) {}

  /**
   * One step with its error.
   *
   * @param y the state at the left end, {@code [..]}
   * @param slope f(y, t)
   * @param t the time at the left end
   * @param dt the length of the step
   */
  Step embedded(Ode ode, Expr y, Expr slope, Expr t, Expr dt);

  /**
   * The state at t + θ · dt, with a local error of O(δ^order).
   *
   * @param y the state at the left end
   * @param slope f(y, t)
   * @param step what {@link #embedded} made of it
   * @param dt the length of the step
   * @param theta θ, in [0, 1]
   */
  Expr between(Expr y, Expr slope, Step step, Expr dt, Expr theta);
}
