package girsanov.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RematerializationTest {
  private static final int WIDTH = 32;

  @Test
  void storesTheSlopeOfATanhAndNotTheProductUnderIt() {
    // 1 − tanh², all that the derivative reads.
    assertEquals(List.of("minus"), stored(p -> p.tanh()));
  }

  @Test
  void storesTheProductUnderASiluAndComputesTheSigmoidAgain() {
    assertEquals(List.of("matmul"), stored(p -> p.times(p.sigmoid())));
  }

  /** The slope of softplus follows from its value; and seen as a factor, that leaves the loop. */
  @Test
  void storesAFactorAndNotItsTranspose() {
    Expr x = Expr.input("x", 4, 2);
    Expr in = Expr.input("in", 2, WIDTH);
    Expr out = Expr.input("out", WIDTH, 2);
    Expr next = x.plus(x.matmul(in).softplus().matmul(out));
    assertEquals(
        List.of("softplus"),
        stored(new Scan(new Graph(List.of(x, in, out), next), 1, 0, 5, false)));
  }

  @Test
  void computesArithmeticAgainFromTheCarry() {
    Expr x = Expr.input("x", 4, WIDTH);
    Scan scan = scan(x, x.times(x).plus(1));
    assertEquals(List.of(), stored(scan));
  }

  @Test
  void computesThinProductsAgain() {
    Expr x = Expr.input("x", 4, 3);
    Expr weight = Expr.input("weight", 3, 3);
    Scan scan = new Scan(new Graph(List.of(x, weight), x.matmul(weight).square()), 1, 0, 5, false);
    assertEquals(List.of(), stored(scan));
  }

  private static List<String> stored(UnaryOperator<Expr> activation) {
    Expr x = Expr.input("x", 4, WIDTH);
    Expr weight = Expr.input("weight", WIDTH, WIDTH);
    Expr next = x.plus(activation.apply(x.matmul(weight)));
    return stored(new Scan(new Graph(List.of(x, weight), next), 1, 0, 5, false));
  }

  private static Scan scan(Expr x, Expr next) {
    return new Scan(new Graph(List.of(x), next), 1, 0, 5, false);
  }

  private static List<String> stored(Scan scan) {
    Expr cotangent =
        Expr.input("cotangent", new Shape(scan.body().inputs().getFirst().shape().dims()));
    List<Expr> backward = Vjp.of(scan.body().outputs(), List.of(cotangent), scan.body().inputs());
    return Rematerialization.stored(scan, backward).stream().map(v -> v.op().symbol()).toList();
  }
}
