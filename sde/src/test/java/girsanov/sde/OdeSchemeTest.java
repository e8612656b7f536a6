package girsanov.sde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Interpreter;
import girsanov.autodiff.Vjp;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders measured on equations with known solutions, which depend on the time too. */
final class OdeSchemeTest {
  /**
   * An equation on [0, end] and its solution. Ends are such that the leading term of the error is
   * what one sees: Dormand and Prince made it small on purpose.
   */
  private record Problem(String name, double end, Ode ode, DoubleUnaryOperator solution) {}

  private record Case(OdeScheme scheme, int fewestSteps, Problem problem) {
    @Override
    public String toString() {
      return scheme + " on " + problem.name;
    }
  }

  private static final List<Problem> PROBLEMS =
      List.of(
          new Problem("y' = y cos t", 3, (y, t) -> y.times(t.cos()), t -> Math.exp(Math.sin(t))),
          new Problem(
              "y' = -2 t y²", 1, (y, t) -> y.square().times(t).times(-2), t -> 1 / (1 + t * t)),
          new Problem(
              "y' = y (1 - y)", 5, (y, t) -> y.minus(y.square()), t -> 1 / (1 + Math.exp(1 - t))));

  static Stream<Case> cases() {
    return PROBLEMS.stream()
        .flatMap(
            problem ->
                Stream.of(
                    new Case(new Euler(), 128, problem),
                    new Case(new Midpoint(), 256, problem),
                    new Case(new DormandPrince(), 16, problem)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void orderIsAsDeclared(Case c) {
    double exact = c.problem.solution.applyAsDouble(c.problem.end);
    double slope =
        Slope.of(c.fewestSteps, steps -> Math.abs(solve(c.scheme, c.problem, steps) - exact));
    assertEquals(c.scheme.order(), slope, 0.1);
  }

  private static double solve(OdeScheme scheme, Problem problem, int steps) {
    Expr start = Expr.constant(problem.solution.applyAsDouble(0)).broadcastTo(Shape.of(1));
    Expr end =
        scheme.advance(problem.ode, start, Expr.constant(0), Expr.constant(problem.end), steps);
    return Interpreter.run(new Graph(List.of(), end), List.of()).getFirst().at(0);
  }

  /** The difference of the solutions of order 5 and 4 is an error of one step of order 4. */
  @Test
  void theErrorEstimateHasTheOrderOfTheLowerSolution() {
    Problem problem = PROBLEMS.getFirst();
    double slope = Slope.of(4, steps -> Math.abs(embedded(problem, 1.0 / steps, 0).getFirst()));
    assertEquals(5, slope, 0.1);
  }

  @Test
  void betweenTheEndsOneStepIsOfOrderFour() {
    Problem problem = PROBLEMS.getFirst();
    for (double theta : new double[] {0.2, 0.5, 0.8}) {
      double slope =
          Slope.of(
              8,
              steps -> {
                double y = embedded(problem, 1.0 / steps, theta).get(1);
                return Math.abs(y - problem.solution.applyAsDouble(theta / steps));
              });
      assertEquals(5, slope, 0.1);
    }
  }

  /** The error estimate, and the state at θ δ, of one step from the start. */
  private static List<Double> embedded(Problem problem, double dt, double theta) {
    var scheme = new DormandPrince();
    double start = problem.solution.applyAsDouble(0);
    Expr y = Expr.constant(start).broadcastTo(Shape.of(1));
    Expr t = Expr.constant(0);
    Expr length = Expr.constant(dt);
    Expr slope = problem.ode.at(y, t);
    EmbeddedScheme.Step step = scheme.embedded(problem.ode, y, slope, t, length);
    Expr between = scheme.between(y, slope, step, length, Expr.constant(theta));
    List<DoubleTensor> values =
        Interpreter.run(new Graph(List.of(), List.of(step.error(), between)), List.of());
    return values.stream().map(x -> x.at(0)).toList();
  }

  /** Rows with their own times: the same as each row alone; and a gradient goes through. */
  @Test
  void timesMayDifferByRow() {
    Expr y = Expr.input("y", 2, 3);
    Expr t = Expr.input("t", 2, 1);
    Ode ode = (x, time) -> x.times(time.cos());
    Expr end = new Midpoint().advance(ode, y, t, Expr.constant(0.4), 3);
    Expr gradient = Vjp.of(List.of(end), List.of(Expr.ones(y.shape())), List.of(y)).getFirst();
    DoubleTensor ones = DoubleTensor.zeros(y.shape());
    ones.fill(1);
    DoubleTensor times = DoubleTensor.zeros(t.shape());
    times.put(1, 2);
    List<DoubleTensor> values =
        Interpreter.run(new Graph(List.of(y, t), List.of(end, gradient)), List.of(ones, times));
    for (int row = 0; row < 2; row++) {
      double from = times.at(row);
      double exact = Math.exp(Math.sin(from + 0.4) - Math.sin(from));
      assertEquals(exact, values.get(0).get(row, 1), 2e-3);
      // The equation is linear, so that the derivative is the solution from 1.
      assertEquals(values.get(0).get(row, 1), values.get(1).get(row, 1), 1e-14);
    }
  }

  @Test
  void refusesNoSteps() {
    Expr y = Expr.input("y", 2);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Euler().advance((x, t) -> x, y, Expr.constant(0), Expr.constant(1), 0));
  }
}
