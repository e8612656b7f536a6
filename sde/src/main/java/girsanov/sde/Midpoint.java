package girsanov.sde;

import girsanov.autodiff.Expr;

/**
 * The explicit midpoint rule, two evaluations a step:
 *
 * <pre>
 *   y_{n+1} = y_n + δ f(y_n + ½ δ f(y_n, t_n), t_n + ½ δ)
 * </pre>
 *
 * <p>Source: C. Runge, "Ueber die numerische Auflösung von Differentialgleichungen", Math. Annalen
 * 46 (1895), 167–178.
 */
public record Midpoint() implements OdeScheme {

  @Override
  public int order() {
    return 2;
  }

  @Override
  public Expr step(Ode ode, Expr y, Expr t, Expr dt) {
    Expr half = dt.times(0.5);
    Expr middle = y.plus(ode.at(y, t).times(half));
    return y.plus(ode.at(middle, t.plus(half)).times(dt));
  }
}
