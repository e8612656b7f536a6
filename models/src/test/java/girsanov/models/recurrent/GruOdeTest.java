package girsanov.models.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.models.Values;
import girsanov.models.likelihood.Gaussian;
import girsanov.models.likelihood.Likelihood;
import girsanov.models.nn.Activation;
import girsanov.models.nn.Linear;
import girsanov.models.nn.Mlp;
import girsanov.models.nn.Parameter;
import girsanov.models.nn.Parameters;
import girsanov.sde.AdaptiveSolver;
import girsanov.sde.DormandPrince;
import girsanov.sde.Euler;
import girsanov.sde.Grid;
import girsanov.sde.Midpoint;
import girsanov.sde.OdeScheme;
import girsanov.sde.Tolerance;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cell, its flow and the jump against plain loops and an adaptive solver. */
final class GruOdeTest {
  private static final int ROWS = 3;
  private static final int HIDDEN = 4;
  private static final int DIM = 2;
  private static final Likelihood LIKELIHOOD = new Gaussian(DIM, 1);

  private static GruOde network(GruOdeCell.Kind kind, OdeScheme scheme, int subSteps) {
    Mlp expectation = Mlp.of(Activation.ELU, HIDDEN, 5, LIKELIHOOD.width());
    return GruOde.of(kind, LIKELIHOOD, expectation, HIDDEN, 3, new Gap(scheme, 1, subSteps));
  }

