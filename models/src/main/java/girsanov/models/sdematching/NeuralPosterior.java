package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Mlp;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * A learned posterior: (μ, log σ) = head([context(s), s]) with s = t / horizon.
 *
 * @param head from encoder width + 1 to 2 · latent: μ, then log σ
 */
public record NeuralPosterior(Encoder encoder, Mlp head) implements Posterior {

  @Override
  public Marginals given(Observations x) {
    Encoder.Context context = encoder.encode(x);
    return t -> {
      Expr s = t.dividedBy(x.horizon());
      Expr input = Expr.concat(-1, List.of(context.at(s), s.insertAxis(2)));
      Expr both = head.apply(input);
      Shape shape = both.shape();
      int latent = shape.dim(-1) / 2;
      return new Gaussian(both.slice(-1, 0, latent), both.slice(-1, latent, 2 * latent));
    };
  }
}
