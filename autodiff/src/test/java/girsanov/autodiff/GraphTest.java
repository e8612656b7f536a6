package girsanov.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Graphs are closed, readable, and as deep or long as they need to be. */
class GraphTest {

  @Test
  void inputsMustBeListedOnceAndBeInputs() {
    Expr x = Expr.input("x", 2);
    Expr y = x.plus(Expr.input("forgotten", 2));
    assertRefused("input 'forgotten' [2] from", () -> new Graph(List.of(x), y));
    assertRefused("expected inputs, each once, got x", () -> new Graph(List.of(x, x), x));
    assertRefused("expected inputs, each once, got plus", () -> new Graph(List.of(y), y));
  }

  /** A carry that leaves its loop is an input of the body, which no graph around it lists. */
  @Test
  void bodyVariablesMustStayInside() {
    Expr x = Expr.input("x", 2);
    Expr[] leaked = {x};
    Scan.Result result =
        Scan.of(
            3,
            List.of(x),
            List.of(),
            false,
            (c, _) -> {
              leaked[0] = c.getFirst();
              return c;
            });
    Expr y = result.last().getFirst().plus(leaked[0]);
    assertRefused("input 'carry0' [2] from", () -> new Graph(List.of(x), y));
  }

  private static void assertRefused(String expected, Runnable graph) {
    var e = assertThrows(IllegalArgumentException.class, graph::run);
    assertTrue(e.toString().contains(expected), e.toString());
  }

  @Test
  void nodesComeAfterTheirArgumentsOnce() {
    for (ExampleGraphs.Example example : ExampleGraphs.all()) {
      Set<Expr> seen = new HashSet<>();
      for (Expr node : example.graph().nodes()) {
        assertTrue(seen.containsAll(node.args()), example.name());
        assertTrue(seen.add(node), example.name());
      }
    }
  }

  @Test
  void substitutionSharesWhatDoesNotChange() {
    Expr x = Expr.input("x", 2);
    Expr y = Expr.input("y", 2);
    Expr shared = y.exp();
    Expr z = x.plus(shared);
    Expr replaced = Graph.substitute(List.of(z), Map.of(x, x.sin())).getFirst();
    assertSame(shared, replaced.args().get(1));
    assertSame(z, Graph.substitute(List.of(z), Map.of()).getFirst());
    assertSame(y, Graph.substitute(List.of(z), Map.of(z, y)).getFirst());
  }

  /** What changes nothing is not built: derivatives would otherwise grow without bound. */
  @Test
  void neutralArithmeticIsLeftOut() {
    Expr x = Expr.input("x", 2, 3);
    assertSame(x, x.plus(0));
    assertSame(x, Expr.constant(0).plus(x));
    assertSame(x, x.minus(0));
    assertSame(x, x.times(1));
    assertSame(x, Expr.ones(new Shape(3)).times(x));
    assertSame(x, x.dividedBy(1));
    assertSame(
        x, x.sum(new int[0]).reshape(2, 3).broadcastTo(x.shape()).slice(0, 0, 2).pad(1, 0, 0));
    assertEquals(Elementwise.NEGATE, x.times(-1).op());
    assertEquals(Elementwise.NEGATE, Expr.constant(0).minus(x).op());
    assertEquals(0, Arithmetic.splatValue(x.times(0)));
    assertEquals(7, Arithmetic.splatValue(Expr.constant(3).times(2).plus(1)));
    Expr wider = Expr.input("y", 1).plus(Expr.zeros(new Shape(4)));
    assertEquals(new Shape(4), wider.shape());
  }

  /** Broadcasting is a node of its own; elementwise nodes see equal shapes only. */
  @Test
  void broadcastingIsExplicit() {
    Expr row = Expr.input("row", 3);
    Expr sum = Expr.input("x", 2, 3).plus(row);
    Expr second = sum.args().get(1);
    assertEquals(new Linear.Broadcast(new Shape(2, 3)), second.op());
    assertSame(row, second.args().getFirst());
    for (ExampleGraphs.Example example : ExampleGraphs.all()) {
      for (Expr node : example.graph().nodes()) {
        if (node.op() instanceof Elementwise) {
          node.args().forEach(arg -> assertEquals(node.shape(), arg.shape()));
        }
      }
    }
  }

  /** Walks are loops, not recursions: a chain of 100 000 nodes builds, differentiates, runs. */
  @Test
  void depthIsNoLimit() {
    Expr x = Expr.input("x");
    Expr y = x;
    for (int i = 0; i < 100_000; i++) {
      y = y.plus(x);
    }
    Expr slope = Vjp.gradient(y, List.of(x)).getFirst();
    var graph = new Graph(List.of(x), List.of(y, slope));
    var value = DoubleTensor.zeros(Shape.scalar());
    value.put(0, 0.5);
    List<DoubleTensor> values = Interpreter.run(graph, List.of(value));
    assertEquals(50_000.5, values.get(0).at(0));
    assertEquals(100_001, values.get(1).at(0));
    assertTrue(graph.toString().lines().count() > 100_000);
  }

  /** Loops that follow one another, each using what came before, cost time in proportion. */
  @Test
  void chainsOfLoopsAreLinear() {
    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          Expr x = Expr.input("x", 2);
          Expr state = x;
          for (int i = 0; i < 1000; i++) {
            Expr before = state;
            Scan.Step step = (c, _) -> List.of(c.getFirst().times(before).plus(x).tanh());
            state = Scan.of(2, List.of(state), List.of(), false, step).last().getFirst();
          }
          Vjp.gradient(state.sum(), List.of(x));
        });
  }
}
