package girsanov.models.recurrent;

import girsanov.autodiff.Expr;
import girsanov.sde.Ode;
import girsanov.sde.OdeScheme;

/**
 * What lies between a frame and the next for a differential equation.
 *
 * @param scheme that solves it
 * @param frameTime what its time advances
 * @param subSteps equal steps of the scheme
 */
public record Gap(OdeScheme scheme, double frameTime, int subSteps) {

  public Gap {
    if (subSteps < 1 || !(frameTime > 0)) {
      throw new IllegalArgumentException(
          "expected subSteps of 1 or more and a frameTime above 0, got "
              + subSteps
              + " and "
              + frameTime);
    }
  }

  /** The state at its end. */
  Expr across(Ode ode, Expr state) {
    return scheme.advance(ode, state, Expr.constant(0), Expr.constant(frameTime), subSteps);
  }
}
