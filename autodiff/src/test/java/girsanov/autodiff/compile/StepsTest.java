package girsanov.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Vjp;
import girsanov.tensor.Precision;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final Expr x = Expr.input("x", 4, 32);
  private final Expr y = Expr.input("y", 4, 32);
  private final Expr z = Expr.input("z", 4, 32);

  @Test
  void productAndSumAreOneStep() {
    assertEquals(List.of("multiply_add"), steps(x.times(y).plus(z)));
    assertEquals(List.of("multiply_add"), steps(z.plus(x.times(y))));
    assertEquals(List.of("subtract_product"), steps(z.minus(x.times(y))));
    assertEquals(List.of("add_scaled"), steps(x.times(3).plus(z)));
    assertEquals(List.of("add_scaled"), steps(z.minus(x.times(3))));
  }

  @Test
  void derivativesOfGatesAreOneStepAfterTheGate() {
    assertEquals(List.of("sigmoid", "sigmoid_slope"), steps(derivative(x.sigmoid())));
    assertEquals(List.of("tanh", "tanh_slope"), steps(derivative(x.tanh())));
    assertEquals(List.of("elu", "elu_slope"), steps(derivative(x.elu())));
    assertEquals(List.of("softplus", "softplus_slope"), steps(derivative(x.softplus())));
  }

  @Test
  void whatIsReadTwiceIsComputedOnce() {
    Expr product = x.times(y);
    assertEquals(List.of("times", "plus", "times"), steps(product.plus(z).times(product)));
  }

  /** Half the derivative of a square: two numbers of which one is a power of two are one. */
  @Test
  void factorsAreJoinedWhereThatIsExact() {
    assertEquals(List.of("plus"), steps(x.times(2).times(0.5).plus(y)));
    assertEquals(List.of("times"), steps(x.times(3).times(0.5)));
    assertEquals(List.of("times", "times"), steps(x.times(3).times(0.3)));
  }

  /** The minus of a factor is that of the product, which a sum takes. */
  @Test
  void aMinusMovesToTheNextSum() {
    assertEquals(List.of("subtract_product"), steps(x.negate().times(y).plus(z)));
    assertEquals(List.of("multiply_add"), steps(z.minus(y.times(x.negate()))));
    assertEquals(List.of("multiply_add"), steps(x.negate().times(y.negate()).plus(z)));
    assertEquals(List.of("times"), steps(x.negate().times(3)));
    assertEquals(List.of("divide", "minus"), steps(z.plus(x.dividedBy(y.negate()))));
    assertEquals(List.of("times", "times", "negate"), steps(x.times(z.negate().times(y))));
  }

  private Expr derivative(Expr f) {
    return Vjp.of(List.of(f), List.of(y), List.of(x)).getFirst();
  }

  private List<String> steps(Expr output) {
    Graph graph = new Graph(List.of(x, y, z), output);
    String text = Program.compile(graph, Precision.FLOAT).toString();
    return Pattern.compile("s\\d+ = (\\w+)\\(")
        .matcher(text)
        .results()
        .map(m -> m.group(1))
        .toList();
  }
}
