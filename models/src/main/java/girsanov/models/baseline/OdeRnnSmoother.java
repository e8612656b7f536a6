package girsanov.models.baseline;

import girsanov.autodiff.Expr;
import girsanov.models.frames.Bound;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.Given;
import girsanov.models.frames.Regime;
import girsanov.models.likelihood.Likelihood;
import girsanov.models.nn.Mlp;
import girsanov.models.recurrent.OdeRnn;
import java.util.List;

/**
 * An {@link OdeRnnFilter} and a second ODE-RNN from the last frame to the first. A frame is
 * smoothed from the states of both that know all observations but its own, and that is how the
 * smoother learns: each observed frame from all others. It shows how much of a gain in
 * interpolation comes from looking at both sides alone.
 *
 * @param smoother {@code [.., 2·hidden] → [.., width of θ]}
 */
public record OdeRnnSmoother(OdeRnnFilter filter, OdeRnn backward, Mlp smoother)
    implements FrameModel {

  @Override
  public Likelihood likelihood() {
    return filter.likelihood();
  }

  @Override
  public int noise() {
    return filter.noise();
  }

  @Override
  public Bound bound(Given given) {
    Bound causal = filter.bound(given);
    Expr nll = likelihood().nll(smoothed(given), given.values());
    return new Bound(
        causal.reconstruction(), causal.divergence(), given.sumSeen(nll), causal.importance());
  }

  @Override
  public Expr distribution(Given given, Regime regime) {
    return regime == Regime.SMOOTHED
        ? given.eachDraw(smoothed(given))
        : filter.distribution(given, regime);
  }

  private Expr smoothed(Given given) {
    Expr past = filter.rnn().run(given.values(), given.seen(), false).before();
    Expr future = backward.run(given.values(), given.seen(), true).before();
    return smoother.apply(Expr.concat(-1, List.of(past, future)));
  }

  @Override
  public Expr generate(Given given, Expr told, Expr uniform, Expr normal) {
    return filter.generate(given, told, uniform, normal);
  }
}
