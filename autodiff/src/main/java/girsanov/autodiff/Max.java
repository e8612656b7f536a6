package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Largest value along one axis, which disappears. Ties share the derivative equally: with the
 * weights w = 1[x = y] / Σ 1[x = y], dy = Σ w·dx and dx = w·dy.
 */
public record Max(int axis) implements Op {

  @Override
  public String symbol() {
    return "max " + axis;
  }

  @Override
  public Shape shape(List<Shape> args) {
    if (args.getFirst().dim(axis) == 0) {
      throw new IllegalArgumentException(
          "max: expected at least one element along axis " + axis + ", got " + args.getFirst());
    }
    return args.getFirst().without(axis);
  }

  @Override
  public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
    DoubleTensor x = args.getFirst();
    var y = DoubleTensor.zeros(shape);
    y.fill(Double.NEGATIVE_INFINITY);
    int length = x.shape().dim(axis);
    int inner = x.shape().stride(axis);
    for (int i = 0; i < x.size(); i++) {
      int to = i / (inner * length) * inner + i % inner;
      y.put(to, Math.max(y.at(to), x.at(i)));
    }
    return y;
  }

  @Nullable Expr jvp(Expr y, List<@Nullable Expr> dx) {
    Expr tangent = dx.getFirst();
    return tangent == null ? null : weights(y).times(tangent).sum(axis);
  }

  List<@Nullable Expr> vjp(Expr y, Expr dy, boolean[] wanted) {
    return Collections.singletonList(wanted[0] ? weights(y).times(dy.insertAxis(axis)) : null);
  }

  private Expr weights(Expr y) {
    Expr x = y.args().getFirst();
    Expr largest = x.lessThan(y.insertAxis(axis)).negate().plus(1);
    return largest.dividedBy(largest.sum(axis).insertAxis(axis));
  }
}
