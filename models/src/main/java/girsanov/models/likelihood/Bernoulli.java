package girsanov.models.likelihood;

import girsanov.autodiff.Expr;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * Independent bits with log-odds θ {@code [.., dim]}: −log p(y | θ) = Σ_d log(1 + exp θ_d) − y_d
 * θ_d, in nats. VSDN, appendix A: the 128 pitches of a frame of music.
 */
public record Bernoulli(int dim) implements Likelihood {
  private static final double RAREST = 1e-4;

  @Override
  public int width() {
    return dim;
  }

  /** The log-odds, kept from what fewer than one in 10⁴ frames would show. */
  @Override
  public DoubleTensor constant(double[] mean, double[] variance) {
    DoubleTensor theta = DoubleTensor.zeros(Shape.of(dim));
    for (int d = 0; d < dim; d++) {
      double p = Math.clamp(mean[d], RAREST, 1 - RAREST);
      theta.put(d, Math.log(p / (1 - p)));
    }
    return theta;
  }

  @Override
  public Expr nll(Expr theta, Expr y) {
    return theta.softplus().minus(y.times(theta)).sum(-1);
  }

  /** The probability of 1. */
  @Override
  public Expr mean(Expr theta) {
    return theta.sigmoid();
  }

  /** ½ log p (1 − p). */
  @Override
  public Expr logStd(Expr theta) {
    return theta.softplus().plus(theta.negate().softplus()).times(-0.5);
  }

  @Override
  public Expr sample(Expr theta, Expr uniform, Expr normal) {
    return uniform.lessThan(mean(theta));
  }

  @Override
  public Expr standardised(Expr y) {
    return y;
  }

  @Override
  public List<Expr> features(Expr theta, Expr y) {
    return List.of(y, mean(theta));
  }

  @Override
  public int featureCount() {
    return 2;
  }

  @Override
  public Expr surprise(Expr theta, Expr y) {
    return nll(theta, y);
  }
}
