package girsanov.models.vsdn;

import girsanov.autodiff.Expr;
import girsanov.models.frames.Generation;
import girsanov.models.frames.Given;
import girsanov.models.frames.Regime;
import girsanov.models.nn.ConditionedMlp;
import girsanov.models.recurrent.ContinuousRnn.States;
import girsanov.models.recurrent.GruOde;

/**
 * What both kinds of VSDN share: h→ from the past, h← from the future, and the decoder θ = D(X,
 * h→), one linear layer (VSDN, equation 3 and appendix A).
 *
 * <p>h→ excludes an observation at its own time and h← includes it (the paper's t_n &lt; t and t_n
 * ≥ t). If {@code assimilated}, the network is trained with an h→ that includes it too. G then
 * predicts what it was told of: the KL divergence vanishes and the figures of the paper's tables
 * arise, but the bound is none on the likelihood of a generative model.
 */
public record Encoders(
    GruOde forward, GruOde backward, ConditionedMlp decoder, boolean assimilated) {

  /** The same networks, used as those of the generative model. */
  Encoders strict() {
    return new Encoders(forward, backward, decoder, false);
  }

  /** h→ of each frame as in training, {@code [frame, row, hidden]}. */
  Expr past(Given given) {
    return past(given, assimilated ? Regime.ASSIMILATED : Regime.PREDICTED);
  }

  /** h→ of each frame: after its observation if assimilated, as in training if smoothed. */
  Expr past(Given given, Regime regime) {
    States states = forward.run(given.values(), given.seen(), false);
    return switch (regime) {
      case PREDICTED -> states.before();
      case ASSIMILATED -> states.after();
      case SMOOTHED -> assimilated ? states.after() : states.before();
    };
  }

  /** h← of each frame, {@code [frame, row, hidden]}. */
  Expr future(Given given) {
    return backward.run(given.values(), given.seen(), true).after();
  }

  /**
   * θ.
   *
   * @param past {@code [frame, row, hidden]}
   * @param x {@code [frame, row, draw, latent]}
   */
  Expr decode(Expr past, Expr x) {
    return decoder.apply(decoder.given(past).insertAxis(2), x);
  }

  /** The state of a frame and its θ, {@code [row, hidden]} and {@code [row, latent]}. */
  Generation.Emitted emitted(Expr past, Expr x) {
    return new Generation.Emitted(x, decoder.apply(decoder.given(past), x));
  }

  /** −log p(y | X, h→) of each frame and draw, {@code [frame, row, draw]}. */
  Expr nll(Given given, Expr past, Expr x) {
    return forward.likelihood().nll(decode(past, x), given.values().insertAxis(2));
  }
}
