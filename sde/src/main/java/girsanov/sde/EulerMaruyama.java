package girsanov.sde;

import girsanov.autodiff.Expr;

/**
 * The Euler–Maruyama scheme for Itô equations,
 *
 * <pre>
 *   z_{n+1} = z_n + h(z_n, t_n) δ + g(z_n, t_n) ⊙ Δw_n
 * </pre>
 *
 * <p>One evaluation of drift and diffusion a step. Where the diffusion does not depend on the state
 * the scheme coincides with Milstein's and has strong order 1.
 *
 * <p>Source: G. Maruyama, "Continuous Markov processes and stochastic equations", Rend. Circ. Mat.
 * Palermo 4 (1955), 48–90; orders: Kloeden and Platen, "Numerical Solution of Stochastic
 * Differential Equations" (1992), theorems 10.2.2, 10.3.5 and 14.1.5.
 */
public record EulerMaruyama() implements Scheme {

  @Override
  public Interpretation interpretation() {
    return Interpretation.ITO;
  }

  @Override
  public double strongOrder(NoiseClass noise) {
    return switch (noise) {
      case ADDITIVE -> 1;
      case DIAGONAL -> 0.5;
    };
  }

  @Override
  public double weakOrder(NoiseClass noise) {
    return switch (noise) {
      case ADDITIVE, DIAGONAL -> 1;
    };
  }

  @Override
  public Expr step(Sde sde, Expr z, Expr t, Expr dt, Expr dw) {
    Expr drift = sde.drift().at(z, t).times(dt);
    Expr noise = sde.diffusion().at(z, t).times(dw);
    return z.plus(drift).plus(noise);
  }
}
