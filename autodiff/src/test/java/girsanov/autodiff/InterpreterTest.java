package girsanov.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each primitive means, on examples that one can check in the head. */
class InterpreterTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private static Expr vector(double... values) {
    return Expr.constant(Tensor.of(Precision.DOUBLE, new Shape(values.length), values));
  }

  private static Expr matrix(int rows, double... values) {
    return vector(values).reshape(rows, values.length / rows);
  }

  private static void assertValue(Expr y, double... expected) {
    assertArrayEquals(expected, run(y).toArray(), 1e-15, y.toString());
  }

  private static DoubleTensor run(Expr y) {
    return Interpreter.run(new Graph(List.of(), y), List.of()).getFirst();
  }

  @Test
  void elementwiseOfOneArgument() {
    Expr x = vector(-2, 0, 0.5);
    assertValue(x.negate(), 2, -0.0, -0.5);
    assertValue(x.abs(), 2, 0, 0.5);
    assertValue(x.sign(), -1, 0, 1);
    assertValue(x.detach(), -2, 0, 0.5);
    assertValue(x.exp(), Math.exp(-2), 1, Math.exp(0.5));
    assertValue(x.expm1(), Math.expm1(-2), 0, Math.expm1(0.5));
    assertValue(x.log(), NAN, -INFINITY, Math.log(0.5));
    assertValue(x.log1p(), NAN, 0, Math.log(1.5));
    assertValue(x.sqrt(), NAN, 0, Math.sqrt(0.5));
    assertValue(x.reciprocal(), -0.5, INFINITY, 2);
    assertValue(x.square(), 4, 0, 0.25);
    assertValue(x.tanh(), Math.tanh(-2), 0, Math.tanh(0.5));
    assertValue(x.sigmoid(), 1 / (1 + Math.exp(2)), 0.5, 1 / (1 + Math.exp(-0.5)));
    assertValue(x.softplus(), Math.log1p(Math.exp(-2)), Math.log(2), Math.log1p(Math.exp(0.5)));
    assertValue(x.sin(), Math.sin(-2), 0, Math.sin(0.5));
    assertValue(x.cos(), Math.cos(-2), 1, Math.cos(0.5));
    assertValue(x.erf(), -0.9953222650189527, 0, 0.5204998778130465);
    assertValue(x.relu(), 0, 0, 0.5);
    assertValue(x.elu(), Math.expm1(-2), 0, 0.5);
    assertValue(x.silu(), -2 / (1 + Math.exp(2)), 0, 0.5 / (1 + Math.exp(-0.5)));
  }

  @Test
  void extremeArguments() {
    Expr x = vector(-1e4, 1e4, NAN);
    assertValue(x.sigmoid(), 0, 1, NAN);
    assertValue(x.softplus(), 0, 1e4, NAN);
    assertValue(x.tanh(), -1, 1, NAN);
    assertValue(x.erf(), -1, 1, NAN);
    assertValue(x.maximum(Expr.constant(0)), 0, 1e4, NAN);
    assertValue(x.slice(0, 0, 2).softmax(0), 0, 1);
    assertValue(x.slice(0, 0, 2).logSumExp(0), 1e4);
    assertValue(x.max(0), NAN);
  }

  @Test
  void elementwiseOfMoreArguments() {
    Expr a = vector(1, 2, 3);
    Expr b = vector(3, 2, 1);
    assertValue(a.plus(b), 4, 4, 4);
    assertValue(a.minus(b), -2, 0, 2);
    assertValue(a.times(b), 3, 4, 3);
    assertValue(a.dividedBy(b), 1.0 / 3, 1, 3);
    assertValue(a.power(b), 1, 4, 3);
    assertValue(a.maximum(b), 3, 2, 3);
    assertValue(a.minimum(b), 1, 2, 1);
    assertValue(a.lessThan(b), 1, 0, 0);
    assertValue(Expr.select(vector(0, -1, NAN), a, b), 3, 2, 3);
    assertValue(a.plus(1).minus(2).times(3).dividedBy(2), 0, 1.5, 3);
  }

  @Test
  void broadcasting() {
    Expr row = vector(1, 2, 3).reshape(1, 3);
    Expr column = vector(10, 20).reshape(2, 1);
    assertValue(row.plus(column), 11, 12, 13, 21, 22, 23);
    assertValue(vector(1, 2, 3).plus(column), 11, 12, 13, 21, 22, 23);
    assertValue(Expr.constant(5).broadcastTo(new Shape(2, 1)), 5, 5);
    assertEquals(new Shape(2, 3, 4), in(2, 1, 1).plus(in(3, 1)).plus(in(4)).shape());
  }

  private static Expr in(int... dims) {
    return Expr.input("in", dims);
  }

  @Test
  void moving() {
    Expr x = matrix(2, 1, 2, 3, 4, 5, 6);
    assertValue(x.transpose(), 1, 4, 2, 5, 3, 6);
    assertValue(x.transpose(-1, 0), 1, 4, 2, 5, 3, 6);
    assertValue(x.reshape(3, 2).slice(0, 1, 2), 3, 4);
    assertValue(x.slice(1, 1, 3), 2, 3, 5, 6);
    assertValue(x.slice(-1, 2, 2));
    assertValue(x.get(0, 1), 4, 5, 6);
    assertValue(x.get(1, 1), 2, 5);
    assertValue(x.pad(1, 1, 0), 0, 1, 2, 3, 0, 4, 5, 6);
    assertValue(x.pad(0, 0, 1), 1, 2, 3, 4, 5, 6, 0, 0, 0);
    assertValue(x.reverse(1), 3, 2, 1, 6, 5, 4);
    assertValue(x.reverse(0), 4, 5, 6, 1, 2, 3);
    assertValue(Expr.concat(1, List.of(x, vector(7, 8).insertAxis(1))), 1, 2, 3, 7, 4, 5, 6, 8);
    assertValue(Expr.concat(0, List.of(x, x.slice(0, 0, 1))), 1, 2, 3, 4, 5, 6, 1, 2, 3);
    assertValue(Expr.stack(0, List.of(vector(1, 2), vector(3, 4))), 1, 2, 3, 4);
    assertValue(Expr.stack(-1, List.of(vector(1, 2), vector(3, 4))), 1, 3, 2, 4);
  }

  @Test
  void reducing() {
    Expr x = matrix(2, 1, 2, 3, 4, 5, 6);
    assertValue(x.sum(), 21);
    assertValue(x.sum(0), 5, 7, 9);
    assertValue(x.sum(-1), 6, 15);
    assertValue(x.sum(1, 0), 21);
    assertValue(x.mean(), 3.5);
    assertValue(x.mean(1), 2, 5);
    assertValue(x.max(0), 4, 5, 6);
    assertValue(x.max(1), 3, 6);
    assertValue(vector(0, Math.log(3)).softmax(0), 0.25, 0.75);
    assertValue(vector(0, Math.log(3)).logSumExp(0), Math.log(4));
    assertValue(Expr.constant(3).sum(), 3);
  }

  @Test
  void products() {
    Expr a = matrix(2, 1, 2, 3, 4);
    Expr b = matrix(2, 5, 6, 7, 8);
    assertValue(a.matmul(b), 19, 22, 43, 50);
    assertValue(a.reshape(2, 1, 2).matmul(b.reshape(2, 2, 1)), 17, 53);
    assertValue(a.reshape(2, 1, 2).matmul(b), 19, 22, 43, 50);
  }

  /** An empty batch goes through, forwards and backwards. */
  @Test
  void emptyAxes() {
    Expr none = Expr.zeros(new Shape(0, 3));
    assertValue(none.sum(0), 0, 0, 0);
    assertValue(none.sum(1));
    assertValue(none.matmul(matrix(3, 1, 2, 3)));
    assertValue(none.transpose().matmul(none), 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertValue(none.reshape(0, 1, 3).matmul(matrix(3, 1, 2, 3)));
    assertValue(Expr.zeros(new Shape(2, 1, 0)).matmul(none), 0, 0, 0, 0, 0, 0);
    assertValue(none.reverse(0).pad(0, 1, 0), 0, 0, 0);
    assertValue(Expr.concat(0, List.of(none, matrix(1, 1, 2, 3))), 1, 2, 3);
    Expr w = matrix(3, 1, 2, 3);
    Expr batch = Expr.input("batch", 0, 3);
    Expr gradient = Vjp.gradient(batch.matmul(w).tanh().sum(), List.of(w)).getFirst();
    var graph = new Graph(List.of(batch), gradient);
    DoubleTensor value =
        Interpreter.run(graph, List.of(DoubleTensor.zeros(new Shape(0, 3)))).getFirst();
    assertArrayEquals(new double[3], value.toArray());
    assertThrows(IllegalArgumentException.class, () -> none.max(0));
  }

  /** Running sums: the value made at step t stands at index t, forwards and backwards. */
  @Test
  void loops() {
    Expr xs = vector(1, 2, 4);
    Scan.Step add = (c, x) -> List.of(c.getFirst().plus(x.getFirst()));
    Scan.Result forward = Scan.of(List.of(Expr.constant(10)), List.of(xs), false, add);
    assertValue(forward.last().getFirst(), 17);
    assertValue(forward.stacks().getFirst(), 11, 13, 17);
    Scan.Result backward = Scan.of(List.of(Expr.constant(10)), List.of(xs), true, add);
    assertValue(backward.last().getFirst(), 17);
    assertValue(backward.stacks().getFirst(), 17, 16, 14);
    Scan.Result fibonacci =
        Scan.of(
            6,
            List.of(Expr.constant(0), Expr.constant(1)),
            List.of(),
            false,
            (c, _) -> List.of(c.get(1), c.get(0).plus(c.get(1))));
    assertValue(fibonacci.stacks().getFirst(), 1, 1, 2, 3, 5, 8);
  }

  /** Ties of maximum, minimum and max share in equal parts; |x| is flat at 0; elu is smooth. */
  @Test
  void derivativesAtKinks() {
    Expr x = vector(0, 1);
    Expr y = vector(0, 2);
    assertGradient(Expr::abs, x, 0, 1);
    assertGradient(Expr::relu, x, 0.5, 1);
    assertGradient(Expr::elu, x, 1, 1);
    assertGradient(z -> z.maximum(y), x, 0.5, 0);
    assertGradient(z -> z.minimum(y), x, 0.5, 1);
    assertGradient(z -> z.max(0), vector(3, 1, 3, 3), 1.0 / 3, 0, 1.0 / 3, 1.0 / 3);
    assertGradient(z -> z.sign().plus(z.lessThan(y)).plus(z.detach()), x, 0, 0);
    assertGradient(z -> Expr.select(z, z.times(3), z.times(5)), x, 5, 3);
  }

  /** Powers are differentiable at 0 wherever the formula has a limit, in base and exponent. */
  @Test
  void powersAtZero() {
    Expr zero = vector(0, 0, 0);
    Expr exponents = vector(1, 2, 3);
    assertGradient(a -> a.power(exponents), zero, 1, 0, 0);
    assertGradient(b -> zero.power(b), exponents, 0, 0, 0);
    assertGradient(a -> a.power(Expr.constant(2)), vector(-3, 0), -6, 0);
    assertGradient(a -> a.power(vector(0, 0)), vector(-3, 0), 0, 0);
    Expr a = vector(0);
    Expr first = Vjp.gradient(a.power(Expr.constant(2)).sum(), List.of(a)).getFirst();
    assertValue(Vjp.gradient(first.sum(), List.of(a)).getFirst(), 2);
  }

  private static void assertGradient(
      java.util.function.UnaryOperator<Expr> f, Expr x, double... expected) {
    Expr variable = Expr.input("x", x.shape());
    Expr y = f.apply(variable);
    Expr backward = Vjp.gradient(y.sum(), List.of(variable)).getFirst();
    assertValue(at(backward, variable, x), expected);
    for (int i = 0; i < expected.length; i++) {
      Expr unit = Expr.ones(new Shape(1)).pad(0, i, expected.length - 1 - i);
      Expr forward = Jvp.of(List.of(y.sum()), List.of(variable), List.of(unit)).getFirst();
      assertValue(at(forward, variable, x), expected[i]);
    }
  }

  private static Expr at(Expr y, Expr variable, Expr value) {
    return Graph.substitute(List.of(y), Map.of(variable, value)).getFirst();
  }

  @Test
  void inputsOfEitherPrecisionInOrder() {
    Expr a = Expr.input("a", 2);
    Expr b = Expr.input("b", 2);
    var x = DoubleTensor.zeros(new Shape(2));
    x.fill(3);
    var y = FloatTensor.zeros(new Shape(2));
    y.fill(0.5);
    var graph = new Graph(List.of(a, b), a.minus(b));
    assertArrayEquals(new double[] {2.5, 2.5}, run(graph, x, y));
  }

  private static double[] run(Graph graph, Tensor... inputs) {
    return Interpreter.run(graph, List.of(inputs)).getFirst().toArray();
  }

  /** Changing a result changes neither the input, nor the constant, nor another result. */
  @Test
  void resultsAreCopies() {
    Expr a = Expr.input("a", 2);
    Expr c = vector(1, 2);
    var value = DoubleTensor.zeros(new Shape(2));
    var graph = new Graph(List.of(a), List.of(a, c, a));
    List<DoubleTensor> outputs = Interpreter.run(graph, List.of(value));
    outputs.forEach(output -> output.fill(9));
    assertEquals(0, value.at(0));
    assertNotSame(outputs.get(0), outputs.get(2));
    assertArrayEquals(new double[] {1, 2}, Interpreter.run(graph, List.of(value)).get(1).toArray());
  }

  @Test
  void wrongInputsAreRefused() {
    var graph = new Graph(List.of(in(2)), Expr.constant(1));
    var none = assertThrows(IllegalArgumentException.class, () -> run(graph));
    assertEquals(
        "expected 1 inputs, got 0; give one tensor each for [in], in this order",
        none.getMessage());
    var shape =
        assertThrows(
            IllegalArgumentException.class, () -> run(graph, DoubleTensor.zeros(new Shape(3))));
    assertEquals(
        "input 'in': expected shape [2], got [3]; tensors stand in the order of the graph's inputs",
        shape.getMessage());
  }

  @Test
  void constantsKeepTheirValue() {
    var value = DoubleTensor.zeros(new Shape(2));
    Expr constant = Expr.constant(value);
    value.fill(7);
    assertValue(constant, 0, 0);
    assertTrue(new Constant(value).equals(new Constant(value)));
  }
}
