package girsanov.sde;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.compile.Program;
import girsanov.sde.StochasticAdjoint.Coefficients;
import girsanov.sde.StochasticAdjoint.Gradient;
import girsanov.sde.StochasticAdjoint.Terms;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Gradients by the adjoint equation where the solution is known in closed form: on the same paths
 * they must come nearer to the exact ones at the order that is declared, for the state and for the
 * parameter of each path.
 */
final class StochasticAdjointTest {
  private static final int FINEST = 1024;
  private static final int PATHS = 2000;
  private static final double START = 0.7;
  private static final double PARAMETER = 0.6;
  private static final double DRIFT = 0.5;
  private static final Grid TIMES = new Grid(0, 0.5, 1);

  /** y(t) as a function of t and w(t), and its derivatives by the start and by the parameter. */
  private interface Solution {
    double[] at(double t, double w);
  }

  /** dy = μ y dt + p y dw. */
  private static double[] geometric(double t, double w) {
    double y = START * Math.exp((DRIFT - PARAMETER * PARAMETER / 2) * t + PARAMETER * w);
    return new double[] {y, y / START, (w - PARAMETER * t) * y};
  }

  private static Coefficients geometric(Expr p) {
    return (y, t, given) -> new Terms(y.times(DRIFT), y.times(p));
  }

  /** dy = −p² sin y cos³ y dt + p cos² y dw, solved by arctan(p w + tan y₀). */
  private static double[] arctan(double t, double w) {
    double tan = Math.tan(START);
    double u = PARAMETER * w + tan;
    return new double[] {
      Math.atan(u), (1 + tan * tan) / (1 + u * u), w / (1 + u * u),
    };
  }

  private static Coefficients arctan(Expr p) {
    return (y, t, given) -> {
      Expr square = y.cos().square();
      Expr drift = y.sin().times(y.cos()).times(square).times(p.square()).negate();
      return new Terms(drift, square.times(p));
    };
  }

  /** dy = −y dt + p dw, of which y(1) = y₀ e⁻¹ + p ∫ e^(s−1) dw; here the noise is additive. */
  private static Coefficients ornsteinUhlenbeck(Expr p) {
    return (y, t, given) -> new Terms(y.negate(), p);
  }

  @Test
  void geometricBrownianMotion() {
    check(new Milstein(), StochasticAdjointTest::geometric, StochasticAdjointTest::geometric);
  }

  @Test
  void arctangentOfBrownianMotion() {
    check(new Milstein(), StochasticAdjointTest::arctan, StochasticAdjointTest::arctan);
  }

  @Test
  void theSolversOrderWhereThatIsLess() {
    check(new EulerMaruyama(), StochasticAdjointTest::geometric, StochasticAdjointTest::geometric);
  }

  private interface Equation {
    Coefficients of(Expr p);
  }

  /** The loss is y(½) + y(1)², of each path. */
  private static void check(Scheme scheme, Equation equation, Solution solution) {
    var brownian = new Brownian(7, 0, Grid.even(0, 1, FINEST), 1);
    DoubleTensor halves = brownian.increments(FINEST / 2, 0, PATHS);
    for (int which = 0; which < 2; which++) {
      int wanted = which;
      Slope.ErrorOfSteps error =
          steps -> {
            double[] got = gradients(scheme, equation, brownian, steps).get(wanted).toArray();
            double sum = 0;
            for (int path = 0; path < PATHS; path++) {
              double w = halves.get(0, path, 0);
              double[] half = solution.at(0.5, w);
              double[] end = solution.at(1, w + halves.get(1, path, 0));
              double exact = half[wanted + 1] + 2 * end[0] * end[wanted + 1];
              sum += Math.abs(got[path] - exact);
            }
            return sum / PATHS;
          };
      double order = adjoint(scheme, equation, TIMES).strongOrder();
      // What has order 1 in the error of order 1/2 must be small beside it.
      assertEquals(order, Slope.of(order == 1 ? 32 : 64, error), 0.06);
    }
  }

  private static StochasticAdjoint adjoint(Scheme scheme, Equation equation, Grid grid) {
    Expr p = Expr.input("p", PATHS, 1);
    return new StochasticAdjoint(
        scheme, NoiseClass.DIAGONAL, grid, TIMES, List.of(p), equation.of(p));
  }

  private static List<Tensor> gradients(
      Scheme scheme, Equation equation, Brownian brownian, int steps) {
    StochasticAdjoint adjoint = adjoint(scheme, equation, brownian.grid().coarsen(FINEST / steps));
    Expr start = Expr.input("start", PATHS, 1);
    Expr dw = Expr.input("dw", steps, PATHS, 1);
    Gradient gradient =
        adjoint.gradient(
            start,
            List.of(),
            dw,
            y -> y.path().states().get(0, 1).plus(y.path().states().get(0, 2).square()).sum());
    Expr p = adjoint.parameters().getFirst();
    var graph =
        new Graph(
            List.of(start, p, dw), List.of(gradient.initial(), gradient.parameters().getFirst()));
    return Program.compile(graph, Precision.DOUBLE)
        .run(List.of(full(START), full(PARAMETER), brownian.increments(FINEST / steps, 0, PATHS)));
  }

