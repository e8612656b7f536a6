package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.sde.PathKl;
import girsanov.tensor.Shape;

/**
 * The three terms of the negative evidence lower bound, estimated for each sequence from a few
 * random times (Eq. 11–13 and Algorithm 1). Their expected sum bounds −log p(X) from above. Each is
 * {@code [batch]}, in nats.
 *
 * @param prior KL(q(z₀|X) ‖ p(z₀)), in closed form
 * @param diffusion T · ½ ‖g⁻¹(h − f)‖² at times uniform on [0, T], averaged over draws
 * @param reconstruction N · (−log p(x_i | z_{t_i})) at uniform i, averaged over draws
 */
public record Nelbo(Expr prior, Expr diffusion, Expr reconstruction) {

  /**
   * What is random in one estimate, and out of how much it is drawn.
   *
   * @param span T, the time that the estimate covers, a scalar or {@code [batch]}
   * @param count N, the number of observations that it covers, a scalar or {@code [batch]}
   * @param time t ~ U[0, T], {@code [batch, draws]}
   * @param noise ε_t ~ N(0, I), {@code [batch, draws, latent]}
   * @param observationTime t_i for uniform i, {@code [batch, draws]}
   * @param observation x_i, {@code [batch, draws, dim]}
   * @param observationNoise ε_{t_i} ~ N(0, I), {@code [batch, draws, latent]}
   */
  public record Draws(
      Expr span,
      Expr count,
      Expr time,
      Expr noise,
      Expr observationTime,
      Expr observation,
      Expr observationNoise) {}

  /** The terms, for X as the posterior sees it. */
  public static Nelbo of(SdeMatching model, Observations given, Draws draws) {
    Posterior.Marginals q = model.posterior().given(given);
    return new Nelbo(
        prior(model.prior(), q, given.batch()),
        diffusion(model, q, draws).times(draws.span()),
        reconstruction(model, q, draws).times(draws.count()));
  }

  private static Expr prior(Prior prior, Posterior.Marginals q, int batch) {
    Gaussian p = prior.initial();
    Gaussian start = q.at(Expr.constant(0).broadcastTo(Shape.of(batch, 1)));
    return start.klTo(p.mean(), p.logStd()).sum(1);
  }

  /** ½ ‖g⁻¹(h − f)‖² (Eq. 12 and 13). */
  private static Expr diffusion(SdeMatching model, Posterior.Marginals q, Draws draws) {
    Expr t = draws.time();
    SdeMatching.PosteriorPoint point = model.posteriorPoint(q, t, draws.noise());
    Expr h = model.prior().drift(point.z(), t.insertAxis(2));
    return PathKl.rate(h, point.drift(), point.diffusion()).mean(1);
  }

  private static Expr reconstruction(SdeMatching model, Posterior.Marginals q, Draws draws) {
    Expr z = q.at(draws.observationTime()).sample(draws.observationNoise());
    return model.decoder().given(z).negativeLogDensity(draws.observation()).mean(1);
  }
}
