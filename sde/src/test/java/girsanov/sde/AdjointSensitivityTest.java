package girsanov.sde;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Interpreter;
import girsanov.autodiff.Vjp;
import girsanov.autodiff.compile.Program;
import girsanov.sde.StochasticAdjoint.Coefficients;
import girsanov.sde.StochasticAdjoint.Gradient;
import girsanov.sde.StochasticAdjoint.Solution;
import girsanov.sde.StochasticAdjoint.Terms;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Precision;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The adjoint of a small latent SDE against going back through the solver, and what it takes. */
final class AdjointSensitivityTest {
  private static final int BATCH = 6;
  private static final int DIM = 3;
  private static final int HIDDEN = 5;
  private static final int HOLDS = 4;
  private static final int FINEST = 1024;
  private static final Grid OUTPUTS = new Grid(0.25, 0.5, 1);

  /**
   * Posterior and prior drift with one diffusion; the context is held for a quarter of the time,
   * the forcing is given for each step.
   */
  private static final class Example {
    final int steps;
    final Expr in = Expr.input("in", 2 * DIM, HIDDEN);
    final Expr out = Expr.input("out", HIDDEN, DIM);
    final Expr prior = Expr.input("prior", DIM);
    final Expr scale = Expr.input("scale", DIM);
    final Expr start = Expr.input("start", BATCH, DIM);
    final Expr contexts = Expr.input("contexts", HOLDS, BATCH, DIM);
    final Expr forcing;
    final Expr dw;
    final StochasticAdjoint adjoint;

    Example(int steps) {
      this.steps = steps;
      forcing = Expr.input("forcing", steps, BATCH, DIM);
      dw = Expr.input("dw", steps, BATCH, DIM);
      adjoint = adjoint(OUTPUTS, List.of(in, out, prior, scale), this::terms);
    }

    StochasticAdjoint adjoint(Grid outputs, List<Expr> parameters, Coefficients coefficients) {
      Grid grid = Grid.even(0, 1, steps);
      var noise = NoiseClass.DIAGONAL;
      return new StochasticAdjoint(new Milstein(), noise, grid, outputs, parameters, coefficients);
    }

    Terms terms(Expr y, Expr t, List<Expr> given) {
      Expr seen = Expr.concat(-1, List.of(y, given.getFirst()));
      Expr push = given.size() > 1 ? given.get(1) : Expr.zeros(y.shape());
      Expr drift = seen.matmul(in).tanh().matmul(out).plus(push).minus(y.times(t));
      Expr diffusion = y.times(scale).sin().times(0.3).plus(0.5);
      return new Terms(drift, diffusion, PathKl.rate(drift, y.times(prior), diffusion));
    }

    List<Expr> given() {
      return List.of(contexts, forcing);
    }

    /** All that has a gradient. */
    List<Expr> leaves() {
      return List.of(start, contexts, forcing, in, out, prior, scale);
    }

    List<Expr> byAdjoint() {
      Gradient gradient = adjoint.gradient(start, given(), dw, AdjointSensitivityTest::loss);
      var all = new ArrayList<>(List.of(gradient.initial()));
      all.addAll(gradient.given());
      all.addAll(gradient.parameters());
      return all;
    }

    List<Expr> throughSolver() {
      return Vjp.gradient(loss(adjoint.solve(start, given(), dw)), leaves());
    }

    Graph graph(List<Expr> results) {
      var inputs = new ArrayList<>(leaves());
      inputs.add(dw);
      return new Graph(inputs, results);
    }

    List<DoubleTensor> values() {
      var values = new ArrayList<DoubleTensor>();
      for (Expr leaf : leaves()) {
        DoubleTensor value = DoubleTensor.zeros(leaf.shape());
        Noise.normal(3, values.size(), 0, value);
        values.add(value);
      }
      values.get(2).fill(0.3);
      int finest = FINEST % steps == 0 ? FINEST : steps;
      var brownian = new Brownian(4, 0, Grid.even(0, 1, finest), DIM);
      values.add(brownian.increments(finest / steps, 0, BATCH));
      return values;
    }

