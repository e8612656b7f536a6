package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Jvp;
import girsanov.models.nn.Parameters;
import girsanov.sde.NoiseClass;
import girsanov.sde.Sde;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * The model: a latent stochastic differential equation with its posterior and its likelihood. A
 * record of layers, whose parameters are named by {@link Parameters}.
 */
public record SdeMatching(Prior prior, Posterior posterior, Decoder decoder) {

  /**
   * The posterior process at one time (Eq. 9).
   *
   * @param z the state, {@code [batch, draws, latent]}
   * @param drift f, of the same shape
   * @param diffusion the diagonal of g, of the same shape
   */
  public record PosteriorPoint(Expr z, Expr drift, Expr diffusion) {}

  /**
   * The posterior process at z = F(ε, t, X). For diagonal g and σ, with a dot for ∂/∂t,
   *
   * <pre>
   *   f̄   = ∂F/∂t = μ̇ + σ ⊙ (log σ)˙ ⊙ ε            (Eq. 8)
   *   ∇ log q(z_t | X) = −ε ⊘ σ                        (Eq. 25)
   *   f_k = f̄_k + ½ g_k² ∇_k log q + ½ ∂(g_k²)/∂z_k    (Eq. 10)
   * </pre>
   *
   * @param q the posterior marginals
   * @param t times {@code [batch, draws]}, or {@code [batch, 1]} for one time for all draws
   * @param noise ε, {@code [batch, draws, latent]}; it stays fixed when t moves
   */
  public PosteriorPoint posteriorPoint(Posterior.Marginals q, Expr t, Expr noise) {
    Gaussian marginal = q.at(t);
    List<Expr> rates =
        Jvp.of(
            List.of(marginal.mean(), marginal.logStd()), List.of(t), List.of(Expr.ones(t.shape())));
    Expr velocity = rates.get(0).plus(marginal.std().times(rates.get(1)).times(noise));
    Expr score = noise.times(marginal.logStd().negate().exp()).negate();
    Expr z = marginal.sample(noise);
    Expr diffusion = prior.diffusion(z, t.insertAxis(2));
    Expr variance = diffusion.square();
    Expr correction = variance.times(score).plus(divergence(variance, z));
    return new PosteriorPoint(z, velocity.plus(correction.times(0.5)), diffusion);
  }

  /** ∂(g_k²)/∂z_k for all k by one tangent of ones: g_k depends on no other coordinate. */
  private static Expr divergence(Expr variance, Expr z) {
    return Jvp.of(List.of(variance), List.of(z), List.of(Expr.ones(z.shape()))).getFirst();
  }

  /**
   * The posterior process as an equation (Eq. 9) for states {@code [batch · draws, latent]}, draws
   * of one sequence together: simulating it from z₀ ~ q(z₀ | X) gives the marginals q(z_t | X)
   * back, whatever g is. Training never does.
   */
  public Sde posteriorSde(Posterior.Marginals q, int batch) {
    Sde.Coefficient drift =
        (z, t) -> {
          Expr states = z.reshape(batch, z.shape().dim(0) / batch, z.shape().dim(1));
          Expr time = t.broadcastTo(Shape.of(batch, 1));
          Expr noise = q.at(time).noise(states);
          return posteriorPoint(q, time, noise).drift().reshape(z.shape());
        };
    return Sde.ito(NoiseClass.DIAGONAL, drift, prior::diffusion);
  }
}
