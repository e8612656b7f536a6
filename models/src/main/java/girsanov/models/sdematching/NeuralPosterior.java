package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Mlp;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * A learned posterior: (μ, a) = head([context(s), s]) with s = t / horizon, log σ = a + offset.
 *
 * <p>The papers have no offset. With a decoder that learns its noise, states that start as mere
 * noise are ignored and stay so; an offset of −3 lets them carry something from the first iteration
 * on.
 *
 * @param head from encoder width + 1 to 2 · latent: μ, then a
 */
public record NeuralPosterior(Encoder encoder, Mlp head, double offset) implements Posterior {

  @Override
  public Marginals given(Observations x) {
    Encoder.Context context = encoder.encode(x);
    return t -> {
      Expr s = t.dividedBy(x.horizon());
      Expr input = Expr.concat(-1, List.of(context.at(s), s.insertAxis(2)));
      Expr both = head.apply(input);
      Shape shape = both.shape();
      int latent = shape.dim(-1) / 2;
      Expr logStd = both.slice(-1, latent, 2 * latent);
      return new Gaussian(both.slice(-1, 0, latent), offset == 0 ? logStd : logStd.plus(offset));
    };
  }
}
