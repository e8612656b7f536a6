package girsanov.models.frames;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Scan;
import girsanov.models.likelihood.Likelihood;
import girsanov.models.recurrent.ContinuousRnn;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * Frames drawn one after the other, each given those before it that the network was told of.
 *
 * @param rnn reads the past
 * @param start the latent state before the first frame, {@code [latent]}; of no use where the
 *     emission does not read it
 * @param emission makes a frame's distribution of what the network knows
 */
public record Generation(ContinuousRnn rnn, Likelihood likelihood, Expr start, Emission emission) {

  /** Where nothing goes from a frame to the next but what the network knows. */
  public Generation(ContinuousRnn rnn, Likelihood likelihood, Emission emission) {
    this(rnn, likelihood, Expr.zeros(Shape.of(1)), emission);
  }

  /** From the network's state before a frame to the distribution of the frame. */
  @FunctionalInterface
  public interface Emission {
    /**
     * One frame.
     *
     * @param h {@code [row, hidden]}
     * @param x the latent state of the frame before, {@code [row, latent]}
     * @param noise standard normal, {@code [row, noise]}
     */
    Emitted at(Expr h, Expr x, Expr noise);
  }

  /** The latent state of a frame and θ, {@code [row, latent]} and {@code [row, width]}. */
  public record Emitted(Expr x, Expr theta) {}

  /** What {@link FrameModel#generate} says. */
  public Expr run(Given given, Expr told, Expr uniform, Expr normal) {
    int rows = given.rows();
    var carried =
        List.of(
            rnn.start().broadcastTo(Shape.of(rows, rnn.state())),
            start.broadcastTo(Shape.of(rows, start.shape().dim(0))),
            Expr.zeros(Shape.of(rows, likelihood.dim())));
    Scan.Step step =
        (carry, now) -> {
          Expr state = rnn.evolve(carry.get(0));
          Emitted emitted = emission.at(rnn.read(state), carry.get(1), now.get(3).get(1, 0));
          Expr drawn = likelihood.sample(emitted.theta, now.get(4), now.get(5));
          Expr seen = now.get(1).insertAxis(1);
          Expr y = drawn.plus(seen.times(now.get(0).minus(drawn)));
          Expr known = seen.maximum(now.get(2).insertAxis(1));
          return List.of(rnn.observe(state, rnn.given(y), known), emitted.x, y);
        };
    var frames = List.of(given.values(), given.seen(), told, given.noise(), uniform, normal);
    return Scan.of(carried, frames, false, step).stacks().get(2);
  }
}
