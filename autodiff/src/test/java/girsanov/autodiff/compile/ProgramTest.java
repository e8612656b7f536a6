package girsanov.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.ExampleGraphs;
import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Interpreter;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program gives the numbers of the interpreter, on every example graph, in both precisions. */
class ProgramTest {

  @TestFactory
  Stream<DynamicTest> equalsInterpreter() {
    return ExampleGraphs.all().stream()
        .flatMap(
            example ->
                Stream.of(Precision.values())
                    .map(
                        precision ->
                            DynamicTest.dynamicTest(
                                example.name() + " " + precision,
                                () -> compare(example, precision))));
  }

  @Test
  void refusesAnotherNumberOfInputs() {
    Tensor value = Tensor.zeros(Precision.FLOAT, Shape.of(3, 4));
    for (List<Tensor> given : List.of(List.of(value), List.of(value, value, value))) {
      String expected =
          "expected 2 inputs, got %d; give one tensor each for [x, y], in this order"
              .formatted(given.size());
      assertRefused(expected, given);
    }
  }

  @Test
  void refusesAnotherShape() {
    Tensor x = Tensor.zeros(Precision.FLOAT, Shape.of(3, 4));
    Tensor y = Tensor.zeros(Precision.FLOAT, Shape.of(4, 3));
    assertRefused("input 'y': expected shape [3, 4], got [4, 3]", List.of(x, y));
  }

  private static void assertRefused(String expected, List<Tensor> given) {
    Expr x = Expr.input("x", 3, 4);
    Expr y = Expr.input("y", 3, 4);
    Program program = Program.compile(new Graph(List.of(x, y), x.minus(y)), Precision.FLOAT);
    var e = assertThrows(IllegalArgumentException.class, () -> program.run(given));
    assertTrue(e.toString().contains(expected), e.toString());
  }

  /** A layer of no units is nothing, and its sum is 0. */
  @ParameterizedTest
  @EnumSource
  void productsWithoutColumns(Precision precision) {
    Expr x = Expr.input("x", 3, 4);
    Expr w = Expr.input("w", 4, 0);
    Expr product = x.matmul(w);
    Expr layer = product.tanh();
    var graph = new Graph(List.of(x, w), List.of(product, layer, layer.sum(1), layer.sum()));
    List<Tensor> inputs =
        List.of(Tensor.zeros(precision, x.shape()), Tensor.zeros(precision, w.shape()));
    List<Tensor> got = Program.compile(graph, precision).run(inputs);
    List<? extends Tensor> expected = Interpreter.run(graph, inputs);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).toArray(), got.get(i).toArray());
    }
  }

  /**
   * The plan has few gaps, a twentieth and two blocks of 64 bytes at most, and an execution counts
   * what it holds beside it.
   */
  @ParameterizedTest
  @EnumSource
  void memoryIsNearWhatIsAliveAtATime(Precision precision) {
    var wasteful = new ArrayList<String>();
    for (ExampleGraphs.Example example : ExampleGraphs.all()) {
      Program program = Program.compile(example.graph(), precision);
      if (program.workBytes() > 1.05 * program.peakLiveBytes() + 128) {
        wasteful.add(
            example.name() + ": " + program.workBytes() + " of " + program.peakLiveBytes());
      }
      assertTrue(program.workBytes() <= program.newExecution().bytes(), example.name());
    }
    assertEquals(List.of(), wasteful);
  }

  private static void compare(ExampleGraphs.Example example, Precision precision) {
    Program program = Program.compile(example.graph(), precision);
    List<? extends Tensor> expected = Interpreter.run(example.graph(), example.inputs());
    Program.Execution execution = program.newExecution();
    for (int i = 0; i < example.inputs().size(); i++) {
      execution.input(i).copyFrom(example.inputs().get(i));
    }
    for (int repeat = 0; repeat < 2; repeat++) {
      execution.run();
      for (int i = 0; i < expected.size(); i++) {
        assertClose(program, expected.get(i), execution.output(i), precision);
      }
    }
  }

  /** Within 2000 units in the last place of the largest element: matrix products add up. */
  private static void assertClose(
      Program program, Tensor expected, Tensor got, Precision precision) {
    assertEquals(expected.shape(), got.shape());
    double largest = 1e-3;
    for (double value : expected.toArray()) {
      largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    double tolerance = largest * 2000 * (precision == Precision.FLOAT ? 0x1p-24 : 0x1p-53);
    for (int i = 0; i < expected.size(); i++) {
      double e = expected.at(i);
      double g = got.at(i);
      assertTrue(
          e == g || Math.abs(e - g) <= tolerance || (Double.isNaN(e) && Double.isNaN(g)),
          "element " + i + ": expected " + e + ", got " + g + "\n" + program);
    }
  }
}
