package girsanov.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Scan;
import girsanov.autodiff.Vjp;
import girsanov.tensor.Precision;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ForwardScanTest {

  /** What the backward loop stores must not make the forward loop run twice. */
  @Test
  void aGradientRunsOneLoopForwardAndOneBackward() {
    Expr x = Expr.input("x", 4, 32);
    Expr weight = Expr.input("weight", 32, 32);
    Scan.Result path =
        Scan.of(
            5, List.of(x), List.of(), false, (z, _) -> List.of(z.getFirst().matmul(weight).tanh()));
    Expr loss = path.last().getFirst().square().sum();
    List<Expr> gradient = Vjp.gradient(loss, List.of(x, weight));
    var outputs = List.of(loss, gradient.get(0), gradient.get(1));
    String text =
        Program.compile(new Graph(List.of(x, weight), outputs), Precision.FLOAT).toString();
    assertEquals(2, Pattern.compile("loop 5").matcher(text).results().count(), text);
  }

  /** Of two loops, of which the second reads the first, none runs twice either. */
  @Test
  void loopsThatReadLoopsRunOnceForward() {
    Expr x = Expr.input("x", 4, 32);
    Expr weight = Expr.input("weight", 32, 32);
    Scan.Result first =
        Scan.of(
            5, List.of(x), List.of(), false, (z, _) -> List.of(z.getFirst().matmul(weight).tanh()));
    Scan.Result second =
        Scan.of(
            List.of(x),
            List.of(first.stacks().getFirst()),
            false,
            (z, now) -> List.of(z.getFirst().matmul(weight).tanh().plus(now.getFirst())));
    Expr loss = second.last().getFirst().square().sum();
    var outputs = List.of(loss, Vjp.gradient(loss, List.of(weight)).getFirst());
    String text =
        Program.compile(new Graph(List.of(x, weight), outputs), Precision.FLOAT).toString();
    assertEquals(4, Pattern.compile("loop 5").matcher(text).results().count(), text);
  }
}
