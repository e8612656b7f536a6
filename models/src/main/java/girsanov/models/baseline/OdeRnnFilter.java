package girsanov.models.baseline;

import girsanov.autodiff.Expr;
import girsanov.models.frames.Bound;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.Generation;
import girsanov.models.frames.Given;
import girsanov.models.frames.Regime;
import girsanov.models.likelihood.Likelihood;
import girsanov.models.nn.Mlp;
import girsanov.models.recurrent.ContinuousRnn.States;
import girsanov.models.recurrent.OdeRnn;

/**
 * ODE-RNN with a readout: minimised is Σ_i −log p(y_i | h→ before i), h→ having evolved to the time
 * of i. Rubanova et al. 2019, whose code compares y_i with a readout of the state at the frame
 * before, not evolved. It reads in one direction only, so that its smoothed distributions are the
 * predicted ones, as in VSDN's tables.
 *
 * @param readout {@code [.., hidden] → [.., width of θ]}
 */
public record OdeRnnFilter(OdeRnn rnn, Mlp readout, Likelihood likelihood) implements FrameModel {

  @Override
  public int noise() {
    return 0;
  }

  @Override
  public Bound bound(Given given) {
    Expr theta = readout.apply(rnn.run(given.values(), given.seen(), false).before());
    Expr nll = given.sumSeen(likelihood.nll(theta, given.values()));
    return new Bound(nll, nll.times(0), nll.times(0), nll);
  }

  @Override
  public Expr distribution(Given given, Regime regime) {
    States states = rnn.run(given.values(), given.seen(), false);
    Expr h = regime == Regime.ASSIMILATED ? states.after() : states.before();
    return given.eachDraw(readout.apply(h));
  }

  @Override
  public Expr generate(Given given, Expr told, Expr uniform, Expr normal) {
    Generation.Emission emission = (h, x, _) -> new Generation.Emitted(x, readout.apply(h));
    return new Generation(rnn, likelihood, emission).run(given, told, uniform, normal);
  }
}
