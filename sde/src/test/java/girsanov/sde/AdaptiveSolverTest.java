package girsanov.sde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Errors are of the size of the tolerance, at all times asked for; what cannot be solved is said.
 */
final class AdaptiveSolverTest {
  private static final Shape TWO = Shape.of(2);

  /** y₀' = y₁, y₁' = −y₀: cos t and −sin t from (1, 0). */
  private static final Ode OSCILLATOR =
      (y, t) -> Expr.concat(0, List.of(y.slice(0, 1, 2), y.slice(0, 0, 1).negate()));

  private static AdaptiveSolver.Solution oscillate(double tolerance, Grid times) {
    var solver =
        AdaptiveSolver.compile(
            new DormandPrince(), OSCILLATOR, TWO, List.of(), Tolerance.of(tolerance, tolerance));
    return solver.solve(Tensor.of(Precision.DOUBLE, TWO, 1, 0), List.of(), times);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-6, 1e-9})
  void errorsAreOfTheSizeOfTheTolerance(double tolerance) {
    AdaptiveSolver.Solution solution = oscillate(tolerance, Grid.even(0, 10, 137));
    double worst = 0;
    for (int k = 0; k <= 137; k++) {
      double t = solution.times().time(k);
      worst = Math.max(worst, Math.abs(solution.states().get(k, 0) - Math.cos(t)));
      worst = Math.max(worst, Math.abs(solution.states().get(k, 1) + Math.sin(t)));
    }
    // Ten units of time of an equation that keeps errors.
    assertTrue(worst < 10 * tolerance, () -> "for tolerance " + tolerance);
    assertTrue(worst > 0.001 * tolerance, () -> "needlessly exact for tolerance " + tolerance);
  }

  /** A step of order 5: a thousandth of the error for four times the steps. */
  @Test
  void stepsGrowAsTheFifthRootOfTheAccuracy() {
    Grid times = new Grid(0, 20);
    double ratio = (double) oscillate(1e-9, times).accepted() / oscillate(1e-6, times).accepted();
    assertEquals(Math.pow(1000, 0.2), ratio, 0.6);
  }

  @Test
  void timesAskedForDoNotChangeTheSteps() {
    AdaptiveSolver.Solution many = oscillate(1e-6, Grid.even(0, 10, 1000));
    AdaptiveSolver.Solution few = oscillate(1e-6, new Grid(0, 10));
    assertEquals(few.accepted(), many.accepted());
    assertEquals(few.states().get(1, 0), many.states().get(1000, 0));
  }

  /** A narrow peak, y = exp(−((t − 5) / 0.5)²): steps must shrink there and grow again. */
  @Test
  void findsAPeak() {
    Ode peak =
        (y, t) -> {
          Expr x = t.minus(5).dividedBy(0.5);
          return x.square().negate().exp().times(x).times(-4).broadcastTo(y.shape());
        };
    var solver =
        AdaptiveSolver.compile(
            new DormandPrince(), peak, Shape.of(1), List.of(), Tolerance.of(0, 1e-8));
    AdaptiveSolver.Solution solution =
        solver.solve(DoubleTensor.zeros(Shape.of(1)), List.of(), new Grid(0, 5, 10));
    assertEquals(1, solution.states().at(1), 1e-6);
    assertEquals(0, solution.states().at(2), 1e-6);
    assertTrue(solution.rejected() > 0);
  }

  /** One compilation serves several values of the parameters, and several starts. */
  @Test
  void parametersAreReadAnew() {
    Expr rate = Expr.input("rate");
    var solver =
        AdaptiveSolver.compile(
            new DormandPrince(),
            (y, t) -> y.times(rate),
            TWO,
            List.of(rate),
            Tolerance.of(1e-10, 1e-10));
    for (double value : new double[] {-2, 0, 0.5}) {
      Tensor parameter = Tensor.scalar(Precision.FLOAT, value);
      Tensor initial = Tensor.of(Precision.FLOAT, TWO, 1, 2 + value);
      DoubleTensor states = solver.solve(initial, List.of(parameter), new Grid(1, 2)).states();
      assertEquals(Math.exp(value), states.get(1, 0), 1e-8);
      assertEquals((2 + value) * Math.exp(value), states.get(1, 1), 1e-8);
    }
  }

  /** y' = y² from 1 ends at t = 1. */
  @Test
  void saysWhereASolutionEnds() {
    var error = assertThrows(ArithmeticException.class, () -> square(1, 2));
    assertTrue(error.toString().contains("t = 1.0"), error::toString);
    assertEquals(2, square(1, 0.5), 1e-5);
  }

  @Test
  void saysThatTheStartIsNoNumber() {
    var error = assertThrows(ArithmeticException.class, () -> square(Double.NaN, 2));
    assertTrue(error.toString().contains("at the start"), error::toString);
  }

  @Test
  void givesUpAfterTheMostSteps() {
    var solver =
        AdaptiveSolver.compile(
            new DormandPrince(), OSCILLATOR, TWO, List.of(), new Tolerance(1e-9, 1e-9, 10));
    Tensor initial = Tensor.of(Precision.DOUBLE, TWO, 1, 0);
    var error =
        assertThrows(
            ArithmeticException.class, () -> solver.solve(initial, List.of(), new Grid(0, 10)));
    assertTrue(error.toString().contains("10 steps"), error::toString);
  }

  @Test
  void refusesOtherShapesAndNoTolerance() {
    var solver =
        AdaptiveSolver.compile(
            new DormandPrince(), OSCILLATOR, TWO, List.of(), Tolerance.of(1e-6, 1e-6));
    DoubleTensor three = DoubleTensor.zeros(Shape.of(3));
    assertThrows(
        IllegalArgumentException.class, () -> solver.solve(three, List.of(), new Grid(0, 1)));
    assertThrows(IllegalArgumentException.class, () -> Tolerance.of(0, 0));
    assertThrows(IllegalArgumentException.class, () -> Tolerance.of(Double.NaN, 1));
  }

  /** y' = y², solved by y₀ / (1 − y₀ t). */
  private static double square(double initial, double end) {
    var solver =
        AdaptiveSolver.compile(
            new DormandPrince(),
            (y, t) -> y.square(),
            Shape.of(1),
            List.of(),
            Tolerance.of(1e-6, 1e-6));
    Tensor start = Tensor.of(Precision.DOUBLE, Shape.of(1), initial);
    return solver.solve(start, List.of(), new Grid(0, end)).states().get(1, 0);
  }
}
