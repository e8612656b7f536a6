package girsanov.models.vsdn;

import girsanov.autodiff.Expr;
import girsanov.models.frames.Bound;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.Generation;
import girsanov.models.frames.Given;
import girsanov.models.frames.Regime;
import girsanov.models.likelihood.Likelihood;
import girsanov.models.nn.Mlp;
import girsanov.models.nn.Positive;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * VSDN-VAE: a latent state of each frame that is normal given the past, and given past and future,
 *
 * <pre>
 *   p(X_t) = N(μ₀, σ₀²),  (μ₀, σ₀) = N1(h→_t)                      equation 2
 *   q(X_t) = N(μ₁, σ₁²),  (μ₁, σ₁) = N2(h→_t, h←_t)                equation 4
 *   −log p(y) ≤ Σ_i KL(q(X_i) ‖ p(X_i)) − E_q log p(y_i | X_i, h→_i)   equation 6, β = 1
 * </pre>
 *
 * <p>over the observed frames i. The states of different frames are independent given the
 * observations. With {@code residual}, N2 gives the difference μ₁ − μ₀.
 *
 * @param prior N1, {@code [.., hidden] → [.., 2·latent]}
 * @param posterior N2, {@code [.., 2·hidden] → [.., 2·latent]}
 */
public record VsdnVae(
    Encoders encoders, Mlp prior, Mlp posterior, int latent, boolean residual, Positive scale)
    implements FrameModel {

  @Override
  public int noise() {
    return latent;
  }

  @Override
  public Likelihood likelihood() {
    return encoders.forward().likelihood();
  }

  /** Mean and standard deviation, {@code [.., latent]}. */
  private record Normal(Expr mean, Expr std) {
    Expr sample(Expr noise) {
      return mean.insertAxis(-2).plus(std.insertAxis(-2).times(noise));
    }

    /** log density without its constant, x {@code [.., draw, latent] → [.., draw]}. */
    Expr logDensity(Expr x) {
      Expr error = x.minus(mean.insertAxis(-2)).dividedBy(std.insertAxis(-2));
      return error.square().times(-0.5).minus(std.insertAxis(-2).log()).sum(-1);
    }

    /** KL(this ‖ other), {@code [..]}. */
    Expr divergence(Normal other) {
      Expr ratio = std.dividedBy(other.std);
      Expr shift = mean.minus(other.mean).dividedBy(other.std);
      return ratio.square().plus(shift.square()).minus(1).times(0.5).minus(ratio.log()).sum(-1);
    }
  }

  private Normal normal(Expr heads) {
    return new Normal(heads.slice(-1, 0, latent), scale.apply(heads.slice(-1, latent, 2 * latent)));
  }

  private Normal posterior(Expr past, Expr future, Normal p) {
    Normal q = normal(posterior.apply(Expr.concat(-1, List.of(past, future))));
    return residual ? new Normal(p.mean.plus(q.mean), q.std) : q;
  }

  @Override
  public Bound bound(Given given) {
    Expr past = encoders.past(given);
    Normal p = normal(prior.apply(past));
    Normal q = posterior(past, encoders.future(given), p);
    Expr x = q.sample(given.noise());
    Expr nll = encoders.nll(given, past, x);
    Expr logWeight = p.logDensity(x).minus(q.logDensity(x)).minus(nll);
    Expr importance = logWeight.logSumExp(-1).negate().plus(Math.log(given.draws()));
    Expr reconstruction = given.sumSeen(nll).mean(-1);
    return new Bound(
        reconstruction,
        given.sumSeen(q.divergence(p)),
        reconstruction.times(0),
        given.sumSeen(importance));
  }

  @Override
  public Expr distribution(Given given, Regime regime) {
    Expr past = encoders.past(given, regime);
    Normal p = normal(prior.apply(past));
    Normal of = regime == Regime.SMOOTHED ? posterior(past, encoders.future(given), p) : p;
    return encoders.decode(past, of.sample(given.noise()));
  }

  @Override
  public FrameModel strict() {
    return new VsdnVae(encoders.strict(), prior, posterior, latent, residual, scale);
  }

  @Override
  public Expr generate(Given given, Expr told, Expr uniform, Expr normal) {
    Generation.Emission emission =
        (h, _, noise) -> {
          Normal p = normal(prior.apply(h));
          Expr x = p.mean.plus(p.std.times(noise));
          return encoders.emitted(h, x);
        };
    return new Generation(encoders.forward(), likelihood(), Expr.zeros(Shape.of(latent)), emission)
        .run(given, told, uniform, normal);
  }
}
