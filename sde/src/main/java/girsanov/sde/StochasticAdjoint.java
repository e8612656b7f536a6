package girsanov.sde;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Vjp;
import girsanov.sde.AdjointPath.Backward;
import girsanov.sde.AdjointPath.Forward;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gradients of the solution of an Itô equation with diagonal noise,
 *
 * <pre>
 *   dy_k = f_k(y, t, θ) dt + g_k(y_k, t, θ) dw_k,      C = ∫ r(y, t, θ) dt,      L = ℓ(y(t₁), …, y(t_n), C)
 * </pre>
 *
 * <p>by solving an equation for them back in time along the same Brownian path, instead of going
 * back through the steps of the solver. With the cotangents a of y and ρ of C, in the sense of
 * Stratonovich and with f̃ = f − ½ g ∂g/∂y,
 *
 * <pre>
 *   da     = −[∂f̃/∂y]ᵀ a dt − [∂g/∂y] a ∘ dw − ρ ∂r/∂y dt,       a jumps by ∂L/∂y(t_i) at t_i
 *   ∂L/∂θ  = ∫ [∂f̃/∂θ]ᵀ a dt + [∂g/∂θ]ᵀ (a ∘ dw) + ρ ∂r/∂θ dt
 * </pre>
 *
 * <p>The cotangent ρ = ∂L/∂C is constant, so C is not simulated backwards. y is: it is solved again
 * from each output time to the one before, where it is set to what it was. Memory is therefore that
 * of the states at the output times and of a few steps, whatever the number of steps; beside it
 * stand the increments, an input of the graph as ever. (Where output times are uneven, states are
 * kept at each multiple of the greatest number of steps that leads to all of them.)
 *
 * <p><b>Order.</b> The way back is Milstein's scheme, which has strong order 1 for this equation;
 * the gradient along a path has strong order {@link #strongOrder}, the least of 1 and the order of
 * the solver. It is not the gradient of the numerical solution: the two differ by an error of that
 * order, and for a few long steps the gradient through the solver ({@link Vjp} of {@link
 * Trajectory}) is the better one.
 *
 * <p>Source: Li, Wong, Chen and Duvenaud, "Scalable Gradients for Stochastic Differential
 * Equations", AISTATS 2020, arXiv 2001.01328.
 *
 * @param scheme how the solution is found; for Itô equations
 * @param noise how g depends on y
 * @param grid the steps
 * @param outputs the times t₁ &lt; … &lt; t_n, points of the grid
 * @param parameters θ: nodes that the coefficients depend on, of any shapes
 */
public record StochasticAdjoint(
    Scheme scheme,
    NoiseClass noise,
    Grid grid,
    Grid outputs,
    List<Expr> parameters,
    Coefficients coefficients) {

  /** f, g and r together, since they often have parts in common. */
  @FunctionalInterface
  public interface Coefficients {
    /**
     * The coefficients at a batch of states.
     *
     * @param y states {@code [batch, dim]}
     * @param t the time, a scalar
     * @param given what is given for this step, see {@link #solve}
     */
    Terms at(Expr y, Expr t, List<Expr> given);
  }

  /**
   * Values of the coefficients.
   *
   * @param drift f, {@code [batch, dim]}
   * @param diffusion the diagonal of g, {@code [batch, dim]}
   * @param cost r, {@code [batch]}
   */
  public record Terms(Expr drift, Expr diffusion, Expr cost) {

    /** Without a running cost. */
    public Terms(Expr drift, Expr diffusion) {
      this(drift, diffusion, Expr.zeros(drift.shape().without(drift.shape().rank() - 1)));
    }
  }

  /**
   * A solution.
   *
   * @param path the states at the output times, {@code [outputs, batch, dim]}
   * @param cost the integral of r over the whole grid by its values at the left ends, {@code
   *     [batch]}
   */
  public record Solution(Trajectory path, Expr cost) {}

  /**
   * A loss and its cotangents through the solution; what the loss depends on directly is not in
   * them.
   *
   * @param loss a scalar
   * @param initial of the initial state, {@code [batch, dim]}
   * @param given of what is given, of the same shapes
   * @param parameters of the parameters, of the same shapes
   */
  public record Gradient(Expr loss, Expr initial, List<Expr> given, List<Expr> parameters) {}

  public StochasticAdjoint {
    parameters = List.copyOf(parameters);
    if (scheme.interpretation() != Interpretation.ITO) {
      throw new IllegalArgumentException(
          "Expected a scheme for Itô equations, got "
              + scheme.getClass().getSimpleName()
              + " for "
              + scheme.interpretation()
              + "; choose EulerMaruyama or Milstein.");
    }
    for (double time : outputs.times()) {
      int unused = grid.indexOf(time);
    }
  }

  /**
   * The strong order: along a path, the mean distance of a gradient from the exact one is
   * O(δ^order) for smooth coefficients and losses.
   */
  public double strongOrder() {
    return Math.min(1, scheme.strongOrder(noise));
  }

  /**
   * The solution as the scheme gives it.
   *
   * @param initial states at the start {@code [batch, dim]}
   * @param given what the coefficients get for each step beside state and time: of each {@code [m,
   *     ..]}, where m divides the steps, slice j is held for steps / m steps from step j · steps /
   *     m on
   * @param increments Brownian increments {@code [grid.steps(), batch, dim]}
   */
  public Solution solve(Expr initial, List<Expr> given, Expr increments) {
    AdjointPath path = path(initial, given, increments);
    Forward forward = path.forward();
    return solution(path, ends(initial, forward), forward.cost());
  }

  /**
   * A loss of the solution, and its cotangents by the adjoint equation.
   *
   * @param loss a scalar, from the solution
   * @throws IllegalArgumentException if shapes differ, if the noise is not diagonal, or if a
   *     coefficient depends on an input that is not among the parameters
   */
  public Gradient gradient(
      Expr initial, List<Expr> given, Expr increments, Function<Solution, Expr> loss) {
    AdjointPath path = path(initial, given, increments);
    Forward forward = path.forward();
    Expr states = ends(initial, forward).detach();
    Expr cost = forward.cost().detach();
    Expr value = loss.apply(solution(path, states, cost));
    List<Expr> cotangents = Vjp.gradient(value, List.of(states, cost));
    Backward back = path.backward(forward.ends(), cotangents.get(0), cotangents.get(1));
    return new Gradient(value, back.initial(), back.given(), back.parameters());
  }

  /**
   * A loss of the solution as a node whose gradient by {@link Vjp} is that of the adjoint equation,
   * plus what the loss depends on directly: for x the initial state, all that is given and the
   * parameters, with cotangents x̄ that count as constants, and x̂ = x as a constant,
   *
   * <pre>
   *   ℓ + Σ x̄ · (x − x̂)
   * </pre>
   *
   * <p>whose value is ℓ. It has first derivatives only.
   *
   * @param loss a scalar, from the solution
   * @throws IllegalArgumentException as {@link #gradient}
   */
  public Expr loss(Expr initial, List<Expr> given, Expr increments, Function<Solution, Expr> loss) {
    Gradient gradient = gradient(initial, given, increments, loss);
    Expr total = gradient.loss().plus(pull(initial, gradient.initial()));
    for (int i = 0; i < given.size(); i++) {
      total = total.plus(pull(given.get(i), gradient.given().get(i)));
    }
    for (int i = 0; i < parameters.size(); i++) {
      total = total.plus(pull(parameters.get(i), gradient.parameters().get(i)));
    }
    return total;
  }

  /** Zero, with a given gradient. */
  private static Expr pull(Expr x, Expr cotangent) {
    return x.minus(x.detach()).times(cotangent.detach()).sum();
  }

  /** The indices of the output times. */
  List<Integer> points() {
    var points = new ArrayList<Integer>();
    for (double time : outputs.times()) {
      points.add(grid.indexOf(time));
    }
    return points;
  }

  /** The coefficients, of the shapes they must have. */
  Terms terms(Expr y, Expr t, List<Expr> given) {
    Terms terms = coefficients.at(y, t, given);
    boolean fits =
        terms.drift().shape().equals(y.shape())
            && terms.diffusion().shape().equals(y.shape())
            && terms.cost().shape().equals(y.shape().without(1));
    if (!fits) {
      throw new IllegalArgumentException(
          "Expected a drift and the diagonal of a diffusion of the state's shape "
              + y.shape()
              + " and a cost "
              + y.shape().without(1)
              + ", got "
              + terms.drift().shape()
              + ", "
              + terms.diffusion().shape()
              + " and "
              + terms.cost().shape()
              + "; broadcastTo() what is constant; noise that is not diagonal needs Vjp of the"
              + " solver's steps.");
    }
    return terms;
  }

  private Expr ends(Expr initial, Forward forward) {
    return Expr.concat(0, List.of(initial.insertAxis(0), forward.ends()));
  }

  /** The states that are wanted of those at the ends of pieces. */
  private Solution solution(AdjointPath path, Expr ends, Expr cost) {
    List<Integer> rows = points().stream().map(path::piecesUntil).toList();
    var runs = new ArrayList<Expr>();
    int from = 0;
    for (int i = 1; i <= rows.size(); i++) {
      if (i == rows.size() || rows.get(i) != rows.get(i - 1) + 1) {
        runs.add(ends.slice(0, rows.get(from), rows.get(i - 1) + 1));
        from = i;
      }
    }
    return new Solution(new Trajectory(outputs, Expr.concat(0, runs)), cost);
  }

  private AdjointPath path(Expr initial, List<Expr> given, Expr increments) {
    Trajectory.check(grid, initial, increments);
    for (Expr x : given) {
      if (x.shape().rank() == 0 || grid.steps() % x.shape().dim(0) != 0) {
        throw new IllegalArgumentException(
            "Expected what is given to have along axis 0 a divisor of the grid's "
                + grid.steps()
                + " steps, got "
                + x.shape()
                + " from "
                + x.where()
                + "; repeat slices, or list it among the parameters if it is the same throughout.");
      }
    }
    return new AdjointPath(this, initial, given, increments);
  }
}
