package girsanov.sde;

import girsanov.autodiff.Expr;

/** An ordinary differential equation, dy/dt = f(y, t), for one state of any shape. */
@FunctionalInterface
public interface Ode {
  /**
   * f(y, t).
   *
   * @param y the state, {@code [..]}
   * @param t the time, of any shape that broadcasts against {@code y}: a scalar, or {@code [.., 1]}
   * @return dy/dt, of the shape of {@code y}
   */
  Expr at(Expr y, Expr t);
}
