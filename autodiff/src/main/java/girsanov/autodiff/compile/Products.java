package girsanov.autodiff.compile;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Linear;
import girsanov.autodiff.MatMul;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * A sum of thin matrix products as one product, whose result is written once:
 *
 * <pre>
 *   A₁·B₁ + A₂·B₂ + … = [A₁ A₂ …]·[B₁; B₂; …]
 * </pre>
 *
 * <p>Gradients are such sums where a weight or a state is used several times.
 */
final class Products {
  private Products() {}

  /** Whether joining the factors moves fewer numbers than adding the products up. */
  static boolean pays(List<Expr> products) {
    if (products.size() < 2) {
      return false;
    }
    Shape sum = products.getFirst().shape();
    long m = sum.dim(-2);
    long n = sum.dim(-1);
    long k = products.stream().mapToLong(product -> terms(product)).sum();
    return k * (m + n) < (products.size() - 1) * 2L * m * n;
  }

  /** Products of one shape as one. */
  static Expr sum(List<Expr> products) {
    boolean transposed = products.stream().allMatch(product -> isTransposed(left(product)));
    List<Expr> lefts = products.stream().map(Products::left).toList();
    Expr a =
        transposed
            ? Expr.concat(-2, lefts.stream().map(Products::left).toList()).transpose()
            : Expr.concat(-1, lefts);
    Expr b = Expr.concat(-2, products.stream().map(product -> product.args().get(1)).toList());
    return a.matmul(b);
  }

  static boolean isProduct(Expr x) {
    return x.op() instanceof MatMul;
  }

  private static Expr left(Expr x) {
    return x.args().getFirst();
  }

  private static int terms(Expr product) {
    return left(product).shape().dim(-1);
  }

  /** Whether a factor is a matrix, or each of several, with rows and columns exchanged. */
  private static boolean isTransposed(Expr x) {
    return x.op() instanceof Linear.Transpose && x.op().equals(left(x).transpose().op());
  }
}
