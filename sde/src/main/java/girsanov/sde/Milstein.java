package girsanov.sde;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Jvp;
import java.util.List;

/**
 * Milstein's scheme for Itô equations with diagonal noise,
 *
 * <pre>
 *   z_{n+1} = z_n + h(z_n, t_n) δ + g(z_n, t_n) ⊙ Δw_n + ½ (g ⊙ ∂g/∂z)(z_n, t_n) ⊙ (Δw_n² − δ)
 * </pre>
 *
 * <p>∂g/∂z is the diagonal of the Jacobian, all there is of it where g_k depends on z_k alone; it
 * comes from {@link Jvp}. Where the diffusion does not depend on the state this is {@link
 * EulerMaruyama}.
 *
 * <p>Source: G. N. Milstein, "Approximate integration of stochastic differential equations", Theory
 * Probab. Appl. 19 (1975), 557–562; orders: Kloeden and Platen, "Numerical Solution of Stochastic
 * Differential Equations" (1992), theorems 10.3.5 and 14.1.5.
 */
public record Milstein() implements Scheme {

  @Override
  public Interpretation interpretation() {
    return Interpretation.ITO;
  }

  @Override
  public double strongOrder(NoiseClass noise) {
    return switch (noise) {
      case ADDITIVE, DIAGONAL -> 1;
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
    Expr g = sde.diffusion().at(z, t);
    Expr next = z.plus(sde.drift().at(z, t).times(dt)).plus(g.times(dw));
    return switch (sde.noise()) {
      case ADDITIVE -> next;
      case DIAGONAL -> {
        Expr excess = dw.square().minus(dt).times(0.5);
        yield next.plus(g.times(slope(g, z)).times(excess));
      }
    };
  }

  /** ∂g_k/∂z_k for each k, of a g whose coordinates depend on their own state alone. */
  static Expr slope(Expr g, Expr z) {
    return Jvp.of(List.of(g), List.of(z), List.of(Expr.ones(z.shape()))).getFirst();
  }
}
