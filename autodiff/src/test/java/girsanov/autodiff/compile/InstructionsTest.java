package girsanov.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Scan;
import girsanov.tensor.Precision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What programs print shows how they run. */
class InstructionsTest {

  @Test
  void tilesGoOnOverTheEndOfABlock() {
    Expr x = Expr.input("x", 32, 6);
    Expr w = Expr.input("w", 6, 30);
    Expr y = x.insertAxis(-1).times(w).sin();
    assertPrints("over 192x30 by 24x30, every 6 rows", List.of(x, w), y);
  }

  @Test
  void aNarrowWeightsGradientIsMadeTheOtherWayRound() {
    Expr x = Expr.input("x", 200, 128);
    Expr dy = Expr.input("dy", 200, 4);
    assertPrints("of 4x200x128", List.of(x, dy), x.transpose().matmul(dy));
  }

  /** 112 columns of 100, not 128: whole vectors, not whole panels. */
  @Test
  void packedFactorsTakeWholeVectors() {
    Expr x = Expr.input("x", 8, 100);
    Expr w = Expr.input("w", 100, 100);
    Scan.Result steps =
        Scan.of(3, List.of(x), List.of(), false, (c, _) -> List.of(c.getFirst().matmul(w)));
    Program program =
        Program.compile(new Graph(List.of(x, w), steps.last().getFirst()), Precision.FLOAT);
    assertTrue(program.toString().contains("pack "), program.toString());
    assertTrue(program.workBytes() < 4 * (100 * 112 + 3 * 900), program.toString());
  }

  /** As the cotangent of a state is: part of it through the weights, the rest beside them. */
  @Test
  void aProductIsAddedToWhatIsComputedBefore() {
    Expr x = Expr.input("x", 8, 100);
    Expr w = Expr.input("w", 100, 100);
    Expr kept = x.sin();
    Expr changed = x.minus(kept).tanh();
    assertPrints("matmul out0/100,1 += ", List.of(x, w), kept.plus(changed.matmul(w)));
  }

  /** Later there is the sum. */
  @Test
  void notWhereThatIsReadLater() {
    Expr x = Expr.input("x", 8, 100);
    Expr w = Expr.input("w", 100, 100);
    Expr kept = x.sin();
    Expr sum = kept.plus(x.matmul(w));
    String text =
        Program.compile(new Graph(List.of(x, w), sum.matmul(w).times(kept)), Precision.FLOAT)
            .toString();
    assertFalse(text.contains(" += "), text);
  }

  private static void assertPrints(String part, List<Expr> inputs, Expr output) {
    String text = Program.compile(new Graph(inputs, output), Precision.FLOAT).toString();
    assertTrue(text.contains(part), text);
  }
}