  private static double[][] matrix(Tensor tensor) {
    int columns = tensor.shape().dim(-1);
    double[] all = tensor.toArray();
    double[][] rows = new double[all.length / columns][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(all, i * columns, (i + 1) * columns);
    }
    return rows;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double dot(double[] x, double[][] w, int column) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * w[i][column];
    }
    return sum;
  }

  private static double[] slope(GruOdeCell cell, Values values, double[] h, double[] x) {
    double[][] gates = matrix(values.get(cell.gates().expr()));
    double[][] candidate = matrix(values.get(cell.candidate().expr()));
    double[] given = new double[3 * HIDDEN];
    if (cell.input().isPresent()) {
      Linear input = cell.input().orElseThrow();
      double[][] w = matrix(values.get(input.weight().expr()));
      double[] b = values.get(input.bias().expr()).toArray();
      given = new double[b.length];
      for (int j = 0; j < b.length; j++) {
        given[j] = b[j] + dot(x, w, j);
      }
    }
    boolean minimal = cell.kind() == GruOdeCell.Kind.MINIMAL;
    double[] reset = new double[HIDDEN];
    double[] keep = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      int z = minimal ? j : HIDDEN + j;
      keep[j] = sigmoid(dot(h, gates, z) + given[z]);
      reset[j] = minimal ? keep[j] : sigmoid(dot(h, gates, j) + given[j]);
    }
    double[] kept = new double[HIDDEN];
    Arrays.setAll(kept, j -> reset[j] * h[j]);
    double[] slope = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      double u = Math.tanh(dot(kept, candidate, j) + given[(minimal ? 1 : 2) * HIDDEN + j]);
      slope[j] = (1 - keep[j]) * (u - h[j]);
    }
    return slope;
  }

  @ParameterizedTest
  @EnumSource
  void slopes(GruOdeCell.Kind kind) {
    GruOdeCell cell = GruOdeCell.of(kind, DIM, HIDDEN);
    assertEquals(kind == GruOdeCell.Kind.AUTONOMOUS, cell.autonomous());
    Values values = Values.shaken(cell, 1, 0.8);
    DoubleTensor h = Values.units(1, ROWS, HIDDEN);
    DoubleTensor x = Values.normals(2, ROWS, DIM);
    double[][] actual = matrix(values.plain(cell.slope(Expr.constant(h), Expr.constant(x))));
    for (int row = 0; row < ROWS; row++) {
      assertArrayEquals(slope(cell, values, matrix(h)[row], matrix(x)[row]), actual[row], 1e-14);
    }
  }

  /** A cell starts with matrices of the same variance as Glorot's. */
  @Test
  void starts() {
    GruOdeCell cell = GruOdeCell.of(GruOdeCell.Kind.FULL, 3, 40);
    double[] u = Values.of(cell, 1).get(cell.candidate().expr()).toArray();
    double variance = Arrays.stream(u).map(v -> v * v).average().orElseThrow();
    assertEquals(1.0 / 40, variance, 0.1 / 40);
    assertEquals(3 * 40 * 40 + (3 + 1) * 3 * 40, Parameters.count(cell));
  }

  /** From the corners of the cube, with weights that saturate all gates, also at observations. */
  @ParameterizedTest
  @EnumSource
  void statesStayInTheUnitCube(GruOdeCell.Kind kind) {
    for (int subSteps : new int[] {1, 3}) {
      for (double size : new double[] {0.5, 5, 50}) {
        GruOde network = network(kind, new Euler(), subSteps);
        Values values = Values.shaken(network, 2, size);
        Expr values30 = Expr.constant(scaled(Values.normals(3, 30, ROWS, DIM), 10));
        Expr seen = Expr.constant(bits(Values.units(4, 30, ROWS)));
        ContinuousRnn.States states = network.run(values30, seen, false);
        for (Tensor all : values.plain(List.of(states.before(), states.after()))) {
          for (double h : all.toArray()) {
            assertTrue(Math.abs(h) <= 1, () -> "outside: " + h);
          }
        }
        DoubleTensor corners = Values.normals(5, ROWS, HIDDEN);
        for (int i = 0; i < corners.size(); i++) {
          corners.put(i, Math.signum(corners.at(i)));
        }
        for (int i = 0; i < 20; i++) {
          corners = values.plain(network.evolve(Expr.constant(corners)));
          assertTrue(Arrays.stream(corners.toArray()).allMatch(h -> Math.abs(h) <= 1));
        }
      }
    }
  }

  /** Where u(h) = h nothing moves, whatever z and the scheme. */
  @Test
  void fixedPoint() {
    GruOdeCell cell = GruOdeCell.of(GruOdeCell.Kind.FULL, DIM, HIDDEN);
    Values values = Values.shaken(cell, 6, 0.3);
    Expr x = Expr.constant(Values.normals(7, 1, DIM));
    Expr start = Expr.input("start", 1, HIDDEN);
    Expr span = Expr.constant(40);
    Expr flow = new Euler().advance((h, _) -> cell.slope(h, x), start, zero(), span, 80);
    values.put(start, DoubleTensor.zeros(Shape.of(1, HIDDEN)));
    for (int i = 0; i < 5; i++) {
      values.put(start, values.plain(flow));
    }
    double[] fixed = values.get(start).toArray();
    assertTrue(Arrays.stream(fixed).allMatch(h -> Math.abs(h) > 1e-3));
    assertArrayEquals(new double[HIDDEN], values.plain(cell.slope(start, x)).toArray(), 1e-12);
    for (OdeScheme scheme : List.of(new Euler(), new Midpoint(), new DormandPrince())) {
      Expr later = scheme.advance((h, _) -> cell.slope(h, x), start, zero(), one(), 2);
      assertArrayEquals(fixed, values.plain(later).toArray(), 1e-12);
    }
  }

  /** An autonomous cell without biases rests at 0. */
  @Test
  void anAutonomousCellRestsAtZero() {
    GruOde network = network(GruOdeCell.Kind.AUTONOMOUS, new Euler(), 4);
    Values values = Values.shaken(network, 8, 1);
    double[] still = new double[HIDDEN];
    Expr origin = Expr.zeros(Shape.of(1, HIDDEN));
    assertArrayEquals(still, values.plain(network.evolve(origin)).toArray());
  }

  /** Errors of the frame's end against the adaptive solver, halving the steps three times. */
  @ParameterizedTest
  @EnumSource
  void schemesConverge(GruOdeCell.Kind kind) {
    assertEquals(1, order(kind, new Euler(), 8), 0.1);
    assertEquals(2, order(kind, new Midpoint(), 8), 0.15);
    // On its way to 5, steps of this length being long for it.
    assertTrue(order(kind, new DormandPrince(), 2) > 4.5);
  }

  private static double order(GruOdeCell.Kind kind, OdeScheme scheme, int fewest) {
    GruOde any = network(kind, scheme, 1);
    Values values = Values.shaken(any, 9, 1);
    DoubleTensor start = Values.units(10, ROWS, HIDDEN);
    var parameters = new ArrayList<Expr>();
    Parameters.flatten(any).values().forEach(p -> parameters.add(p.expr()));
    List<Tensor> given = parameters.stream().map(values::get).toList();
    DoubleTensor exact =
        AdaptiveSolver.compile(
                new DormandPrince(), any.ode(), start.shape(), parameters, Tolerance.of(0, 1e-13))
            .solve(start, given, new Grid(0, 1))
            .states()
            .row(1);
    IntToDoubleFunction error =
        steps -> {
          var finer =
              new GruOde(
                  any.initial(),
                  any.cell(),
                  any.jump(),
                  any.expectation(),
                  LIKELIHOOD,
                  new Gap(scheme, 1, steps));
          double[] end = values.plain(finer.evolve(Expr.constant(start))).toArray();
          double worst = 0;
          for (int i = 0; i < end.length; i++) {
            worst = Math.max(worst, Math.abs(end[i] - exact.at(i)));
          }
          return worst;
        };
    double numerator = 0;
    double denominator = 0;
    for (int level = 0; level < 4; level++) {
      double x = level - 1.5;
      numerator -= x * Math.log(error.applyAsDouble(fewest << level)) / Math.log(2);
      denominator += x * x;
    }
    return numerator / denominator;
  }

  /** p_d = relu(Σ_f feature w + b), then a GRU over all of them side by side. */
  @Test
  void jump() {
    ObservationJump jump = ObservationJump.of(3, DIM, 5, HIDDEN);
    Values values = Values.shaken(jump, 11, 0.6);
    DoubleTensor h = Values.normals(12, ROWS, HIDDEN);
    var features = new ArrayList<DoubleTensor>();
    for (int f = 0; f < 3; f++) {
      features.add(Values.normals(13 + f, ROWS, DIM));
    }
    Tensor weight = values.get(jump.weight().expr());
    Tensor bias = values.get(jump.bias().expr());
    DoubleTensor prepared = DoubleTensor.zeros(Shape.of(ROWS, 5 * DIM));
    for (int row = 0; row < ROWS; row++) {
      for (int k = 0; k < 5; k++) {
        for (int d = 0; d < DIM; d++) {
          double sum = bias.get(k, d);
          for (int f = 0; f < 3; f++) {
            sum += features.get(f).get(row, d) * weight.get(f, k, d);
          }
          prepared.set(Math.max(0, sum), row, k * DIM + d);
        }
      }
    }
    Expr after = jump.apply(Expr.constant(h), features.stream().map(Expr::constant).toList());
    Expr expected = jump.gru().step(Expr.constant(h), Expr.constant(prepared));
    assertArrayEquals(values.plain(expected).toArray(), values.plain(after).toArray(), 1e-14);
    Tensor starting = Values.of(jump, 1).get(jump.bias().expr());
    assertTrue(Arrays.stream(starting.toArray()).allMatch(b -> b == 0.1));
  }

  /** The jump is told of what its own network expects. */
  @Test
  void observing() {
    GruOde network = network(GruOdeCell.Kind.MINIMAL, new Euler(), 1);
    Values values = Values.shaken(network, 14, 0.7);
    Expr h = Expr.constant(Values.units(15, ROWS, HIDDEN));
    Expr y = Expr.constant(Values.normals(16, ROWS, DIM));
    Expr theta = network.expectation().apply(h);
    Expr expected = network.jump().apply(h, LIKELIHOOD.features(theta, y));
    Expr seen = Expr.ones(Shape.of(ROWS, 1));
    assertArrayEquals(
        values.plain(expected).toArray(),
        values.plain(network.observe(h, y, seen)).toArray(),
        1e-15);
  }

  @Test
  void refusesNoSteps() {
    assertThrows(
        IllegalArgumentException.class, () -> network(GruOdeCell.Kind.FULL, new Euler(), 0));
    Parameter initial = network(GruOdeCell.Kind.FULL, new Euler(), 1).initial();
    assertEquals(Shape.of(HIDDEN), initial.shape());
  }

  private static Expr zero() {
    return Expr.constant(0);
  }

  private static Expr one() {
    return Expr.constant(1);
  }

  private static DoubleTensor scaled(DoubleTensor x, double factor) {
    for (int i = 0; i < x.size(); i++) {
      x.put(i, factor * x.at(i));
    }
    return x;
  }

  private static DoubleTensor bits(DoubleTensor uniform) {
    for (int i = 0; i < uniform.size(); i++) {
      uniform.put(i, uniform.at(i) < 0.5 ? 1 : 0);
    }
    return uniform;
  }
}
