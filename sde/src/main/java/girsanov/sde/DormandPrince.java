package girsanov.sde;

import girsanov.autodiff.Expr;
import java.util.ArrayList;
import java.util.List;

/**
 * The scheme of Dormand and Prince, of order 5 with an embedded one of order 4: with
 *
 * <pre>
 *   k_i = f(y_n + δ Σ_{j&lt;i} a_ij k_j, t_n + c_i δ),   i = 1..7
 *   y_{n+1} = y_n + δ Σ b_i k_i,   error = δ Σ (b_i − b*_i) k_i
 * </pre>
 *
 * <p>Row 7 of a is b, so that k₇ is the first evaluation of the next step: six a step. Between the
 * ends it has order 4.
 *
 * <p>Sources: J. R. Dormand and P. J. Prince, "A family of embedded Runge–Kutta formulae", J. Comp.
 * Appl. Math. 6 (1980), 19–26, table 2; between the ends: Hairer, Nørsett and Wanner, "Solving
 * Ordinary Differential Equations I" (1993), section II.6 and the code DOPRI5 of its appendix.
 */
public record DormandPrince() implements EmbeddedScheme {
  /** c_i. */
  private static final double[] TIMES = {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1};

  /** a_ij. */
  private static final double[][] WEIGHTS = {
    {},
    {1.0 / 5},
    {3.0 / 40, 9.0 / 40},
    {44.0 / 45, -56.0 / 15, 32.0 / 9},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84},
  };

  /** b_i − b*_i. */
  private static final double[] ERROR = {
    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
  };

  /** d_i, by which the interpolating polynomial differs from Hermite's. */
  private static final double[] BEND = {
    -12715105075.0 / 11282082432.0,
    0,
    87487479700.0 / 32700410799.0,
    -10690763975.0 / 1880347072.0,
    701980252875.0 / 199316789632.0,
    -1453857185.0 / 822651844.0,
    69997945.0 / 29380423.0
  };

  @Override
  public int order() {
    return 5;
  }

  @Override
  public Expr step(Ode ode, Expr y, Expr t, Expr dt) {
    List<Expr> k = slopes(ode, ode.at(y, t), y, t, dt, TIMES.length - 1);
    return along(y, k, WEIGHTS[TIMES.length - 1], dt);
  }

  @Override
  public Step embedded(Ode ode, Expr y, Expr slope, Expr t, Expr dt) {
    List<Expr> k = slopes(ode, slope, y, t, dt, TIMES.length);
    Expr end = along(y, k, WEIGHTS[TIMES.length - 1], dt);
    return new Step(end, k.getLast(), sum(k, ERROR).times(dt), sum(k, BEND).times(dt));
  }

  @Override
  public Expr between(Expr y, Expr slope, Step step, Expr dt, Expr theta) {
    Expr rise = step.end().minus(y);
    Expr before = slope.times(dt).minus(rise);
    Expr after = rise.minus(step.slope().times(dt)).minus(before);
    Expr rest = Expr.constant(1).minus(theta);
    Expr inner = after.plus(rest.times(step.bend()));
    Expr middle = before.plus(theta.times(inner));
    return y.plus(theta.times(rise.plus(rest.times(middle))));
  }

  /** k_1 to k_count. */
  private static List<Expr> slopes(Ode ode, Expr first, Expr y, Expr t, Expr dt, int count) {
    var k = new ArrayList<>(List.of(first));
    for (int i = 1; i < count; i++) {
      k.add(ode.at(along(y, k, WEIGHTS[i], dt), t.plus(dt.times(TIMES[i]))));
    }
    return k;
  }

  private static Expr along(Expr y, List<Expr> k, double[] weights, Expr dt) {
    return y.plus(sum(k, weights).times(dt));
  }

  private static Expr sum(List<Expr> k, double[] weights) {
    Expr sum = k.getFirst().times(weights[0]);
    for (int i = 1; i < weights.length; i++) {
      if (weights[i] != 0) {
        sum = sum.plus(k.get(i).times(weights[i]));
      }
    }
    return sum;
  }
}
