package girsanov.models.nn;

import girsanov.autodiff.Expr;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;

/**
 * A learned tensor: an input of every graph that uses it, and how it starts. Its full name is its
 * place in the model's records, see {@link Parameters}; the name given here is only what a printed
 * graph shows.
 */
public record Parameter(Expr expr, Initial initial) {

  public static Parameter zeros(String name, int... dims) {
    return new Parameter(Expr.input(name, dims), Initial.zeros());
  }

  /** Starts uniform on (−bound, bound). */
  public static Parameter uniform(String name, double bound, int... dims) {
    return new Parameter(Expr.input(name, dims), Initial.uniform(bound));
  }

  /** Starts at given values. */
  public static Parameter of(String name, Tensor value) {
    return new Parameter(Expr.input(name, value.shape()), Initial.of(value));
  }

  public Shape shape() {
    return expr.shape();
  }
}
