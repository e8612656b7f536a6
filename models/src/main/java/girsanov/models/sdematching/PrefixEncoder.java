package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Activation;
import girsanov.models.nn.Mlp;
import java.util.stream.IntStream;

/**
 * The first few frames, flattened, through a network: a context that is constant in time, as in the
 * motion-capture experiment of Li et al. 2020. Anything later it is given is not used; an
 * observation that is not {@linkplain Observations#seen seen} counts as 0.
 *
 * @param network from frames · dim to width
 * @param scale observations are divided by it before the network sees them; 1 in the paper
 */
public record PrefixEncoder(Mlp network, int frames, double scale) implements Encoder {

  /**
   * A network frames · dim → hidden → … → width with softplus.
   *
   * @param hidden widths of the hidden layers
   */
  public static PrefixEncoder of(int dim, int frames, double scale, int width, int... hidden) {
    int[] sizes =
        IntStream.concat(
                IntStream.concat(IntStream.of(frames * dim), IntStream.of(hidden)),
                IntStream.of(width))
            .toArray();
    return new PrefixEncoder(Mlp.of(Activation.SOFTPLUS, sizes), frames, scale);
  }

  @Override
  public int width() {
    return network.layers().getLast().bias().shape().size();
  }

  @Override
  public Context encode(Observations x) {
    if (x.length() < frames) {
      throw new IllegalArgumentException(
          "prefix encoder: expected " + frames + " frames or more, got " + x.length());
    }
    int dim = x.values().shape().dim(2);
    Expr values = x.seen().map(seen -> seen.insertAxis(2).times(x.values())).orElse(x.values());
    Expr first = values.slice(0, 0, frames).transpose(1, 0, 2);
    Expr flat = first.reshape(x.batch(), frames * dim);
    Expr context = network.apply(scale == 1 ? flat : flat.dividedBy(scale)).insertAxis(1);
    return s -> context.broadcastTo(s.shape().insert(2, width()));
  }
}