    List<Tensor> run(List<Expr> results) {
      return Program.compile(graph(results), Precision.DOUBLE).run(values());
    }
  }

  private static Expr loss(Solution solution) {
    Expr states = solution.path().states();
    return states.sin().sum().plus(solution.cost().square().sum().times(0.1));
  }

  private static double distance(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += Math.abs(a.at(i) - b.at(i));
    }
    return sum;
  }

  /** Of the forcing the sum over steps: one step's share alone, δ times a state, has order ½. */
  @Test
  void comesNearerToTheSolversGradientAtTheDeclaredOrder() {
    double[] slopes = new double[7];
    for (int i = 0; i < slopes.length; i++) {
      int which = i;
      slopes[i] =
          Slope.of(
              64,
              steps -> {
                var example = new Example(steps);
                Expr adjoint = example.byAdjoint().get(which);
                Expr solver = example.throughSolver().get(which);
                List<Expr> both =
                    which == 2 ? List.of(adjoint.sum(0), solver.sum(0)) : List.of(adjoint, solver);
                List<Tensor> values = example.run(both);
                return distance(values.get(0), values.get(1));
              });
    }
    for (double slope : slopes) {
      assertEquals(1, slope, 0.2, Arrays.toString(slopes));
    }
  }

  @Test
  void agreesWithDifferences() {
    var example = new Example(512);
    List<DoubleTensor> values = example.values();
    Expr loss = loss(example.adjoint.solve(example.start, example.given(), example.dw));
    var program = Program.compile(example.graph(List.of(loss)), Precision.DOUBLE);
    List<Tensor> gradients = example.run(example.byAdjoint());
    for (int i = 0; i < gradients.size(); i++) {
      DoubleTensor x = values.get(i);
      DoubleTensor direction = DoubleTensor.zeros(x.shape());
      Noise.normal(5, i, 0, direction);
      double[] ends = new double[2];
      double h = 1e-5;
      for (int side = 0; side < 2; side++) {
        for (int k = 0; k < x.size(); k++) {
          x.put(k, x.at(k) + (side == 0 ? -h : 2 * h) * direction.at(k));
        }
        ends[side] = program.run(values).getFirst().at(0);
      }
      double expected = (ends[1] - ends[0]) / (2 * h);
      double got = 0;
      double size = 0;
      for (int k = 0; k < x.size(); k++) {
        x.put(k, x.at(k) - h * direction.at(k));
        got += gradients.get(i).at(k) * direction.at(k);
        size += Math.abs(gradients.get(i).at(k) * direction.at(k));
      }
      assertEquals(expected, got, 0.01 * size, example.leaves().get(i).op().symbol());
    }
  }

  @Test
  void theLossIsANodeWithThatGradient() {
    var example = new Example(16);
    Expr scale = example.scale;
    Gradient gradient =
        example.adjoint.gradient(
            example.start, example.given(), example.dw, AdjointSensitivityTest::loss);
    Expr node =
        example.adjoint.loss(
            example.start,
            example.given(),
            example.dw,
            solution -> loss(solution).plus(scale.square().sum()));
    var results = new ArrayList<>(List.of(gradient.loss().plus(scale.square().sum()), node));
    results.addAll(example.byAdjoint());
    results.addAll(Vjp.gradient(node.times(3), example.leaves()));
    List<Tensor> values = example.run(results);
    assertEquals(values.get(0).at(0), values.get(1).at(0));
    int n = example.leaves().size();
    for (int i = 0; i < n; i++) {
      double[] expected = values.get(2 + i).toArray();
      for (int k = 0; k < expected.length; k++) {
        double direct = i == n - 1 ? 2 * example.values().get(i).at(k) : 0;
        expected[k] = 3 * (expected[k] + direct);
      }
      assertArrayEquals(expected, values.get(2 + n + i).toArray(), 1e-11);
    }
  }

  /** What the way back keeps is at the output times; through the solver it is at all steps. */
  @Test
  void memoryDoesNotGrowWithTheSteps() {
    assertEquals(workBytes(64, true), workBytes(512, true));
    long solver = workBytes(512, false);
    assertTrue(solver > 6 * workBytes(64, false), solver + " and " + workBytes(64, false));
    assertTrue(solver > 10 * workBytes(512, true), solver + " and " + workBytes(512, true));
  }

  private static long workBytes(int steps, boolean adjointly) {
    var example = new Example(steps);
    var given = List.of(example.contexts);
    List<Expr> gradients =
        adjointly
            ? example
                .adjoint
                .gradient(example.start, given, example.dw, AdjointSensitivityTest::loss)
                .parameters()
            : Vjp.gradient(
                loss(example.adjoint.solve(example.start, given, example.dw)),
                example.adjoint.parameters());
    return Program.compile(example.graph(gradients), Precision.DOUBLE).workBytes();
  }

  @Test
  void hasTheMeaningOfItsGraphOnAnyNumberOfThreads() {
    var example = new Example(44);
    Graph graph = example.graph(example.byAdjoint());
    List<DoubleTensor> values = example.values();
    List<DoubleTensor> meaning = Interpreter.run(graph, values);
    Program program = Program.compile(graph, Precision.DOUBLE);
    List<Tensor> alone = program.run(values);
    try (var workers = new Workers(3)) {
      Program.Execution shared = program.newExecution(workers);
      for (int i = 0; i < values.size(); i++) {
        shared.input(i).copyFrom(values.get(i));
      }
      shared.run();
      for (int i = 0; i < meaning.size(); i++) {
        assertArrayEquals(meaning.get(i).toArray(), alone.get(i).toArray(), 1e-10);
        assertArrayEquals(alone.get(i).toArray(), shared.output(i).toArray());
      }
    }
  }

  /** Losses of the same states, whether others are outputs too or not. */
  @Test
  void outputTimesMayBeUneven() {
    var example = new Example(32);
    List<Expr> some = gradients(example, new Grid(0, 0.125, 0.5, 0.625), 0, 1, 2, 3);
    List<Expr> all = gradients(example, Grid.even(0, 1, 8), 0, 1, 4, 5);
    List<Tensor> values = example.run(some);
    List<Tensor> others = example.run(all);
    for (int i = 0; i < values.size(); i++) {
      assertArrayEquals(others.get(i).toArray(), values.get(i).toArray(), 1e-12);
    }
  }

  private static List<Expr> gradients(Example example, Grid outputs, int... rows) {
    return example
        .adjoint(outputs, example.adjoint.parameters(), example::terms)
        .gradient(
            example.start,
            example.given(),
            example.dw,
            solution -> {
              Expr sum = solution.cost().sum();
              for (int row : rows) {
                sum = sum.plus(solution.path().states().get(0, row).square().sum());
              }
              return sum;
            })
        .parameters();
  }

  @Test
  void refusesWhatItCannotDo() {
    var example = new Example(16);
    Expr y = example.start;
    var hidden = Expr.input("hidden", DIM);
    List<Expr> none = List.of();
    Coefficients full = (z, t, given) -> new Terms(z, z.insertAxis(-1).times(z.insertAxis(1)));
    refused(
        "[6, 3, 3]",
        () ->
            example
                .adjoint(OUTPUTS, none, full)
                .gradient(y, none, example.dw, AdjointSensitivityTest::loss));
    Coefficients unlisted = (z, t, given) -> new Terms(z.times(hidden), z);
    refused(
        "'hidden' [3]",
        () ->
            example
                .adjoint(OUTPUTS, none, unlisted)
                .gradient(y, none, example.dw, AdjointSensitivityTest::loss));
    refused(
        "got 0.3, the nearest is 0.3125; choose that, or put 0.3",
        () -> example.adjoint(new Grid(0.3, 1), none, full));
    refused(
        "[5, 6, 3]",
        () -> example.adjoint.solve(y, List.of(Expr.input("five", 5, BATCH, DIM)), example.dw));
    refused("[8, 6, 3]", () -> example.adjoint.solve(y, none, Expr.input("dw", 8, BATCH, DIM)));
  }

  private static void refused(String part, Executable wrong) {
    var error = assertThrows(IllegalArgumentException.class, wrong);
    assertTrue(error.toString().contains(part), error.toString());
  }
}
