package girsanov.models.vsdn;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Scan;
import girsanov.models.frames.Bound;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.Generation;
import girsanov.models.frames.Given;
import girsanov.models.frames.Regime;
import girsanov.models.likelihood.Likelihood;
import girsanov.models.nn.ConditionedMlp;
import girsanov.models.nn.Parameter;
import girsanov.models.nn.Positive;
import girsanov.sde.PathKl;
import girsanov.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * VSDN-SDE: a latent path that follows a stochastic differential equation given the past, and
 * another with the same diffusion given past and future,
 *
 * <pre>
 *   P: dX = H_G dt + R dW,  (H_G, R) = N1(h→_t, X_t)                equation 7
 *   Q: dX = H_Q dt + R dW,  H_Q = N2(h→_t, h←_t, X_t)               equation 8
 *   −log p(y) ≤ ½ ∫ E_Q ‖(H_Q − H_G) / R‖² dt − Σ_i E_Q log p(y_i | X_i, h→_i)   equation 9, β = 1
 * </pre>
 *
 * <p>X is {@code [frame, row, draw, latent]}, time is in frames and the divergence in nats. The
 * path starts at X₀ one frame before the first, a constant; Euler–Maruyama moves it with h→ and h←
 * of the frame it leads to: h→ just before an observation there, h← just after it. The integral
 * ends at the last observed frame. With {@code residual}, N2 gives H_Q − H_G.
 *
 * <p>In a single step from frame to frame Q moves the mean of X and cannot make it surer than P
 * does, for they share R: the bound is then not tight even where P is the truth. More steps let the
 * drift of the later ones hold the path together.
 *
 * @param prior N1, {@code [.., hidden], [.., latent] → [.., 2·latent]}
 * @param posterior N2, {@code [.., 2·hidden], [.., latent] → [.., latent]}
 * @param initial X₀, {@code [latent]}, where it is learned; without, it is 0 (the paper:
 *     "constant")
 * @param drift how H_G and H_Q are made of what the networks give
 * @param steps of Euler–Maruyama from a frame to the next
 */