  private static DoubleTensor full(double value) {
    DoubleTensor tensor = DoubleTensor.zeros(Shape.of(PATHS, 1));
    tensor.fill(value);
    return tensor;
  }

  /** With additive noise Euler–Maruyama has order 1, and so has the gradient. */
  @Test
  void additiveNoise() {
    var brownian = new Brownian(8, 0, Grid.even(0, 1, FINEST), 1);
    DoubleTensor dw = brownian.increments(0, PATHS);
    Slope.ErrorOfSteps error =
        steps -> {
          Expr p = Expr.input("p", PATHS, 1);
          Expr start = Expr.input("start", PATHS, 1);
          Expr increments = Expr.input("dw", steps, PATHS, 1);
          var adjoint =
              new StochasticAdjoint(
                  new EulerMaruyama(),
                  NoiseClass.ADDITIVE,
                  brownian.grid().coarsen(FINEST / steps),
                  new Grid(0, 1),
                  List.of(p),
                  ornsteinUhlenbeck(p));
          assertEquals(1, adjoint.strongOrder());
          Gradient gradient =
              adjoint.gradient(
                  start, List.of(), increments, y -> y.path().states().get(0, 1).sum());
          double[] got =
              Program.compile(
                      new Graph(List.of(start, p, increments), gradient.parameters()),
                      Precision.DOUBLE)
                  .run(
                      List.of(
                          full(START),
                          full(PARAMETER),
                          brownian.increments(FINEST / steps, 0, PATHS)))
                  .getFirst()
                  .toArray();
          double sum = 0;
          for (int path = 0; path < PATHS; path++) {
            double exact = 0;
            for (int k = 0; k < FINEST; k++) {
              exact += Math.exp((k + 0.5) / FINEST - 1) * dw.get(k, path, 0);
            }
            sum += Math.abs(got[path] - exact);
          }
          return sum / PATHS;
        };
    assertEquals(1, Slope.of(8, error), 0.05);
  }

  /**
   * The step in plain loops, for dy = sin(p y) dt + cos(p y) dw with cost ½ p y²: 21 steps are two
   * groups of eight and five, none of whose states is an output.
   */
  @Test
  void theStepInPlainLoops() {
    int steps = 21;
    Grid grid = Grid.even(0, 1.5, steps);
    Expr p = Expr.input("p");
    Expr start = Expr.input("start", 1, 1);
    Expr dw = Expr.input("dw", steps, 1, 1);
    Coefficients coefficients =
        (y, t, given) -> {
          Expr cost = y.square().times(p).times(0.5).sum(-1);
          return new Terms(y.times(p).sin(), y.times(p).cos(), cost);
        };
    var adjoint =
        new StochasticAdjoint(
            new Milstein(), NoiseClass.DIAGONAL, grid, new Grid(0, 1.5), List.of(p), coefficients);
    Gradient gradient =
        adjoint.gradient(
            start,
            List.of(),
            dw,
            y -> y.path().states().get(0, 1).square().sum().plus(y.cost().sum().times(3)));
    DoubleTensor increments = new Brownian(9, 0, grid, 1).increments(0, 1);
    DoubleTensor one = DoubleTensor.zeros(start.shape());
    one.fill(START);
    DoubleTensor value = DoubleTensor.zeros(p.shape());
    value.fill(PARAMETER);
    List<Expr> outputs =
        List.of(gradient.loss(), gradient.initial(), gradient.parameters().getFirst());
    List<Tensor> got =
        Program.compile(new Graph(List.of(p, start, dw), outputs), Precision.DOUBLE)
            .run(List.of(value, one, increments));
    double[] all = new double[3];
    for (int i = 0; i < 3; i++) {
      all[i] = got.get(i).at(0);
    }
    assertArrayEquals(plain(increments.toArray(), grid.length(0)), all, 1e-12);
  }

  /** Loss, and its cotangents by start and parameter. */
  private static double[] plain(double[] dw, double dt) {
    double p = PARAMETER;
    double y = START;
    double cost = 0;
    for (double w : dw) {
      cost += 0.5 * p * y * y * dt;
      double g = Math.cos(p * y);
      double slope = -p * Math.sin(p * y);
      y += Math.sin(p * y) * dt + g * w + 0.5 * g * slope * (w * w - dt);
    }
    double a = 2 * y;
    double sum = 0;
    double loss = y * y + 3 * cost;
    for (int k = dw.length - 1; k >= 0; k--) {
      double w = dw[k];
      double sin = Math.sin(p * y);
      double cos = Math.cos(p * y);
      double slope = -p * sin;
      double toG = a * (w + 0.5 * slope * (w * w - dt));
      double toSlope = -0.5 * a * cos * (w * w + dt);
      double before = y - sin * dt - cos * w + 0.5 * cos * slope * (w * w + dt);
      sum += a * dt * y * cos - toG * y * sin - toSlope * (sin + p * y * cos) + 1.5 * dt * y * y;
      a += a * dt * p * cos - toG * p * sin - toSlope * p * p * cos + 3 * dt * p * y;
      y = before;
    }
    return new double[] {loss, a, sum};
  }
}
