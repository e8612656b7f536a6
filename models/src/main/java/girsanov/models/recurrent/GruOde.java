package girsanov.models.recurrent;

import girsanov.autodiff.Expr;
import girsanov.models.likelihood.Likelihood;
import girsanov.models.nn.Mlp;
import girsanov.models.nn.Parameter;
import girsanov.sde.Ode;
import java.util.List;

/**
 * GRU-ODE with jumps at observations: a {@link GruOdeCell} between frames, an {@link
 * ObservationJump} at those that are seen. De Brouwer et al., "GRU-ODE-Bayes", 2019.
 *
 * @param initial the state before the first frame is its tanh; learned
 * @param expectation what is expected of a frame, {@code [.., hidden] → [.., width of θ]}
 * @param gap from a frame to the next
 */
public record GruOde(
    Parameter initial,
    GruOdeCell cell,
    ObservationJump jump,
    Mlp expectation,
    Likelihood likelihood,
    Gap gap)
    implements ContinuousRnn {

  /**
   * A fresh network.
   *
   * @param prepared k of the jump
   */
  public static GruOde of(
      GruOdeCell.Kind kind,
      Likelihood likelihood,
      Mlp expectation,
      int hidden,
      int prepared,
      Gap gap) {
    return new GruOde(
        Parameter.zeros("initial", hidden),
        GruOdeCell.of(kind, likelihood.width(), hidden),
        ObservationJump.of(likelihood.featureCount(), likelihood.dim(), prepared, hidden),
        expectation,
        likelihood,
        gap);
  }

  @Override
  public int hidden() {
    return cell.hidden();
  }

  @Override
  public int state() {
    return hidden();
  }

  @Override
  public Expr start() {
    return initial.expr().tanh();
  }

  /** dh/dt as a differential equation of its own. */
  public Ode ode() {
    return (h, _) -> cell.slope(h, cell.autonomous() ? h : expectation.apply(h));
  }

  @Override
  public Expr evolve(Expr state) {
    return gap.across(ode(), state);
  }

  @Override
  public Expr given(Expr values) {
    return values;
  }

  @Override
  public Expr observe(Expr state, Expr given, Expr seen) {
    List<Expr> features = likelihood.features(expectation.apply(state), given);
    return state.plus(seen.times(jump.apply(state, features).minus(state)));
  }
}
