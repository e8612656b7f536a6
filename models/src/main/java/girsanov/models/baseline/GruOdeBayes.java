package girsanov.models.baseline;

import girsanov.autodiff.Expr;
import girsanov.models.frames.Bound;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.Generation;
import girsanov.models.frames.Given;
import girsanov.models.frames.Regime;
import girsanov.models.likelihood.Likelihood;
import girsanov.models.recurrent.ContinuousRnn.States;
import girsanov.models.recurrent.GruOde;

/**
 * GRU-ODE(-Bayes): what is expected of a frame is its distribution. Minimised is
 *
 * <pre>
 *   Σ_i −log p(y_i | h→ before i) + λ KL(p(· | h→ after i) ‖ N(y_i, 0.01²))
 * </pre>
 *
 * <p>De Brouwer et al., "GRU-ODE-Bayes", 2019, equation 7. It reads in one direction only, so that
 * its smoothed distributions are the predicted ones, as in VSDN's tables.
 *
 * <p>It starts and learns as all systems here do. The official code starts linear layers
 * Xavier-uniform with biases of 0.05, and has a weight decay of 5·10⁻⁴, which here is 0 unless set:
 * docs/decisions/0014.
 *
 * @param weight λ; 10⁻⁴ in the official code
 */
public record GruOdeBayes(GruOde rnn, double weight) implements FrameModel {

  @Override
  public Likelihood likelihood() {
    return rnn.likelihood();
  }

  @Override
  public int noise() {
    return 0;
  }

  @Override
  public Bound bound(Given given) {
    States states = rnn.run(given.values(), given.seen(), false);
    Expr before = rnn.expectation().apply(states.before());
    Expr after = rnn.expectation().apply(states.after());
    Expr nll = given.sumSeen(likelihood().nll(before, given.values()));
    Expr surprise = given.sumSeen(likelihood().surprise(after, given.values()));
    return new Bound(nll, nll.times(0), surprise.times(weight), nll);
  }

  @Override
  public Expr distribution(Given given, Regime regime) {
    States states = rnn.run(given.values(), given.seen(), false);
    Expr h = regime == Regime.ASSIMILATED ? states.after() : states.before();
    return given.eachDraw(rnn.expectation().apply(h));
  }

  @Override
  public Expr generate(Given given, Expr told, Expr uniform, Expr normal) {
    Generation.Emission emission =
        (h, x, _) -> new Generation.Emitted(x, rnn.expectation().apply(h));
    return new Generation(rnn, likelihood(), emission).run(given, told, uniform, normal);
  }
}
