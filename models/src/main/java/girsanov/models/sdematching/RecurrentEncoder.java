package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Gru;
import girsanov.tensor.Shape;

/**
 * A recurrent network over the observations, read at a continuous time through a softmax kernel.
 * With outputs o_i at positions s_i in [0, 1], i = 1..l, and the state h that has seen everything:
 *
 * <pre>
 *   c_i(s) = softmax_i( −(l (s_i − s))² )
 *   context(s) = h + Σ_i c_i(s) o_i
 * </pre>
 *
 * <p>The kernel's width is about 0.7 grid spacings. The official notebook reads forward and puts
 * the positions on an even grid whatever the observation times; the paper's text (appendix C) has
 * the network run backwards, so that o_i summarises what is still to come. Positions at the actual
 * times are needed wherever the times are not an even grid from 0 to the horizon.
 *
 * <p>An observation that is not {@linkplain Observations#seen seen} leaves the state as it is and
 * gets no weight.
 *
 * @param gru from dim to width
 * @param scale observations are divided by it before the network sees them; 1 in the papers
 */
public record RecurrentEncoder(Gru gru, Direction direction, Positions positions, double scale)
    implements Encoder {

  /** Subtracted from the logit of what is not seen: more than any (l (s_i − s))². */
  private static final double UNSEEN = 1e9;

  /** The order in which the network reads. */
  public enum Direction {
    FORWARD,
    BACKWARD
  }

  /** Where the outputs stand. */
  public enum Positions {
    EVEN,
    ACTUAL
  }

  @Override
  public int width() {
    return gru.hidden();
  }

  @Override
  public Context encode(Observations x) {
    int length = x.length();
    boolean reverse = direction == Direction.BACKWARD;
    Expr input = scale == 1 ? x.values() : x.values().dividedBy(scale);
    Expr outputs = gru.apply(input, reverse, x.seen());
    Expr summary = outputs.get(0, reverse ? 0 : length - 1).insertAxis(1);
    Expr bySequence = outputs.transpose(1, 0, 2);
    Expr places = positions == Positions.EVEN ? x.evenPositions() : x.positions();
    return s -> {
      Expr weights = logits(x, places, s).softmax(-1);
      return weights.matmul(bySequence).plus(summary);
    };
  }

  /** −(l (s_i − s))², {@code [batch, draws, time]}. */
  private static Expr logits(Observations x, Expr places, Expr s) {
    Shape shape = s.shape().insert(2, x.length());
    Expr distance = places.broadcastTo(shape).minus(s.insertAxis(2));
    Expr logits = distance.times(x.length()).square().negate();
    return x.seen()
        .map(seen -> seen.transpose().insertAxis(1).minus(1).times(UNSEEN).plus(logits))
        .orElse(logits);
  }
}
