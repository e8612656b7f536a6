package girsanov.sde;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Interpreter;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Divergences of path measures and of chains against what is known of them in closed form. */
final class PathKlTest {
  private static final EulerMaruyama EULER = new EulerMaruyama();
  private static final double THETA_Q = 1.5;
  private static final double THETA_P = 0.4;
  private static final double G = 0.7;
  private static final double START = 1.2;

  /** dz = −θ z dt + g dw. */
  private static Sde ornsteinUhlenbeck(double theta, double g) {
    return Sde.ito(
        NoiseClass.ADDITIVE,
        (z, t) -> z.times(-theta),
        (z, t) -> Expr.constant(g).broadcastTo(z.shape()));
  }

  /** ½ ∫₀¹ (θ_Q − θ_P)² E z² / g² dt with E z² = z₀² e^{−2θt} + g² (1 − e^{−2θt}) / (2θ). */
  private static double exact() {
    double decay = (1 - Math.exp(-2 * THETA_Q)) / (2 * THETA_Q);
    double stationary = G * G / (2 * THETA_Q);
    double secondMoment = START * START * decay + stationary * (1 - decay);
    double difference = THETA_Q - THETA_P;
    return 0.5 * difference * difference / (G * G) * secondMoment;
  }

  @Test
  void convergesToTheDivergenceOfTwoOrnsteinUhlenbeckProcesses() {
    double slope = Slope.of(16, steps -> Math.abs(expectedCost(steps) - exact()));
    assertEquals(1, slope, 0.02);
    assertEquals(exact(), expectedCost(256), 0.01 * exact());
  }

  /**
   * The expectation without sampling error: the cost is quadratic in the increments, so its mean is
   * its value at none plus half the trace of its second differences.
   */
  private static double expectedCost(int steps) {
    Grid grid = Grid.even(0, 1, steps);
    DoubleTensor dw = DoubleTensor.zeros(Shape.of(steps, 2 * steps + 1, 1));
    for (int k = 0; k < steps; k++) {
      dw.set(Math.sqrt(grid.length(k)), k, 1 + 2 * k, 0);
      dw.set(-Math.sqrt(grid.length(k)), k, 2 + 2 * k, 0);
    }
    double[] cost = along(grid, dw).getFirst().toArray();
    double mean = cost[0];
    for (int i = 1; i < cost.length; i++) {
      mean += (cost[i] - cost[0]) / 2;
    }
    return mean;
  }

  /** Cost and log weight for the two processes, each {@code [batch]}. */
  private static List<DoubleTensor> along(Grid grid, DoubleTensor increments) {
    Expr dw = Expr.input("dw", increments.shape());
    Expr start = Expr.constant(START).broadcastTo(increments.shape().without(0));
    PathKl kl =
        PathKl.of(
            EULER,
            ornsteinUhlenbeck(THETA_Q, G),
            ornsteinUhlenbeck(THETA_P, G).drift(),
            grid,
            start,
            dw);
    return Interpreter.run(
        new Graph(List.of(dw), List.of(kl.cost(), kl.logWeight())), List.of(increments));
  }

  /** A change of measure: E_Q[dP/dQ] = 1, for the chains themselves and so at any step. */
  @Test
  void theInverseWeightHasMeanOneUnderQ() {
    int paths = 20_000;
    Grid grid = Grid.even(0, 1, 8);
    DoubleTensor dw = new Brownian(5, 0, grid, 1).increments(0, paths);
    double[] logWeight = along(grid, dw).get(1).toArray();
    double[] inverse = Arrays.stream(logWeight).map(w -> Math.exp(-w)).toArray();
    double mean = Arrays.stream(inverse).average().orElseThrow();
    double variance = Arrays.stream(inverse).map(x -> (x - mean) * (x - mean)).sum() / paths;
    assertEquals(1, mean, 4 * Math.sqrt(variance / paths));
    // The mean of the log weight is the divergence of the chains, whatever the step.
    double divergence = Arrays.stream(logWeight).average().orElseThrow();
    double square = Arrays.stream(logWeight).map(w -> w * w).sum() / paths;
    double standardError = Math.sqrt((square - divergence * divergence) / paths);
    assertEquals(expectedCost(8), divergence, 4 * standardError);
  }

  /** The exact log density of the chain's path, from its Gaussian transitions. */
  @Test
  void theWeightIsTheRatioOfTheChainsDensities() {
    Grid grid = new Grid(0, 0.1, 0.4, 0.5);
    DoubleTensor dw = new Brownian(6, 0, grid, 1).increments(0, 1);
    double z = START;
    double expected = 0;
    for (int k = 0; k < grid.steps(); k++) {
      double dt = grid.length(k);
      double next = z - THETA_Q * z * dt + G * dw.at(k);
      expected += logNormal(next, z - THETA_Q * z * dt, G * Math.sqrt(dt));
      expected -= logNormal(next, z - THETA_P * z * dt, G * Math.sqrt(dt));
      z = next;
    }
    assertEquals(expected, along(grid, dw).get(1).at(0), 1e-13);
  }

  @Test
  void withEqualDiffusionsTheChainsDivergenceIsThePathsExactly() {
    Expr q = Expr.input("q", 5, 3);
    Expr p = Expr.input("p", 5, 3);
    Expr g = Expr.input("g", 5, 3);
    Expr dt = Expr.constant(0.1);
    List<Expr> both =
        List.of(
            PathKl.transition(q, g.exp(), p, g.exp(), dt), PathKl.rate(q, p, g.exp()).times(dt));
    List<DoubleTensor> values =
        Interpreter.run(
            new Graph(List.of(q, p, g), both), List.of(normals(1), normals(2), normals(3)));
    assertArrayEquals(values.get(1).toArray(), values.get(0).toArray());
  }

  private static DoubleTensor normals(int stream) {
    DoubleTensor x = DoubleTensor.zeros(Shape.of(5, 3));
    Noise.normal(11, stream, 0, x);
    return x;
  }

  @Test
  void withOtherDiffusionsItGrowsAsOneOverTheStep() {
    double slope = Slope.of(1024, steps -> steps * transition(-0.3, 0.7, 0.4, 0.9, 1.0 / steps));
    assertEquals(-1, slope, 0.005);
  }

  /** ∫ q log(q / p) by the trapezoidal rule, which for these is exact to rounding. */
  @Test
  void oneTransitionIsTheDivergenceOfTwoGaussians() {
    double dt = 0.3;
    double integral = 0;
    for (int i = -4000; i <= 4000; i++) {
      double x = i / 400.0;
      double logQ = logNormal(x, -0.3 * dt, 0.7 * Math.sqrt(dt));
      double logP = logNormal(x, 0.4 * dt, 0.9 * Math.sqrt(dt));
      integral += Math.exp(logQ) * (logQ - logP) / 400;
    }
    assertEquals(integral, transition(-0.3, 0.7, 0.4, 0.9, dt), 1e-12);
  }

  private static double transition(double hq, double gq, double hp, double gp, double dt) {
    Expr kl = PathKl.transition(vector(hq), vector(gq), vector(hp), vector(gp), Expr.constant(dt));
    return Interpreter.run(new Graph(List.of(), kl), List.of()).getFirst().at(0);
  }

  private static Expr vector(double value) {
    return Expr.constant(value).broadcastTo(Shape.of(1));
  }

  private static double logNormal(double x, double mean, double std) {
    double normalised = (x - mean) / std;
    return -0.5 * normalised * normalised - Math.log(std * Math.sqrt(2 * Math.PI));
  }
}
