package girsanov.models.recurrent;

import girsanov.autodiff.Expr;
import girsanov.models.likelihood.Likelihood;
import girsanov.models.nn.Activation;
import girsanov.models.nn.ConditionedMlp;
import girsanov.models.nn.Mlp;
import girsanov.models.nn.Parameter;
import girsanov.sde.Ode;
import java.util.List;

/**
 * ODE-RNN: a state h that follows an ordinary differential equation between observations, and a
 * deviation s ≥ 0 that does not; at an observation y both pass through a GRU whose gates are
 * networks of two layers:
 *
 * <pre>
 *   dh/dt = f(h)
 *   z = sigmoid(Z(h, s, y)),  r = sigmoid(R(h, s, y)),  (n, c) = N(r ⊙ h, r ⊙ s, y)
 *   h′ = (1 − z) ⊙ n + z ⊙ h,  s′ = |(1 − z) ⊙ |c| + z ⊙ s|
 * </pre>
 *
 * <p>Rubanova et al., "Latent ODEs for irregularly-sampled time series", 2019, algorithm 1 and its
 * code's GRU unit, which is also told which numbers of y were observed: here a frame is observed
 * whole. The state evolves over each gap itself; their code, run forward, evolves it over others.
 *
 * @param initial h before the first frame, learned; s is then 0
 * @param slope f
 * @param update Z
 * @param reset R
 * @param candidate N
 * @param likelihood in whose unit the gates see observations
 * @param gap from a frame to the next
 */
public record OdeRnn(
    Parameter initial,
    Mlp slope,
    ConditionedMlp update,
    ConditionedMlp reset,
    ConditionedMlp candidate,
    Likelihood likelihood,
    Gap gap)
    implements ContinuousRnn {

  /**
   * A fresh network.
   *
   * @param slope f, {@code [.., hidden] → [.., hidden]}
   * @param gateHidden the hidden layers' width of Z, R and N
   */
  public static OdeRnn of(Likelihood likelihood, int hidden, Mlp slope, int gateHidden, Gap gap) {
    int dim = likelihood.dim();
    return new OdeRnn(
        Parameter.zeros("initial", hidden),
        slope,
        ConditionedMlp.of(Activation.TANH, dim, 2 * hidden, gateHidden, hidden),
        ConditionedMlp.of(Activation.TANH, dim, 2 * hidden, gateHidden, hidden),
        ConditionedMlp.of(Activation.TANH, dim, 2 * hidden, gateHidden, 2 * hidden),
        likelihood,
        gap);
  }

  @Override
  public int hidden() {
    return initial.shape().dim(0);
  }

  @Override
  public int state() {
    return 2 * hidden();
  }

  @Override
  public Expr start() {
    return initial.expr().pad(0, 0, hidden());
  }

  @Override
  public Expr evolve(Expr state) {
    Ode ode = (h, _) -> slope.apply(h);
    Expr h = gap.across(ode, read(state));
    return Expr.concat(-1, List.of(h, deviation(state)));
  }

  /** The observation's parts of Z, R and N side by side. */
  @Override
  public Expr given(Expr values) {
    Expr y = likelihood.standardised(values);
    return Expr.concat(-1, List.of(update.given(y), reset.given(y), candidate.given(y)));
  }

  @Override
  public Expr observe(Expr state, Expr given, Expr seen) {
    int width = given.shape().dim(-1) / 3;
    Expr keep = update.apply(given.slice(-1, 0, width), state).sigmoid();
    Expr reset = this.reset.apply(given.slice(-1, width, 2 * width), state).sigmoid();
    Expr h = read(state);
    Expr s = deviation(state);
    Expr kept = Expr.concat(-1, List.of(reset.times(h), reset.times(s)));
    Expr proposed = candidate.apply(given.slice(-1, 2 * width, 3 * width), kept);
    Expr n = proposed.slice(-1, 0, hidden());
    Expr c = proposed.slice(-1, hidden(), 2 * hidden()).abs();
    Expr nextH = n.plus(keep.times(h.minus(n)));
    Expr nextS = c.plus(keep.times(s.minus(c))).abs();
    Expr next = Expr.concat(-1, List.of(nextH, nextS));
    return state.plus(seen.times(next.minus(state)));
  }

  private Expr deviation(Expr state) {
    return state.slice(-1, hidden(), 2 * hidden());
  }
}
