package girsanov.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.tensor.DoubleTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Compares derivatives with central differences, in double. For y = f(x) and random directions:
 *
 * <pre>
 *   J·dx  =  (8 [f(x + h·dx) − f(x − h·dx)] − [f(x + 2h·dx) − f(x − 2h·dx)]) / 12h + O(h⁴)
 *   ⟨dy, J·dx⟩ = ⟨Jᵀ·dy, dx⟩
 * </pre>
 *
 * then the same for the functions (x, dx) ↦ J·dx and (x, dy) ↦ Jᵀ·dy, which gives the second order,
 * and so on.
 */
final class GradientCheck {
  private static final double H = 5e-4;
  private static final double TOLERANCE = 2e-7;

  private GradientCheck() {}

  /** A function whose graph can be built over any inputs of the right shapes. */
  interface Function {
    List<Expr> of(List<Expr> x);
  }

  static void check(Function f, List<DoubleTensor> x, int order) {
    check("f", f, x, order, new Random(order));
  }

  private static void check(
      String name, Function f, List<DoubleTensor> x, int order, Random random) {
    List<Expr> inputs = inputs(x);
    List<Expr> outputs = f.of(inputs);
    var graph = new Graph(inputs, outputs);
    List<DoubleTensor> dx = directions(inputs, random);
    List<DoubleTensor> dy = directions(outputs, random);
    Function jvp = z -> Jvp.of(f.of(half(z, x, 0)), half(z, x, 0), half(z, x, 1));
    Function vjp = z -> Vjp.of(f.of(half(z, x, 0)), half(z, x, 1), half(z, x, 0));

    List<DoubleTensor> expected = differences(graph, x, dx);
    List<DoubleTensor> forward = run(jvp, concat(x, dx));
    List<DoubleTensor> backward = run(vjp, concat(x, dy));
    for (int i = 0; i < outputs.size(); i++) {
      assertEquals(outputs.get(i).shape(), forward.get(i).shape(), name);
      for (int k = 0; k < expected.get(i).size(); k++) {
        String where = "jvp of " + name + ", output " + i + " at " + k;
        assertClose(expected.get(i).at(k), forward.get(i).at(k), where);
      }
    }
    for (int i = 0; i < inputs.size(); i++) {
      assertEquals(inputs.get(i).shape(), backward.get(i).shape(), name);
    }
    assertClose(dot(dy, forward), dot(backward, dx), "vjp of " + name);
    if (order > 1) {
      check("jvp of " + name, jvp, concat(x, dx), order - 1, random);
      check("vjp of " + name, vjp, concat(x, dy), order - 1, random);
    }
  }

  private static List<DoubleTensor> run(Function f, List<DoubleTensor> x) {
    List<Expr> inputs = inputs(x);
    return Interpreter.run(new Graph(inputs, f.of(inputs)), x);
  }

  private static List<DoubleTensor> differences(
      Graph graph, List<DoubleTensor> x, List<DoubleTensor> dx) {
    var near = Interpreter.run(graph, moved(x, dx, H));
    var nearBack = Interpreter.run(graph, moved(x, dx, -H));
    var far = Interpreter.run(graph, moved(x, dx, 2 * H));
    var farBack = Interpreter.run(graph, moved(x, dx, -2 * H));
    for (int i = 0; i < near.size(); i++) {
      DoubleTensor y = near.get(i);
      for (int k = 0; k < y.size(); k++) {
        double inner = y.at(k) - nearBack.get(i).at(k);
        double outer = far.get(i).at(k) - farBack.get(i).at(k);
        y.put(k, (8 * inner - outer) / (12 * H));
      }
    }
    return near;
  }

  private static List<DoubleTensor> moved(List<DoubleTensor> x, List<DoubleTensor> dx, double h) {
    var moved = new ArrayList<DoubleTensor>();
    for (int i = 0; i < x.size(); i++) {
      DoubleTensor copy = x.get(i).copy();
      for (int k = 0; k < copy.size(); k++) {
        copy.put(k, copy.at(k) + h * dx.get(i).at(k));
      }
      moved.add(copy);
    }
    return moved;
  }

  private static List<Expr> inputs(List<DoubleTensor> x) {
    return x.stream().map(value -> Expr.input("x", value.shape())).toList();
  }

  private static List<DoubleTensor> directions(List<Expr> nodes, Random random) {
    var directions = new ArrayList<DoubleTensor>();
    for (Expr node : nodes) {
      var direction = DoubleTensor.zeros(node.shape());
      for (int k = 0; k < direction.size(); k++) {
        direction.put(k, random.nextGaussian());
      }
      directions.add(direction);
    }
    return directions;
  }

  /** The point or the direction out of (x, direction). */
  private static List<Expr> half(List<Expr> z, List<DoubleTensor> x, int which) {
    return which == 0 ? z.subList(0, x.size()) : z.subList(x.size(), z.size());
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    var both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  private static double dot(List<DoubleTensor> a, List<DoubleTensor> b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      for (int k = 0; k < a.get(i).size(); k++) {
        sum += a.get(i).at(k) * b.get(i).at(k);
      }
    }
    return sum;
  }

  private static void assertClose(double expected, double actual, String what) {
    assertEquals(expected, actual, TOLERANCE * (1 + Math.abs(expected)), what);
  }
}
