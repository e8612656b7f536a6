package girsanov.autodiff.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Jvp;
import girsanov.autodiff.Scan;
import girsanov.autodiff.Vjp;
import girsanov.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graphs print as one line a node, with the line of the user's code that made it. */
class GraphPrintTest {

  private static void assertPrints(String expected, Graph graph) {
    assertEquals(expected, graph.toString().replaceAll("java:\\d+", "java:#"));
  }

  @Test
  void lossAndGradient() {
    Expr x = Expr.input("x", 4, 2);
    Expr w = Expr.input("w", 2, 3);
    Expr loss = x.matmul(w).tanh().mean();
    assertPrints(
        """
        input  %x [4, 2]
        input  %w [2, 3]
        %0 [4, 3] = matmul(%x, %w)   // GraphPrintTest.java:#
        %1 [4, 3] = tanh(%0)   // GraphPrintTest.java:#
        %2 [] = sum [0, 1](%1)   // GraphPrintTest.java:#
        %3 [] = times(%2, 0.08333333333333333)   // GraphPrintTest.java:#
        %4 [2, 4] = transpose [1, 0](%x)   // GraphPrintTest.java:#
        %5 [4, 3] = broadcast(1.0)   // GraphPrintTest.java:#
        %6 [4, 3] = square(%1)   // GraphPrintTest.java:#
        %7 [4, 3] = minus(%5, %6)   // GraphPrintTest.java:#
        %8 [1, 1] = reshape(0.08333333333333333)   // GraphPrintTest.java:#
        %9 [4, 3] = broadcast(%8)   // GraphPrintTest.java:#
        %10 [4, 3] = times(%7, %9)   // GraphPrintTest.java:#
        %11 [2, 3] = matmul(%4, %10)   // GraphPrintTest.java:#
        return %3, %11
        """,
        new Graph(List.of(x, w), List.of(loss, Vjp.gradient(loss, List.of(w)).getFirst())));
  }

  @Test
  void loop() {
    Expr x = Expr.input("x", 4, 2);
    Expr w = Expr.input("w", 2);
    Scan.Result result =
        Scan.of(
            List.of(Expr.zeros(new Shape(2))),
            List.of(x),
            true,
            (c, xs) -> List.of(c.getFirst().times(w).plus(xs.getFirst()).times(0.5)));
    Expr loss = result.last().getFirst().times(result.stacks().getFirst()).sum();
    assertPrints(
        """
        input  %x [4, 2]
        input  %w [2]
        %0 [2] = broadcast(0.0)   // GraphPrintTest.java:#
        %1 [] = scan 4 reverse(%0, %x, %w)   // GraphPrintTest.java:#
            input  %carry0 [2]
            input  %x0 [2]
            input  %constant0 [2]
            %0 [2] = times(%carry0, %constant0)   // GraphPrintTest.java:#
            %1 [2] = plus(%0, %x0)   // GraphPrintTest.java:#
            %2 [2] = broadcast(0.5)   // GraphPrintTest.java:#
            %3 [2] = times(%1, %2)   // GraphPrintTest.java:#
            return %3
        %2 [2] = item 0(%1)   // GraphPrintTest.java:#
        %3 [4, 2] = broadcast(%2)   // GraphPrintTest.java:#
        %4 [4, 2] = item 1(%1)   // GraphPrintTest.java:#
        %5 [4, 2] = times(%3, %4)   // GraphPrintTest.java:#
        %6 [] = sum [0, 1](%5)   // GraphPrintTest.java:#
        return %6
        """,
        new Graph(List.of(x, w), loss));
  }

  /** Two tangents of one carry have one name; the print tells them apart. */
  @Test
  void namesAreDistinct() {
    Expr x = Expr.input("x", 2);
    Expr last =
        Scan.of(3, List.of(x), List.of(), false, (c, _) -> List.of(c.getFirst().sin()))
            .last()
            .getFirst();
    Expr one = Expr.ones(x.shape());
    Expr slope = Jvp.of(List.of(last), List.of(x), List.of(one)).getFirst();
    Expr curvature = Jvp.of(List.of(slope), List.of(x), List.of(one)).getFirst();
    assertPrints(
        """
        input  %x [2]
        %0 [2] = broadcast(1.0)   // GraphPrintTest.java:#
        %1 [2] = broadcast(0.0)   // GraphPrintTest.java:#
        %2 [] = scan 3(%x, %0, %0, %1)   // GraphPrintTest.java:#
            input  %carry0 [2]
            input  %dcarry0 [2]
            input  %dcarry0' [2]
            input  %ddcarry0 [2]
            %0 [2] = sin(%carry0)   // GraphPrintTest.java:#
            %1 [2] = cos(%carry0)   // GraphPrintTest.java:#
            %2 [2] = times(%1, %dcarry0)   // GraphPrintTest.java:#
            %3 [2] = cos(%carry0)   // GraphPrintTest.java:#
            %4 [2] = times(%3, %dcarry0')   // GraphPrintTest.java:#
            %5 [2] = sin(%carry0)   // GraphPrintTest.java:#
            %6 [2] = negate(%5)   // GraphPrintTest.java:#
            %7 [2] = times(%6, %dcarry0')   // GraphPrintTest.java:#
            %8 [2] = times(%dcarry0, %7)   // GraphPrintTest.java:#
            %9 [2] = times(%1, %ddcarry0)   // GraphPrintTest.java:#
            %10 [2] = plus(%8, %9)   // GraphPrintTest.java:#
            return %0, %2, %4, %10
        %3 [2] = item 3(%2)   // GraphPrintTest.java:#
        return %3
        """,
        new Graph(List.of(x), curvature));
  }

  @Test
  void oneNode() {
    Expr x = Expr.input("x", 4, 2);
    assertEquals(
        "[2] = sum [0][[4, 2]]   // GraphPrintTest.java:#",
        x.sum(0).toString().replaceAll("java:\\d+", "java:#"));
  }
}
