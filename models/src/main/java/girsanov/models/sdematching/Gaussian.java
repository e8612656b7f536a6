package girsanov.models.sdematching;

import girsanov.autodiff.Expr;

/**
 * Normal distributions with diagonal covariance, N(mean, diag exp(logStd)²).
 *
 * @param mean {@code [.., n]}
 * @param logStd of a shape that broadcasts against {@code mean}
 */
public record Gaussian(Expr mean, Expr logStd) {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  public Expr std() {
    return logStd.exp();
  }

  /** mean + std ⊙ ε: the reparameterisation of Eq. 24. */
  public Expr sample(Expr noise) {
    return mean.plus(std().times(noise));
  }

  /** The ε for which {@link #sample} gives {@code value}. */
  public Expr noise(Expr value) {
    return value.minus(mean).times(logStd.negate().exp());
  }

  /** −log density at {@code value [.., n]}, summed over the last axis, in nats. */
  public Expr negativeLogDensity(Expr value) {
    Expr normalised = noise(value);
    return normalised.square().times(0.5).plus(logStd).plus(HALF_LOG_TWO_PI).sum(-1);
  }

  /** KL(this ‖ other), summed over the last axis, in nats. */
  public Expr klTo(Expr otherMean, Expr otherLogStd) {
    Expr ratio = logStd.minus(otherLogStd);
    Expr shift = mean.minus(otherMean).times(otherLogStd.negate().exp());
    Expr twice = ratio.times(2).exp().plus(shift.square()).minus(1);
    return twice.times(0.5).minus(ratio).sum(-1);
  }
}