public record VsdnSde(
    Encoders encoders,
    ConditionedMlp prior,
    ConditionedMlp posterior,
    Optional<Parameter> initial,
    int latent,
    boolean residual,
    Drift drift,
    int steps,
    Positive scale)
    implements FrameModel {

  /** How a network's output y at a state X becomes a drift. */
  public enum Drift {
    /**
     * y − X, per frame: a step of one frame then leads to y plus noise, whatever X was, unless the
     * network reads X.
     */
    RELAXING,
    /** 0.1 · tanh y, as in a later version of the authors' code. */
    BOUNDED,
    /** y. Paths then tend to leave every bound within some hundred frames. */
    FREE;

    Expr apply(Expr y, Expr x) {
      return switch (this) {
        case RELAXING -> y.minus(x);
        case BOUNDED -> y.tanh().times(0.1);
        case FREE -> y;
      };
    }
  }

  @Override
  public int noise() {
    return steps * latent;
  }

  @Override
  public Likelihood likelihood() {
    return encoders.forward().likelihood();
  }

  /** H_G and R at states {@code [row, draw, latent]}. */
  private record Coefficients(Expr drift, Expr diffusion) {}

  private Coefficients prior(Expr given, Expr x) {
    Expr heads = prior.apply(given, x);
    return new Coefficients(
        drift.apply(heads.slice(-1, 0, latent), x),
        scale.apply(heads.slice(-1, latent, 2 * latent)));
  }

  private Expr posteriorDrift(Expr given, Expr x, Expr priorDrift) {
    Expr made = posterior.apply(given, x);
    return residual ? priorDrift.plus(made) : drift.apply(made, x);
  }

  /** X and, from frame to frame, ½ ∫ ‖u‖² dt and ∫ u · dw with u = (H_Q − H_G) / R. */
  private record Path(Expr x, Expr cost, Expr martingale) {}

  /** Simulates Q, {@code [frame, row, draw, latent]} and twice {@code [frame, row, draw]}. */
  private Path posteriorPath(Given given, Expr past) {
    Expr both = Expr.concat(-1, List.of(past, encoders.future(given)));
    Expr none = Expr.zeros(Shape.of(given.rows(), given.draws()));
    Scan.Step step =
        (carry, now) -> {
          Expr x = carry.getFirst();
          Expr cost = none;
          Expr martingale = none;
          for (int i = 0; i < steps; i++) {
            Coefficients g = prior(now.get(0), x);
            Expr drift = posteriorDrift(now.get(1), x, g.drift);
            Expr dw = increment(now.get(2), i);
            cost = cost.plus(PathKl.rate(drift, g.drift, g.diffusion).dividedBy(steps));
            martingale = martingale.plus(PathKl.martingale(drift, g.drift, g.diffusion, dw));
            x = moved(x, drift, g.diffusion, dw);
          }
          return List.of(x, cost, martingale);
        };
    var frames = List.of(each(prior.given(past)), each(posterior.given(both)), given.noise());
    List<Expr> stacks = Scan.of(List.of(start(given), none, none), frames, false, step).stacks();
    return new Path(stacks.get(0), stacks.get(1), stacks.get(2));
  }

  /** Simulates P. */
  private Expr priorPath(Given given, Expr past) {
    Scan.Step step = (carry, now) -> List.of(alongPrior(carry.getFirst(), now.get(0), now.get(1)));
    var frames = List.of(each(prior.given(past)), given.noise());
    return Scan.of(List.of(start(given)), frames, false, step).stacks().getFirst();
  }

  /** X a frame later under P. */
  private Expr alongPrior(Expr start, Expr given, Expr noise) {
    Expr x = start;
    for (int i = 0; i < steps; i++) {
      Coefficients g = prior(given, x);
      x = moved(x, g.drift, g.diffusion, increment(noise, i));
    }
    return x;
  }

  /** The increment of the Brownian motion over step i of a frame. */
  private Expr increment(Expr noise, int i) {
    return noise.slice(-1, i * latent, (i + 1) * latent).times(Math.sqrt(1.0 / steps));
  }

  private Expr moved(Expr x, Expr drift, Expr diffusion, Expr dw) {
    return x.plus(drift.dividedBy(steps)).plus(diffusion.times(dw));
  }

  private Expr start(Given given) {
    return start().broadcastTo(Shape.of(given.rows(), given.draws(), latent));
  }

  private Expr start() {
    return initial.map(Parameter::expr).orElseGet(() -> Expr.zeros(Shape.of(latent)));
  }

  /** The same for each draw: {@code [frame, row, n] → [frame, row, 1, n]}. */
  private static Expr each(Expr ofRow) {
    return ofRow.insertAxis(2);
  }

  @Override
  public Bound bound(Given given) {
    Expr past = encoders.past(given);
    Path path = posteriorPath(given, past);
    Expr misfit = given.sumSeen(encoders.nll(given, past, path.x));
    Expr cost = given.sumWithin(path.cost);
    Expr logWeight = misfit.plus(cost).plus(given.sumWithin(path.martingale)).negate();
    Expr importance = logWeight.logSumExp(-1).negate().plus(Math.log(given.draws()));
    Expr reconstruction = misfit.mean(-1);
    return new Bound(reconstruction, cost.mean(-1), reconstruction.times(0), importance);
  }

  @Override
  public Expr distribution(Given given, Regime regime) {
    Expr past = encoders.past(given, regime);
    Expr x = regime == Regime.SMOOTHED ? posteriorPath(given, past).x : priorPath(given, past);
    return encoders.decode(past, x);
  }

  @Override
  public FrameModel strict() {
    return new VsdnSde(
        encoders.strict(), prior, posterior, initial, latent, residual, drift, steps, scale);
  }

  @Override
  public Expr generate(Given given, Expr told, Expr uniform, Expr normal) {
    Generation.Emission emission =
        (h, x, noise) -> {
          Expr next = alongPrior(x, prior.given(h), noise);
          return encoders.emitted(h, next);
        };
    return new Generation(encoders.forward(), likelihood(), start(), emission)
        .run(given, told, uniform, normal);
  }
}
