package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Activation;
import girsanov.models.nn.Mlp;

/**
 * x ~ N(mean(z), std² I) with a given standard deviation; 0.01 and a linear mean in the Lorenz
 * experiments.
 */
public record FixedNoiseDecoder(Mlp mean, double std) implements Decoder {

  public static FixedNoiseDecoder linear(int latent, int dim, double std) {
    return new FixedNoiseDecoder(Mlp.of(Activation.IDENTITY, latent, dim), std);
  }

  @Override
  public Gaussian given(Expr z) {
    Expr x = mean.apply(z);
    return new Gaussian(x, Expr.constant(Math.log(std)).broadcastTo(x.shape()));
  }
}
