package girsanov.sde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Interpreter;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Orders measured: the slope of log error against log step, on equations with known solutions, must
 * be the order the scheme declares. Seeds are fixed, so the slopes are too.
 */
final class ConvergenceTest {
  private static final EulerMaruyama EULER = new EulerMaruyama();
  private static final int FINEST = 1024;

  /** dz = μz dt + σz dw, solved by z₀ exp((μ − σ²/2)T + σ w_T). */
  private static Sde geometric(double mu, double sigma) {
    return Sde.ito(NoiseClass.DIAGONAL, (z, t) -> z.times(mu), (z, t) -> z.times(sigma));
  }

  @Test
  void strongOrderOnGeometricBrownianMotion() {
    strongOrderOnGeometricBrownianMotion(EULER, 8);
    strongOrderOnGeometricBrownianMotion(new Milstein(), 16);
  }

  private static void strongOrderOnGeometricBrownianMotion(Scheme scheme, int fewest) {
    double mu = 0.5;
    double sigma = 0.8;
    var brownian = new Brownian(1, 0, Grid.even(0, 1, FINEST), 1);
    DoubleTensor total = brownian.increments(FINEST, 0, 2000);
    double slope =
        Slope.of(
            fewest,
            steps -> {
              int every = FINEST / steps;
              DoubleTensor z = solve(scheme, geometric(mu, sigma), brownian, every, 2000);
              double error = 0;
              for (int path = 0; path < z.size(); path++) {
                double exact = Math.exp(mu - sigma * sigma / 2 + sigma * total.at(path));
                error += Math.abs(z.at(path) - exact) / z.size();
              }
              return error;
            });
    assertEquals(scheme.strongOrder(NoiseClass.DIAGONAL), slope, 0.05);
  }

  @Test
  void strongOrderWithAdditiveNoise() {
    // dz = −θz dt + σ dw, solved by z₀ e^{−θT} + σ ∫ e^{−θ(T−s)} dw_s, here as a fine sum.
    double theta = 2;
    double sigma = 0.7;
    var ornsteinUhlenbeck =
        Sde.ito(
            NoiseClass.ADDITIVE,
            (z, t) -> z.times(-theta),
            (z, t) -> Expr.ones(z.shape()).times(sigma));
    var brownian = new Brownian(2, 0, Grid.even(0, 1, FINEST), 1);
    DoubleTensor dw = brownian.increments(0, 500);
    double slope =
        slope(
            every -> {
              DoubleTensor z = solve(EULER, ornsteinUhlenbeck, brownian, every, 500);
              double error = 0;
              for (int path = 0; path < z.size(); path++) {
                double exact = Math.exp(-theta);
                for (int k = 0; k < FINEST; k++) {
                  double toEnd = 1 - (k + 0.5) / FINEST;
                  exact += sigma * Math.exp(-theta * toEnd) * dw.get(k, path, 0);
                }
                error += Math.abs(z.at(path) - exact) / z.size();
              }
              return error;
            });
    assertEquals(EULER.strongOrder(NoiseClass.ADDITIVE), slope, 0.05);
  }

  @Test
  void weakOrderOfTheSecondMoment() {
    // Differences on the same path have the same mean and far less variance than z² alone. In
    // closed form, E ẑ² = ((1 + μδ)² + σ²δ)ⁿ, the slope over these steps is 1.003 for this drift.
    double mu = -0.5;
    double sigma = 0.3;
    var brownian = new Brownian(3, 0, Grid.even(0, 1, FINEST), 1);
    DoubleTensor total = brownian.increments(FINEST, 0, 4000);
    double slope =
        slope(
            every -> {
              DoubleTensor z = solve(EULER, geometric(mu, sigma), brownian, every, 4000);
              double error = 0;
              for (int path = 0; path < z.size(); path++) {
                double exact = Math.exp(mu - sigma * sigma / 2 + sigma * total.at(path));
                error += (z.at(path) * z.at(path) - exact * exact) / z.size();
              }
              return Math.abs(error);
            });
    assertEquals(EULER.weakOrder(NoiseClass.DIAGONAL), slope, 0.05);
  }

  @Test
  void refusesAStratonovichEquation() {
    var equation =
        new Sde(Interpretation.STRATONOVICH, NoiseClass.DIAGONAL, (z, t) -> z, (z, t) -> z);
    Expr z = Expr.input("z", 2, 1);
    Expr dw = Expr.input("dw", 4, 2, 1);
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Trajectory.of(EULER, equation, Grid.even(0, 1, 4), z, dw));
    assertTrue(error.toString().contains("STRATONOVICH"), error.toString());
  }

  @Test
  void keepsEveryFewStates() {
    var brownian = new Brownian(4, 0, Grid.even(0, 1, 12), 2);
    Expr z = Expr.input("z", 3, 2);
    Expr dw = Expr.input("dw", 12, 3, 2);
    Sde sde = Sde.ito(NoiseClass.DIAGONAL, (x, t) -> x.plus(t).sin(), (x, t) -> x.cos());
    Trajectory all = Trajectory.of(EULER, sde, brownian.grid(), z, dw);
    Trajectory some = Trajectory.of(EULER, sde, brownian.grid(), 4, z, dw);
    List<DoubleTensor> states =
        Interpreter.run(
            new Graph(List.of(z, dw), List.of(all.states(), some.states())),
            List.of(DoubleTensor.zeros(Shape.of(3, 2)), brownian.increments(0, 3)));
    assertEquals(Shape.of(4, 3, 2), states.get(1).shape());
    for (int k = 0; k < 4; k++) {
      assertEquals(some.grid().time(k), all.grid().time(4 * k));
      for (int i = 0; i < 6; i++) {
        assertEquals(states.get(0).row(4 * k).at(i), states.get(1).row(k).at(i));
      }
    }
  }

  /** The slope for 8, 16, 32 and 64 steps, by steps of so many grid intervals. */
  private static double slope(Slope.ErrorOfSteps errorOfStep) {
    return Slope.of(8, steps -> errorOfStep.at(FINEST / steps));
  }

  /** End states from z₀ = 1 with steps of {@code every} grid intervals, {@code [paths, 1]}. */
  private static DoubleTensor solve(
      Scheme scheme, Sde sde, Brownian brownian, int every, int paths) {
    Grid grid = brownian.grid().coarsen(every);
    Expr z = Expr.input("z", paths, 1);
    Expr dw = Expr.input("dw", grid.steps(), paths, 1);
    Trajectory trajectory = Trajectory.of(scheme, sde, grid, grid.steps(), z, dw);
    DoubleTensor ones = DoubleTensor.zeros(z.shape());
    ones.fill(1);
    return Interpreter.run(
            new Graph(List.of(z, dw), trajectory.states().get(0, 1)),
            List.of(ones, brownian.increments(every, 0, paths)))
        .getFirst();
  }
}
