package girsanov.models.likelihood;

import girsanov.autodiff.Expr;
import girsanov.tensor.DoubleTensor;
import java.util.List;

/**
 * p(y | θ) of a frame y of {@link #dim} numbers, given θ of {@link #width} numbers that a network
 * makes: the 𝒫 of VSDN's equation 3. Leading axes are free.
 */
public sealed interface Likelihood permits Bernoulli, Gaussian, FixedGaussian, GaussianMixture {

  /** Numbers of a frame. */
  int dim();

  /** Numbers of θ. */
  int width();

  /**
   * −log p(y | θ) in nats with all its constants, summed over the frame: {@code [.., width], [..,
   * dim] → [..]}.
   */
  Expr nll(Expr theta, Expr y);

  /**
   * θ of the distribution with these moments, as near as may be: where a network starts that knows
   * nothing but the data's.
   *
   * @param mean of each number of a frame
   * @param variance likewise
   * @return {@code [width]}
   */
  DoubleTensor constant(double[] mean, double[] variance);

  /** E[y | θ], {@code [.., width] → [.., dim]}. */
  Expr mean(Expr theta);

  /**
   * log of the standard deviation of each number, ½ log Var[y | θ], {@code [.., width] → [..,
   * dim]}.
   */
  Expr logStd(Expr theta);

  /**
   * A draw of y.
   *
   * @param uniform numbers uniform on (0, 1), {@code [.., dim]}
   * @param normal standard normal numbers, {@code [.., dim]}
   */
  Expr sample(Expr theta, Expr uniform, Expr normal);

  /** A frame in the unit in which networks see it, {@code [.., dim]}. */
  Expr standardised(Expr y);

  /**
   * What is told of each number of a frame when it is observed, each {@code [.., dim]}: the
   * observation first, then what was expected of it, in the unit in which networks see it. In
   * GRU-ODE-Bayes (De Brouwer et al. 2019, section 2.3) these are x, mean, log-variance and (x −
   * mean)/σ; the last is left out here, for it grows without bound where σ is small.
   */
  List<Expr> features(Expr theta, Expr y);

  /** The length of {@link #features}. */
  int featureCount();

  /**
   * How far the distribution is from the observation that it was just told of, the second term of
   * GRU-ODE-Bayes' loss, {@code [..]}: KL(p(· | θ) ‖ N(y, 0.01²)) for real numbers, −log p(y | θ)
   * for bits.
   */
  Expr surprise(Expr theta, Expr y);
}
