package girsanov.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.autodiff.GradientCheck.Function;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives of loops to third order, by every kind of argument, together and alone. */
class ScanGradientTest {
  private static final DoubleTensor CARRY = tensor(1, 2);
  private static final DoubleTensor OTHER = tensor(2, 1, 2);
  private static final DoubleTensor WEIGHT = tensor(3, 2, 2);

  /** Which of the five arguments of {@link #loop} are differentiated: one bit each. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 5, 10, 17, 24, 31})
  void everySubsetOfArguments(int subset) {
    for (boolean reverse : new boolean[] {false, true}) {
      List<DoubleTensor> all = List.of(CARRY, OTHER, tensor(4, 3, 2), WEIGHT, tensor(5, 2));
      var active = new ArrayList<DoubleTensor>();
      for (int i = 0; i < all.size(); i++) {
        if ((subset >> i & 1) == 1) {
          active.add(all.get(i));
        }
      }
      Function f =
          x -> {
            var args = new ArrayList<Expr>();
            int next = 0;
            for (int i = 0; i < all.size(); i++) {
              args.add((subset >> i & 1) == 1 ? x.get(next++) : Expr.constant(all.get(i)));
            }
            return items(loop(args, reverse));
          };
      GradientCheck.check(f, active, subset == 31 ? 2 : 3);
    }
  }

  /**
   * Two coupled carries c {@code [2]} and m {@code [1, 2]}, an x, a weight, and a bias that only
   * the second carry sees.
   */
  private static Scan.Result loop(List<Expr> in, boolean reverse) {
    return Scan.of(
        in.subList(0, 2),
        List.of(in.get(2)),
        reverse,
        (carries, xs) -> {
          Expr c = carries.get(0);
          Expr m = carries.get(1);
          Expr next = m.matmul(in.get(3)).reshape(2).plus(xs.getFirst()).tanh();
          return List.of(next, m.times(0.5).plus(in.get(4).times(c).sin()));
        });
  }

