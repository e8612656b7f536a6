package girsanov.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.ExampleGraphs;
import girsanov.autodiff.Interpreter;
import girsanov.tensor.Precision;
import girsanov.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

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
