package girsanov.models.likelihood;

import girsanov.autodiff.Expr;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;

/** Independent normal numbers of a given standard deviation, μ = unit · θ {@code [.., dim]}. */
public record FixedGaussian(int dim, double std, double unit) implements Likelihood {

  public FixedGaussian {
    Gaussian.checkUnit(unit);
    if (!(std > 0)) {
      throw new IllegalArgumentException("std: expected a number above 0, got " + std);
    }
  }

  @Override
  public int width() {
    return dim;
  }

  @Override
  public DoubleTensor constant(double[] mean, double[] variance) {
    DoubleTensor theta = DoubleTensor.zeros(Shape.of(dim));
    for (int d = 0; d < dim; d++) {
      theta.put(d, mean[d] / unit);
    }
    return theta;
  }

  @Override
  public Expr nll(Expr theta, Expr y) {
    double constant = dim * (Math.log(std) + Gaussian.HALF_LOG_2_PI);
    return y.minus(mean(theta)).dividedBy(std).square().times(0.5).sum(-1).plus(constant);
  }

  @Override
  public Expr mean(Expr theta) {
    return theta.times(unit);
  }

  @Override
  public Expr logStd(Expr theta) {
    return Expr.constant(Math.log(std)).broadcastTo(theta.shape());
  }

  @Override
  public Expr sample(Expr theta, Expr uniform, Expr normal) {
    return mean(theta).plus(normal.times(std));
  }

  @Override
  public Expr standardised(Expr y) {
    return y.dividedBy(unit);
  }

  @Override
  public List<Expr> features(Expr theta, Expr y) {
    return List.of(standardised(y), theta);
  }

  @Override
  public int featureCount() {
    return 2;
  }

  @Override
  public Expr surprise(Expr theta, Expr y) {
    return Gaussian.surprise(mean(theta), logStd(theta), y);
  }
}