  private static List<Expr> items(Scan.Result result) {
    var items = new ArrayList<>(result.last());
    items.addAll(result.stacks());
    return items;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneStep(boolean reverse) {
    var x = List.of(CARRY, OTHER, tensor(4, 1, 2), WEIGHT, tensor(5, 2));
    GradientCheck.check(in -> items(loop(in, reverse)), x, 2);
  }

  /** Carries that change places, are replaced, or stay; an output that is an input. */
  @Test
  void carriesThatPassThrough() {
    Function f =
        in ->
            items(
                Scan.of(
                    List.of(in.get(0), in.get(1), in.get(1), in.get(0)),
                    List.of(in.get(2)),
                    false,
                    (c, x) -> List.of(c.get(1), c.get(0), c.get(2), x.getFirst())));
    GradientCheck.check(f, List.of(CARRY, tensor(6, 2), tensor(7, 3, 2)), 2);
  }

  /** The same node is the first carry, an x and a constant of the body. */
  @Test
  void oneNodeInEveryRole() {
    Function f =
        in -> {
          Expr matrix = in.getFirst().sin();
          Expr row = matrix.get(0, 0);
          Scan.Result result =
              Scan.of(
                  List.of(row, row),
                  List.of(matrix, matrix),
                  true,
                  (c, x) ->
                      List.of(
                          c.get(0).times(row).plus(x.get(1)),
                          x.get(0).times(c.get(0)).plus(matrix.sum(0))));
          return items(result);
        };
    GradientCheck.check(f, List.of(tensor(8, 3, 2)), 3);
  }

  /** A carry that only counts, and one that a detached value feeds. */
  @Test
  void carriesWithoutDerivative() {
    Function f =
        in ->
            items(
                Scan.of(
                    3,
                    List.of(in.getFirst(), Expr.constant(1), Expr.zeros(new Shape(2))),
                    List.of(),
                    false,
                    (c, _) ->
                        List.of(
                            c.get(0).times(c.get(1)).sin(),
                            c.get(1).plus(0.5),
                            c.get(2).plus(in.getFirst().sign()))));
    GradientCheck.check(f, List.of(tensor(9, 2)), 3);
  }

  /** The inner loop reads the outer carry, the outer slice, and a node outside both. */
  @Test
  void loopInLoop() {
    Function f =
        in ->
            items(
                Scan.of(
                    List.of(in.get(0)),
                    List.of(in.get(1)),
                    false,
                    (c, x) -> {
                      Scan.Result inner =
                          Scan.of(
                              List.of(c.getFirst()),
                              List.of(in.get(2)),
                              true,
                              (d, y) ->
                                  List.of(
                                      d.getFirst()
                                          .times(c.getFirst())
                                          .plus(x.getFirst().times(y.getFirst()))
                                          .sin()));
                      return List.of(
                          inner.last().getFirst().plus(inner.stacks().getFirst().get(0, 1)));
                    }));
    GradientCheck.check(f, List.of(tensor(1, 2), tensor(2, 2, 2), tensor(3, 2, 2)), 3);
  }

  /** The items of a first loop are captured by the body of a second, of a loop inside it. */
  @Test
  void itemsAreCaptured() {
    Function f =
        in -> {
          Scan.Result first =
              Scan.of(3, in, List.of(), false, (c, _) -> List.of(c.getFirst().sin().times(1.3)));
          Expr stack = first.stacks().getFirst();
          Expr last = first.last().getFirst();
          return items(
              Scan.of(
                  2,
                  List.of(last),
                  List.of(),
                  false,
                  (c, _) ->
                      Scan.of(
                              List.of(c.getFirst().times(last)),
                              List.of(stack),
                              false,
                              (d, x) -> List.of(d.getFirst().plus(x.getFirst().times(last))))
                          .last()));
        };
    GradientCheck.check(f, List.of(tensor(10, 2)), 3);
  }

  /** A derivative taken inside the body is differentiated with it. */
  @Test
  void derivativeInsideTheBody() {
    Function f =
        in ->
            items(
                Scan.of(
                    3,
                    List.of(in.get(0)),
                    List.of(),
                    false,
                    (c, _) -> {
                      Expr energy = c.getFirst().times(in.get(1)).sin().sum();
                      Expr force = Vjp.gradient(energy, c).getFirst();
                      Expr speed =
                          Jvp.of(List.of(force), List.of(in.get(1)), List.of(c.getFirst()))
                              .getFirst();
                      return List.of(c.getFirst().minus(force.times(0.3)).plus(speed));
                    }));
    GradientCheck.check(f, List.of(tensor(11, 2), tensor(12, 2)), 2);
  }

  /** A recurrent weight used whole, in part and transposed. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void recurrentWeight(boolean reverse) {
    Function f =
        in -> {
          Expr w = in.get(1);
          return items(
              Scan.of(
                  List.of(in.get(0)),
                  List.of(in.get(2)),
                  reverse,
                  (c, x) -> {
                    Expr h = c.getFirst();
                    Expr gates = h.matmul(w).plus(in.get(3)).sin();
                    Expr left = h.matmul(w.slice(1, 0, 4)).times(gates.slice(1, 4, 8));
                    Expr right = x.getFirst().matmul(w.transpose()).times(0.3);
                    return List.of(left.plus(right).tanh());
                  }));
        };
    List<DoubleTensor> x = List.of(tensor(1, 1, 4), tensor(2, 4, 8), tensor(3, 3, 1, 8), tensor(4));
    GradientCheck.check(f, x, 2);
  }

  /** What does not depend on a step is computed outside; numbers stay inside. */
  @Test
  void bodyIsClosedAndLean() {
    Expr w = Expr.input("w", 2);
    Expr c = Expr.input("c", 2);
    Scan.Result result =
        Scan.of(
            4,
            List.of(c),
            List.of(),
            false,
            (carry, _) -> List.of(carry.getFirst().times(w.exp().sum()).plus(2)));
    Expr node = result.last().getFirst().args().getFirst();
    Scan scan = (Scan) node.op();
    assertEquals(2, scan.body().inputs().size());
    assertEquals(
        List.of(c.shape(), Shape.scalar()), node.args().stream().map(Expr::shape).toList());
  }

  private static DoubleTensor tensor(int seed, int... dims) {
    return GradientCheckTest.normal(seed, new Shape(dims));
  }
}
