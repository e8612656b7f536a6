package girsanov.models.likelihood;

import girsanov.autodiff.Expr;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * Independent normal numbers, θ = (m, s) {@code [.., 2·dim]} with μ = unit · m and log σ = s + log
 * unit limited to [−7, 2]:
 *
 * <pre>
 *   −log p(y | θ) = Σ_d ½ ((y_d − μ_d)/σ_d)² + log σ_d + ½ log 2π
 * </pre>
 *
 * <p>in nats. VSDN, appendix B: the 100 samples of a frame of speech; the limits are ours, for the
 * paper says none and a density has no bound without.
 *
 * @param unit in which networks see frames: about their standard deviation
 */
public record Gaussian(int dim, double unit) implements Likelihood {
  static final double HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

  private static final double LEAST_LOG_STD = -7;
  private static final double GREATEST_LOG_STD = 2;

  /** The standard deviation that GRU-ODE-Bayes gives to an observation. */
  private static final double OBSERVATION_STD = 0.01;

  public Gaussian {
    checkUnit(unit);
  }

  static void checkUnit(double unit) {
    if (!(unit > 0)) {
      throw new IllegalArgumentException("unit: expected a number above 0, got " + unit);
    }
  }

  @Override
  public int width() {
    return 2 * dim;
  }

  @Override
  public DoubleTensor constant(double[] mean, double[] variance) {
    DoubleTensor theta = DoubleTensor.zeros(Shape.of(width()));
    for (int d = 0; d < dim; d++) {
      theta.put(d, mean[d] / unit);
      theta.put(dim + d, logStd(variance[d]) - Math.log(unit));
    }
    return theta;
  }

  static double logStd(double variance) {
    return Math.clamp(0.5 * Math.log(variance), LEAST_LOG_STD, GREATEST_LOG_STD);
  }

  @Override
  public Expr nll(Expr theta, Expr y) {
    return nll(mean(theta), logStd(theta), y);
  }

  @Override
  public Expr mean(Expr theta) {
    return theta.slice(-1, 0, dim).times(unit);
  }

  @Override
  public Expr sample(Expr theta, Expr uniform, Expr normal) {
    return mean(theta).plus(logStd(theta).exp().times(normal));
  }

  @Override
  public Expr standardised(Expr y) {
    return y.dividedBy(unit);
  }

  @Override
  public List<Expr> features(Expr theta, Expr y) {
    Expr mean = theta.slice(-1, 0, dim);
    return List.of(standardised(y), mean, logStd(theta).minus(Math.log(unit)).times(2));
  }

  @Override
  public int featureCount() {
    return 3;
  }

  @Override
  public Expr surprise(Expr theta, Expr y) {
    return surprise(mean(theta), logStd(theta), y);
  }

  @Override
  public Expr logStd(Expr theta) {
    return limited(theta.slice(-1, dim, 2 * dim).plus(Math.log(unit)));
  }

  static Expr limited(Expr logStd) {
    return logStd.maximum(Expr.constant(LEAST_LOG_STD)).minimum(Expr.constant(GREATEST_LOG_STD));
  }

  static Expr nll(Expr mean, Expr logStd, Expr y) {
    Expr error = y.minus(mean).times(logStd.negate().exp());
    return error.square().times(0.5).plus(logStd).plus(HALF_LOG_2_PI).sum(-1);
  }

  /** KL(N(mean, std²) ‖ N(y, {@value #OBSERVATION_STD}²)). */
  static Expr surprise(Expr mean, Expr logStd, Expr y) {
    Expr squares = logStd.times(2).exp().plus(mean.minus(y).square());
    return squares
        .times(0.5 / (OBSERVATION_STD * OBSERVATION_STD))
        .minus(logStd)
        .plus(Math.log(OBSERVATION_STD) - 0.5)
        .sum(-1);
  }
}
