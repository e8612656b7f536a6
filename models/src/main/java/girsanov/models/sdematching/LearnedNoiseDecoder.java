package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Mlp;

/**
 * x ~ N(scale · a(z), diag (scale · e^{b(z)})²): means and log standard deviations both from one
 * network, as in the motion-capture experiment of Li et al. 2020.
 *
 * <p>Data with constant channels (motion capture has four) would let the density grow without
 * bound, so the log standard deviation has a floor.
 *
 * @param network from latent to 2 · dim: a, then b
 * @param scale the unit of the network's output; 1 in the paper
 * @param leastLogStd the floor of b
 */
public record LearnedNoiseDecoder(Mlp network, double scale, double leastLogStd)
    implements Decoder {

  @Override
  public Gaussian given(Expr z) {
    Expr both = network.apply(z);
    int dim = both.shape().dim(-1) / 2;
    Expr mean = both.slice(-1, 0, dim);
    Expr logStd = both.slice(-1, dim, 2 * dim);
    Expr floored = logStd.maximum(Expr.constant(leastLogStd));
    return new Gaussian(mean.times(scale), floored.plus(Math.log(scale)));
  }
}
