package girsanov.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.ExampleGraphs.Example;
import girsanov.tensor.DoubleTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExampleGraphsTest {
  static List<Example> examples() {
    return ExampleGraphs.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runsAndIsFinite(Example example) {
    List<DoubleTensor> outputs = Interpreter.run(example.graph(), example.inputs());
    for (int i = 0; i < outputs.size(); i++) {
      assertEquals(example.graph().outputs().get(i).shape(), outputs.get(i).shape());
      assertTrue(Arrays.stream(outputs.get(i).toArray()).allMatch(Double::isFinite));
    }
  }

  /** ⟨dy, J·dx⟩ = ⟨Jᵀ·dy, dx⟩ holds exactly, at kinks too, whatever the graph. */
  @ParameterizedTest
  @MethodSource("examples")
  void modesAreAdjoint(Example example) {
    Graph graph = example.graph();
    List<Expr> dx = graph.inputs().stream().map(x -> Expr.input("dx", x.shape())).toList();
    List<Expr> dy = graph.outputs().stream().map(y -> Expr.input("dy", y.shape())).toList();
    Expr forward = dot(dy, Jvp.of(graph.outputs(), graph.inputs(), dx));
    Expr backward = dot(dx, Vjp.of(graph.outputs(), dy, graph.inputs()));
    var inputs = new ArrayList<>(graph.inputs());
    inputs.addAll(dx);
    inputs.addAll(dy);
    var values = new ArrayList<>(example.inputs());
    for (Expr input : inputs.subList(values.size(), inputs.size())) {
      values.add(GradientCheckTest.normal(values.size(), input.shape()));
    }
    var both = Interpreter.run(new Graph(inputs, List.of(forward, backward)), values);
    double expected = both.getFirst().at(0);
    assertEquals(expected, both.getLast().at(0), 1e-9 * (1 + Math.abs(expected)));
  }

  private static Expr dot(List<Expr> a, List<Expr> b) {
    Expr sum = Expr.constant(0);
    for (int i = 0; i < a.size(); i++) {
      sum = sum.plus(a.get(i).times(b.get(i)).sum());
    }
    return sum;
  }

  @Test
  void namesAreDistinct() {
    Set<String> names = new HashSet<>();
    ExampleGraphs.all().forEach(example -> assertTrue(names.add(example.name()), example.name()));
  }
}
