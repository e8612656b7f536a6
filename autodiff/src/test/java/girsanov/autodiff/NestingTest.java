package girsanov.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Derivatives of derivatives, nested in many orders, must agree. */
class NestingTest {
  private static final DoubleTensor X = GradientCheckTest.normal(1, new Shape(3));
  private static final List<DoubleTensor> DIRECTIONS =
      List.of(
          GradientCheckTest.normal(2, new Shape(3)),
          GradientCheckTest.normal(3, new Shape(3)),
          GradientCheckTest.normal(4, new Shape(3)));

  /** Scalar functions of {@code [3]}, each the sum of what it is named after. */
  enum Energy {
    ELEMENTWISE(x -> x.sin().times(x.exp()).plus(x.tanh().square().sum())),
    PRODUCT(
        x -> {
          Expr outer = x.insertAxis(1).matmul(x.sin().insertAxis(0));
          return outer.matmul(outer.transpose()).softplus();
        }),
    MOVEMENT(
        x ->
            Expr.concat(0, List.of(x.square(), x.reverse(0).slice(0, 1, 3)))
                .pad(0, 1, 1)
                .times(Expr.concat(0, List.of(x.sum().reshape(1), x, x.exp())))),
    MAX(x -> x.times(x.max(0)).softmax(0).times(x.square()).logSumExp(0)),
    SCAN(x -> loop(x, false).stacks().getFirst().square()),
    SCAN_REVERSED(x -> loop(x, true).last().getFirst().times(x)),
    SCAN_OF_SCAN(
        x ->
            Scan.of(2, List.of(x), List.of(), false, (c, _) -> loop(c.getFirst(), true).last())
                .last()
                .getFirst()
                .sin()),
    GRADIENT_INSIDE(
        x -> {
          Expr potential = x.sin().sum().square().plus(x.power(Expr.constant(3)).sum());
          Expr force = Vjp.gradient(potential, List.of(x)).getFirst();
          return force.square().plus(force.times(x));
        });

    private final UnaryOperator<Expr> terms;

    Energy(UnaryOperator<Expr> terms) {
      this.terms = terms;
    }

    Expr of(Expr x) {
      return terms.apply(x).sum();
    }

    private static Scan.Result loop(Expr x, boolean reverse) {
      return Scan.of(
          List.of(x),
          List.of(x.square()),
          reverse,
          (c, s) -> List.of(c.getFirst().times(x).plus(s.getFirst()).sin()));
    }
  }

  /** The derivative of a scalar along v, forwards or backwards. */
  private static Expr along(Expr y, Expr x, Expr v, boolean forward) {
    return forward
        ? Jvp.of(List.of(y), List.of(x), List.of(v)).getFirst()
        : Vjp.gradient(y, List.of(x)).getFirst().times(v).sum();
  }

  /** D³f[u, v, w] by eight choices of mode and six orders of the directions. */
  @ParameterizedTest
  @EnumSource
  void thirdDerivativesAgreeInEveryOrder(Energy energy) {
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    Expr x = Expr.input("x", 3);
    List<Expr> v = DIRECTIONS.stream().map(Expr::constant).toList();
    var outputs = new ArrayList<Expr>();
    for (int[] order : orders) {
      for (int modes = 0; modes < 8; modes++) {
        Expr y = energy.of(x);
        for (int k = 0; k < 3; k++) {
          y = along(y, x, v.get(order[k]), (modes >> k & 1) == 1);
        }
        outputs.add(y);
      }
    }
    List<Double> values = values(x, outputs);
    double scale = Math.abs(values.getFirst()) + 1;
    values.forEach(value -> assertEquals(values.getFirst(), value, 1e-10 * scale));
  }

