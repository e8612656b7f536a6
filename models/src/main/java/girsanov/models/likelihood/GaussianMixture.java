package girsanov.models.likelihood;

import girsanov.autodiff.Expr;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * A mixture of normal frames with diagonal covariances. θ has K log-weights, then K·dim means, then
 * K·dim values of log σ, limited to [−7, 2], means and deviations in a unit of their own:
 *
 * <pre>
 *   p(y | θ) = Σ_k w_k Π_d N(y_d; μ_kd, σ_kd²),   w = softmax
 * </pre>
 *
 * <p>θ is {@code [.., K · (1 + 2·dim)]}; all axes before are free. C. Bishop, "Mixture density
 * networks" (1994).
 *
 * @param components K
 * @param unit in which networks see frames: about their standard deviation
 */
public record GaussianMixture(int dim, int components, double unit) implements Likelihood {

  public GaussianMixture {
    Gaussian.checkUnit(unit);
    if (components < 1) {
      throw new IllegalArgumentException("components: expected 1 or more, got " + components);
    }
  }

  @Override
  public int width() {
    return components * (1 + 2 * dim);
  }

  /** The means of the components stand apart, evenly within a standard deviation of their mean. */
  @Override
  public DoubleTensor constant(double[] mean, double[] variance) {
    DoubleTensor theta = DoubleTensor.zeros(Shape.of(width()));
    for (int k = 0; k < components; k++) {
      double shift = (2.0 * k + 1) / components - 1;
      for (int d = 0; d < dim; d++) {
        int at = components + k * dim + d;
        theta.put(at, (mean[d] + shift * Math.sqrt(variance[d])) / unit);
        theta.put(at + components * dim, Gaussian.logStd(variance[d]) - Math.log(unit));
      }
    }
    return theta;
  }

  @Override
  public Expr nll(Expr theta, Expr y) {
    Expr logits = logits(theta);
    Expr logWeights = logits.minus(logits.logSumExp(-1).insertAxis(-1));
    Expr each = Gaussian.nll(means(theta), logStds(theta), y.insertAxis(-2));
    return logWeights.minus(each).logSumExp(-1).negate();
  }

  @Override
  public Expr mean(Expr theta) {
    return weighted(theta, means(theta));
  }

  /** Of the whole mixture: the spread of the components' means counts. */
  @Override
  public Expr logStd(Expr theta) {
    return variance(theta).log().times(0.5);
  }

  /** Chooses a component by the first of the uniform numbers. */
  @Override
  public Expr sample(Expr theta, Expr uniform, Expr normal) {
    Expr weights = logits(theta).softmax(-1);
    Expr chooser = uniform.slice(-1, 0, 1);
    Expr drawn = normal.times(0);
    Expr below = chooser.times(0);
    for (int k = 0; k < components; k++) {
      Expr mean = means(theta).get(-2, k);
      Expr std = logStds(theta).get(-2, k).exp();
      Expr reached = below.plus(weights.slice(-1, k, k + 1));
      // The last takes all that is left, whatever the rounding of the sum.
      Expr until = k == components - 1 ? reached.plus(1) : reached;
      Expr passed = chooser.lessThan(below);
      Expr chosen = chooser.lessThan(until).minus(passed);
      drawn = drawn.plus(chosen.times(mean.plus(std.times(normal))));
      below = reached;
    }
    return drawn;
  }

  @Override
  public Expr standardised(Expr y) {
    return y.dividedBy(unit);
  }

  @Override
  public List<Expr> features(Expr theta, Expr y) {
    Expr logVariance = variance(theta).log().minus(2 * Math.log(unit));
    return List.of(standardised(y), standardised(mean(theta)), logVariance);
  }

  @Override
  public int featureCount() {
    return 3;
  }

  /** Of the normal distribution with the mixture's mean and variance. */
  @Override
  public Expr surprise(Expr theta, Expr y) {
    return Gaussian.surprise(mean(theta), logStd(theta), y);
  }

  private Expr variance(Expr theta) {
    Expr mean = mean(theta).insertAxis(-2);
    Expr spread = means(theta).minus(mean).square();
    return weighted(theta, logStds(theta).times(2).exp().plus(spread));
  }

  private Expr weighted(Expr theta, Expr values) {
    return logits(theta).softmax(-1).insertAxis(-1).times(values).sum(-2);
  }

  private Expr logits(Expr theta) {
    return theta.slice(-1, 0, components);
  }

  private Expr means(Expr theta) {
    return byComponent(theta.slice(-1, components, components * (1 + dim))).times(unit);
  }

  private Expr logStds(Expr theta) {
    return Gaussian.limited(
        byComponent(theta.slice(-1, components * (1 + dim), width())).plus(Math.log(unit)));
  }

  /** {@code [.., K·dim] → [.., K, dim]}. */
  private Expr byComponent(Expr values) {
    var shape = values.shape();
    return values.reshape(shape.with(-1, components).insert(shape.rank(), dim));
  }
}
