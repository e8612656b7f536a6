package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Mlp;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A learned posterior. With s = t / horizon,
 *
 * <pre>
 *   (μ, a) = head([context(s), s, sin 2πs, cos 2πs, …, sin 2πKs, cos 2πKs]),   log σ = a + offset
 * </pre>
 *
 * <p>The papers have K = 0 and no offset. Frequencies let a small network follow motions that
 * repeat within the horizon. With a decoder that learns its noise, states that start as mere noise
 * are ignored and stay so; an offset of −3 lets them carry something from the first iteration on.
 *
 * @param head from encoder width + 1 + 2K to 2 · latent: μ, then a
 */
public record NeuralPosterior(Encoder encoder, Mlp head, int frequencies, double offset)
    implements Posterior {

  @Override
  public Marginals given(Observations x) {
    Encoder.Context context = encoder.encode(x);
    return t -> {
      Expr s = t.dividedBy(x.horizon());
      var features = new ArrayList<>(List.of(context.at(s), s.insertAxis(2)));
      for (int k = 1; k <= frequencies; k++) {
        Expr angle = s.insertAxis(2).times(2 * Math.PI * k);
        features.add(angle.sin());
        features.add(angle.cos());
      }
      Expr input = Expr.concat(-1, features);
      Expr both = head.apply(input);
      Shape shape = both.shape();
      int latent = shape.dim(-1) / 2;
      Expr logStd = both.slice(-1, latent, 2 * latent);
      return new Gaussian(both.slice(-1, 0, latent), offset == 0 ? logStd : logStd.plus(offset));
    };
  }
}
