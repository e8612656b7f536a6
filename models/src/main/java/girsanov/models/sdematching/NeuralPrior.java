package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Activation;
import girsanov.models.nn.Mlp;
import girsanov.models.nn.Parameter;

/**
 * A learned prior whose coefficients do not depend on time: h is a network latent → hidden → latent
 * with softplus, g a scalar network for each coordinate. Mean and log-std of z₀ start at 0.
 */
public record NeuralPrior(Parameter mean, Parameter logStd, Mlp drift, ScalarNetworks diffusion)
    implements Prior {

  /**
   * A prior of the usual form.
   *
   * @param hidden width of the one hidden layer of h and of each scalar network of g
   * @param floor the least value of g, see {@link ScalarNetworks}
   */
  public static NeuralPrior of(int latent, int hidden, double floor) {
    return new NeuralPrior(
        Parameter.zeros("mean", latent),
        Parameter.zeros("log_std", latent),
        Mlp.of(Activation.SOFTPLUS, latent, hidden, latent),
        ScalarNetworks.of(latent, hidden, floor));
  }

  @Override
  public Gaussian initial() {
    return new Gaussian(mean.expr(), logStd.expr());
  }

  @Override
  public Expr drift(Expr z, Expr t) {
    return drift.apply(z);
  }

  @Override
  public Expr diffusion(Expr z, Expr t) {
    return diffusion.apply(z);
  }
}