  /** The whole Hessian, by every pair of modes, is one symmetric matrix. */
  @ParameterizedTest
  @EnumSource
  void hessianIsSymmetric(Energy energy) {
    Expr x = Expr.input("x", 3);
    Expr gradient = Vjp.gradient(energy.of(x), List.of(x)).getFirst();
    var outputs = new ArrayList<Expr>();
    for (int i = 0; i < 3; i++) {
      Expr unit = Expr.ones(new Shape(1)).pad(0, i, 2 - i);
      Expr slope = Jvp.of(List.of(energy.of(x)), List.of(x), List.of(unit)).getFirst();
      outputs.add(Jvp.of(List.of(gradient), List.of(x), List.of(unit)).getFirst());
      outputs.add(Vjp.of(List.of(gradient), List.of(unit), List.of(x)).getFirst());
      outputs.add(Vjp.gradient(slope, List.of(x)).getFirst());
    }
    List<DoubleTensor> rows = Interpreter.run(new Graph(List.of(x), outputs), List.of(X));
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        double expected = rows.get(3 * i).at(k);
        assertEquals(expected, rows.get(3 * k).at(i), 1e-10 * (1 + Math.abs(expected)));
      }
      for (int mode = 1; mode < 3; mode++) {
        double[] other = rows.get(3 * i + mode).toArray();
        double scale = 1 + Arrays.stream(other).map(Math::abs).max().orElse(0);
        assertArrayEquals(rows.get(3 * i).toArray(), other, 1e-10 * scale);
      }
    }
  }

  /** ∂/∂x of (∂/∂y of x) is 0, though both perturb by one; and ∂/∂x (x·∂/∂y (x + y)) is 1. */
  @Test
  void perturbationsAreNotConfused() {
    Expr x = Expr.input("x");
    Expr y = Expr.input("y");
    Expr one = Expr.constant(1);
    for (int modes = 0; modes < 4; modes++) {
      boolean inner = (modes & 1) == 1;
      boolean outer = (modes & 2) == 2;
      Expr nothing = along(along(x.times(x), y, one, inner), x, one, outer);
      Expr simple = along(x.times(along(x.plus(y), y, one, inner)), x, one, outer);
      Expr product = along(x.times(along(x.times(y), y, one, inner)), x, one, outer);
      var graph = new Graph(List.of(x, y), List.of(nothing, simple, product));
      List<DoubleTensor> values = Interpreter.run(graph, List.of(scalar(3), scalar(5)));
      assertEquals(0, values.get(0).at(0));
      assertEquals(1, values.get(1).at(0));
      assertEquals(6, values.get(2).at(0));
    }
  }

  /**
   * For f homogeneous of degree 3, Df(x)[x] = 3 f(x) (Euler); the tangent is an expression of x.
   */
  @Test
  void tangentMayDependOnThePoint() {
    UnaryOperator<Expr> cubic = x -> x.square().sum().times(x.sum());
    Expr x = Expr.input("x", 3);
    Expr euler = Jvp.of(List.of(cubic.apply(x)), List.of(x), List.of(x)).getFirst();
    Expr again = Jvp.of(List.of(euler), List.of(x), List.of(x)).getFirst();
    List<Double> values = values(x, List.of(cubic.apply(x), euler, again));
    assertEquals(3 * values.get(0), values.get(1), 1e-12);
    assertEquals(9 * values.get(0), values.get(2), 1e-12);
  }

  /** The gradient penalty ‖∇ₓ E(x, w)‖² as a function of x and w. */
  @Test
  void gradientInsideALossIsDifferentiatedAgain() {
    GradientCheck.Function penalty =
        in -> {
          Expr x = in.get(0);
          Expr energy = x.insertAxis(0).matmul(in.get(1)).tanh().square().sum();
          Expr force = Vjp.gradient(energy, List.of(x)).getFirst();
          return List.of(force.square().sum().plus(energy));
        };
    GradientCheck.check(penalty, List.of(X, GradientCheckTest.normal(7, new Shape(3, 2))), 2);
  }

  /**
   * z = F(t, ε) = m(t) + e^{s(t)}·ε for each row of a batch, with weights w; the loss holds ∂F/∂t,
   * the parameter gradient goes through it, and through a scan that sums over time steps.
   */
  @Test
  void timeDerivativeInsideALoss() {
    GradientCheck.Function loss =
        in -> {
          Expr w = in.get(0);
          Expr noise = in.get(1);
          Scan.Result path =
              Scan.of(
                  List.of(Expr.constant(0)),
                  List.of(in.get(2)),
                  false,
                  (c, xs) -> {
                    Expr t = xs.getFirst();
                    Expr h = Expr.concat(1, List.of(t, t.square())).matmul(w).tanh();
                    Expr z = h.slice(1, 0, 2).plus(h.slice(1, 2, 4).exp().times(noise));
                    Expr velocity =
                        Jvp.of(List.of(z), List.of(t), List.of(Expr.ones(t.shape()))).getFirst();
                    Expr miss = velocity.minus(z.sin()).square().sum(1).mean();
                    return List.of(c.getFirst().plus(miss));
                  });
          return List.of(path.last().getFirst());
        };
    List<DoubleTensor> point =
        List.of(
            GradientCheckTest.normal(1, new Shape(2, 4)),
            GradientCheckTest.normal(2, new Shape(3, 2)),
            GradientCheckTest.normal(3, new Shape(2, 3, 1)));
    GradientCheck.check(loss, point, 2);
  }

  /** To differentiate and then insert a node for an input is to insert and then differentiate. */
  @Test
  void substitutionCommutesWithDerivatives() {
    Expr x = Expr.input("x", 3);
    Expr y = Expr.input("y", 3);
    Expr f = Energy.SCAN.of(y);
    Expr first = Vjp.gradient(f, List.of(y)).getFirst();
    Expr inserted = Graph.substitute(List.of(first), java.util.Map.of(y, x.exp())).getFirst();
    Expr point = x.exp();
    Expr direct = Vjp.gradient(Energy.SCAN.of(point), List.of(point)).getFirst();
    List<DoubleTensor> both =
        Interpreter.run(new Graph(List.of(x), List.of(inserted, direct)), List.of(X));
    assertArrayEquals(both.get(0).toArray(), both.get(1).toArray(), 1e-13);
  }

  /** With z = 2x, f = z·x: backwards each gets its total; forwards each moves by its own alone. */
  @Test
  void oneVariableAboveAnother() {
    Expr x = Expr.input("x");
    Expr z = x.times(2);
    Expr f = z.times(x);
    List<Expr> total = Vjp.gradient(f, List.of(z, x));
    Expr one = Expr.constant(1);
    Expr apart = Jvp.of(List.of(f), List.of(z, x), List.of(Expr.constant(0), one)).getFirst();
    Expr twice = Jvp.of(List.of(f), List.of(x, x), List.of(one, one)).getFirst();
    List<Expr> repeated = Vjp.gradient(f, List.of(x, x));
    var outputs = new ArrayList<>(total);
    outputs.addAll(List.of(apart, twice));
    outputs.addAll(repeated);
    List<DoubleTensor> values = Interpreter.run(new Graph(List.of(x), outputs), List.of(scalar(5)));
    double[] expected = {5, 20, 10, 40, 20, 20};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], values.get(i).at(0));
    }
  }

  /** Outputs that are inputs, that are constant, and the same output twice. */
  @Test
  void trivialOutputs() {
    Expr x = Expr.input("x", 3);
    Expr v = Expr.constant(DIRECTIONS.getFirst());
    Expr fixed = Expr.constant(X);
    List<Expr> forward = Jvp.of(List.of(x, fixed, x), List.of(x), List.of(v));
    Expr back = Vjp.of(List.of(x, fixed, x), List.of(v, v, v), List.of(x)).getFirst();
    var outputs = new ArrayList<>(forward);
    outputs.add(back);
    List<DoubleTensor> values = Interpreter.run(new Graph(List.of(x), outputs), List.of(X));
    double[] direction = DIRECTIONS.getFirst().toArray();
    assertArrayEquals(direction, values.get(0).toArray());
    assertArrayEquals(new double[3], values.get(1).toArray());
    assertArrayEquals(direction, values.get(2).toArray());
    assertArrayEquals(Arrays.stream(direction).map(d -> 2 * d).toArray(), values.get(3).toArray());
  }

  private static List<Double> values(Expr x, List<Expr> outputs) {
    return Interpreter.run(new Graph(List.of(x), outputs), List.of(X)).stream()
        .map(y -> y.at(0))
        .toList();
  }

  private static DoubleTensor scalar(double value) {
    var x = DoubleTensor.zeros(Shape.scalar());
    x.put(0, value);
    return x;
  }
}
