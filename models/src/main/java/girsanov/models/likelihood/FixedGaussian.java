package girsanov.models.likelihood;

import girsanov.autodiff.Expr;
import java.util.List;

/** Independent normal numbers of a given standard deviation, θ = μ {@code [.., dim]}. */
public record FixedGaussian(int dim, double std) implements Likelihood {

  public FixedGaussian {
    if (!(std > 0)) {
      throw new IllegalArgumentException("std: expected a number above 0, got " + std);
    }
  }

  @Override
  public int width() {
    return dim;
  }

  @Override
  public Expr nll(Expr theta, Expr y) {
    double constant = dim * (Math.log(std) + Gaussian.HALF_LOG_2_PI);
    return y.minus(theta).dividedBy(std).square().times(0.5).sum(-1).plus(constant);
  }

  @Override
  public Expr mean(Expr theta) {
    return theta;
  }

  @Override
  public Expr sample(Expr theta, Expr uniform, Expr normal) {
    return theta.plus(normal.times(std));
  }

  @Override
  public List<Expr> features(Expr theta, Expr y) {
    return List.of(y, theta);
  }

  @Override
  public int featureCount() {
    return 2;
  }

  @Override
  public Expr surprise(Expr theta, Expr y) {
    Expr logStd = Expr.constant(Math.log(std)).broadcastTo(theta.shape());
    return Gaussian.surprise(theta, logStd, y);
  }
}
