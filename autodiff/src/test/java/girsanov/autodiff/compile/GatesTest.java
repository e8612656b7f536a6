package girsanov.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.ExampleGraphs;
import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.tensor.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which gates are found; that their numbers are right, {@link ProgramTest} shows. */
class GatesTest {

  @Test
  void allGatesOfARecurrentUnit() {
    String program = gradient("7 x 20");
    assertEquals(2, count(program, "sigmoid_of_sum"));
    assertEquals(1, count(program, "gru_state"));
    assertEquals(1, count(program, "gru_slopes"));
    assertFalse(program.contains("tanh("), program);
    assertFalse(program.contains("_slope("), program);
  }

  /** A row must have a whole vector, on any machine. */
  @Test
  void notOfNarrowRows() {
    String program = gradient("5 x 7");
    assertEquals(0, count(program, "gru_"));
    assertTrue(program.contains("tanh_slope"), program);
  }

  @Test
  void notWhereTheSumIsReadAgain() {
    Expr x = Expr.input("x", 4, 32);
    Expr y = Expr.input("y", 4, 32);
    Expr sum = x.plus(y);
    var graph = new Graph(List.of(x, y), sum.sigmoid().times(sum));
    assertEquals(0, count(Program.compile(graph, Precision.FLOAT).toString(), "sigmoid_of_sum"));
  }

  private static String gradient(String size) {
    return ExampleGraphs.all().stream()
        .filter(e -> e.name().equals("gradient of gru, gate by gate, " + size))
        .map(e -> Program.compile(e.graph(), Precision.FLOAT).toString())
        .findAny()
        .orElseThrow();
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }
}
