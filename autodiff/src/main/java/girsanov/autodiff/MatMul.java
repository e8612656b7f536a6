package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matrix product C = A·B over the last two axes, {@code [.., m, k] × [.., k, n] → [.., m, n]}; the
 * leading axes are equal.
 *
 * <pre>
 *   JVP   dC = dA·B + A·dB
 *   VJP   dA = dC·Bᵀ,   dB = Aᵀ·dC
 * </pre>
 */
public record MatMul() implements Op {

  /** A·B, where a matrix B on the right serves all leading axes of A. */
  static Expr of(Expr a, Expr b) {
    Shape left = a.shape();
    if (b.shape().rank() == 2 && left.rank() > 2 && left.dim(-1) == b.shape().dim(0)) {
      Expr rows = a.reshape(left.without(-1).size(), left.dim(-1));
      return of(rows, b).reshape(left.with(-1, b.shape().dim(1)));
    }
    return Expr.of(new MatMul(), List.of(a, b));
  }

  @Override
  public String symbol() {
    return "matmul";
  }

  @Override
  public Shape shape(List<Shape> args) {
    Shape a = args.getFirst();
    Shape b = args.getLast();
    int rank = a.rank();
    boolean fits = args.size() == 2 && rank >= 2 && b.rank() == rank && a.dim(-1) == b.dim(-2);
    for (int i = 0; fits && i < rank - 2; i++) {
      fits = a.dim(i) == b.dim(i);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "matmul: expected [.., m, k] times [.., k, n] with equal leading axes, got " + args);
    }
    int[] dims = a.dims();
    dims[rank - 1] = b.dim(-1);
    return new Shape(dims);
  }

  @Override
  public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
    DoubleTensor a = args.get(0);
    DoubleTensor b = args.get(1);
    int m = a.shape().dim(-2);
    int k = a.shape().dim(-1);
    int n = b.shape().dim(-1);
    var c = DoubleTensor.zeros(shape);
    int products = m * n == 0 ? 0 : c.size() / (m * n);
    for (int product = 0; product < products; product++) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int p = 0; p < k; p++) {
            sum += a.at((product * m + i) * k + p) * b.at((product * k + p) * n + j);
          }
          c.put((product * m + i) * n + j, sum);
        }
      }
    }
    return c;
  }

  @Nullable Expr jvp(Expr y, List<@Nullable Expr> dx) {
    Expr da = dx.get(0);
    Expr db = dx.get(1);
    Expr left = da == null ? null : da.matmul(y.args().get(1));
    Expr right = db == null ? null : y.args().get(0).matmul(db);
    return left == null ? right : right == null ? left : left.plus(right);
  }

  List<@Nullable Expr> vjp(Expr y, Expr dy, boolean[] wanted) {
    Expr a = y.args().get(0);
    Expr b = y.args().get(1);
    var dx = new ArrayList<@Nullable Expr>();
    dx.add(wanted[0] ? dy.matmul(b.transpose()) : null);
    dx.add(wanted[1] ? a.transpose().matmul(dy) : null);
    return dx;
  }
}
