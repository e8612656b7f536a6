package girsanov.models.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Interpreter;
import girsanov.autodiff.Vjp;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GruTest {
  private static final int TIME = 5;
  private static final int BATCH = 3;
  private static final int IN = 2;
  private static final int HIDDEN = 4;

  private final Gru gru = Gru.of(IN, HIDDEN);
  private final Map<String, Parameter> parameters = Parameters.flatten(gru);

  @Test
  void parametersAreNamedAndCountedAsInPyTorch() {
    assertEquals(
        List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh"), List.copyOf(parameters.keySet()));
    assertEquals(31_500, Parameters.count(Gru.of(3, 100)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void equalsAPlainLoop(boolean reverse) {
    DoubleTensor xs = normals(7, Shape.of(TIME, BATCH, IN));
    List<DoubleTensor> values = values();
    Expr input = Expr.input("xs", TIME, BATCH, IN);
    DoubleTensor actual = run(List.of(gru.apply(input, reverse)), input, xs, values).getFirst();
    assertArrayEquals(plain(xs, values, reverse), actual.toArray(), 1e-14);
  }

  @Test
  void gradientEqualsDifferenceQuotients() {
    DoubleTensor xs = normals(7, Shape.of(TIME, BATCH, IN));
    Expr input = Expr.input("xs", TIME, BATCH, IN);
    Expr loss =
        gru.apply(input).times(Expr.constant(normals(9, Shape.of(TIME, BATCH, HIDDEN)))).sum();
    List<Expr> leaves = parameters.values().stream().map(Parameter::expr).toList();
    List<DoubleTensor> gradient = run(Vjp.gradient(loss, leaves), input, xs, values());
    for (int p = 0; p < leaves.size(); p++) {
      for (int i = 0; i < gradient.get(p).size(); i += 3) {
        double step = 1e-6;
        double above = lossAt(loss, input, xs, p, i, step);
        double below = lossAt(loss, input, xs, p, i, -step);
        assertEquals((above - below) / (2 * step), gradient.get(p).at(i), 1e-7);
      }
    }
  }

  @Test
  void refusesAnInputWithoutTime() {
    Expr flat = Expr.input("flat", BATCH, IN);
    var error = assertThrows(IllegalArgumentException.class, () -> gru.apply(flat));
    assertTrue(
        String.valueOf(error.getMessage()).contains("expected [time, batch, in], got [3, 2]"));
  }

  private double lossAt(Expr loss, Expr input, DoubleTensor xs, int p, int i, double step) {
    List<DoubleTensor> values = values();
    values.get(p).put(i, values.get(p).at(i) + step);
    return run(List.of(loss), input, xs, values).getFirst().at(0);
  }

  private List<DoubleTensor> run(
      List<Expr> outputs, Expr input, DoubleTensor xs, List<DoubleTensor> values) {
    var inputs = new ArrayList<Expr>(List.of(input));
    parameters.values().forEach(p -> inputs.add(p.expr()));
    var arguments = new ArrayList<DoubleTensor>(List.of(xs));
    arguments.addAll(values);
    return Interpreter.run(new Graph(inputs, outputs), arguments);
  }

  private List<DoubleTensor> values() {
    var values = new ArrayList<DoubleTensor>();
    parameters.forEach((name, p) -> values.add(p.initial().values(p.shape(), 1, name)));
    return values;
  }

  private static DoubleTensor normals(long stream, Shape shape) {
    var tensor = DoubleTensor.zeros(shape);
    Noise.normal(1, stream, 0, tensor);
    return tensor;
  }

  /** Scalar loops over one sequence after the other, from the equations. */
  private static double[] plain(DoubleTensor xs, List<DoubleTensor> values, boolean reverse) {
    var out = new double[TIME * BATCH * HIDDEN];
    for (int row = 0; row < BATCH; row++) {
      var h = new double[HIDDEN];
      for (int step = 0; step < TIME; step++) {
        int t = reverse ? TIME - 1 - step : step;
        var next = new double[HIDDEN];
        for (int k = 0; k < HIDDEN; k++) {
          double[] x = new double[3];
          double[] u = new double[3];
          for (int gate = 0; gate < 3; gate++) {
            int column = gate * HIDDEN + k;
            x[gate] = values.get(2).at(column);
            u[gate] = values.get(3).at(column);
            for (int i = 0; i < IN; i++) {
              x[gate] += xs.get(t, row, i) * values.get(0).get(i, column);
            }
            for (int j = 0; j < HIDDEN; j++) {
              u[gate] += h[j] * values.get(1).get(j, column);
            }
          }
          double r = 1 / (1 + Math.exp(-x[0] - u[0]));
          double z = 1 / (1 + Math.exp(-x[1] - u[1]));
          double n = Math.tanh(x[2] + r * u[2]);
          next[k] = (1 - z) * n + z * h[k];
        }
        h = next;
        System.arraycopy(h, 0, out, (t * BATCH + row) * HIDDEN, HIDDEN);
      }
    }
    return out;
  }
}
