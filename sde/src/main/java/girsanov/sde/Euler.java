package girsanov.sde;

import girsanov.autodiff.Expr;

/**
 * Euler's scheme, one evaluation a step:
 *
 * <pre>
 *   y_{n+1} = y_n + δ f(y_n, t_n)
 * </pre>
 *
 * <p>Source: Hairer, Nørsett and Wanner, "Solving Ordinary Differential Equations I" (1993),
 * section II.1.
 */
public record Euler() implements OdeScheme {

  @Override
  public int order() {
    return 1;
  }

  @Override
  public Expr step(Ode ode, Expr y, Expr t, Expr dt) {
    return y.plus(ode.at(y, t).times(dt));
  }
}
