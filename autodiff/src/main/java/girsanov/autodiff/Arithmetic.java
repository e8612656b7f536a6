package girsanov.autodiff;

import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Building of elementwise nodes: broadcasts the arguments to one shape, and leaves out what changes
 * nothing (x + 0, x·1, x·0). Derivative rules produce those in great number, and derivatives of
 * derivatives would grow without bound. x·0 becomes 0 even where x is infinite or NaN.
 */
final class Arithmetic {
  private Arithmetic() {}

  static Expr elementwise(Elementwise f, Expr... args) {
    Shape shape = args[0].shape();
    for (Expr arg : args) {
      shape = common(f, shape, arg.shape(), args);
    }
    var aligned = new ArrayList<Expr>();
    for (Expr arg : args) {
      aligned.add(arg.broadcastTo(shape));
    }
    double[] values = Arrays.stream(args).mapToDouble(Arithmetic::splatValue).toArray();
    if (f != Elementwise.DETACH && Arrays.stream(values).noneMatch(Double::isNaN)) {
      return Expr.constant(f.apply(values)).broadcastTo(shape);
    }
    return Expr.of(f, aligned);
  }

  static Expr plus(Expr a, Expr b) {
    if (splatValue(b) == 0 && covers(a, b)) {
      return a;
    }
    return splatValue(a) == 0 && covers(b, a) ? b : elementwise(Elementwise.PLUS, a, b);
  }

  static Expr minus(Expr a, Expr b) {
    if (splatValue(b) == 0 && covers(a, b)) {
      return a;
    }
    return splatValue(a) == 0 && covers(b, a) ? b.negate() : elementwise(Elementwise.MINUS, a, b);
  }

  static Expr times(Expr a, Expr b) {
    if (Double.isNaN(splatValue(b)) && !Double.isNaN(splatValue(a))) {
      return times(b, a, splatValue(a));
    }
    return times(a, b, splatValue(b));
  }

  private static Expr times(Expr x, Expr splat, double value) {
    if (covers(x, splat)) {
      if (value == 1) {
        return x;
      }
      if (value == -1) {
        return x.negate();
      }
      if (value == 0) {
        return Expr.zeros(x.shape());
      }
    }
    return elementwise(Elementwise.TIMES, x, splat);
  }

  /** The number that all elements equal, if the node says so by itself, else NaN. */
  static double splatValue(Expr x) {
    Expr source = x;
    while (source.op() instanceof Linear.Broadcast || source.op() instanceof Linear.Reshape) {
      source = source.args().getFirst();
    }
    return source.op() instanceof Constant(var value) && value.shape().rank() == 0
        ? value.at(0)
        : Double.NaN;
  }

  /** Whether broadcasting b against a leaves a's shape as it is. */
  private static boolean covers(Expr a, Expr b) {
    int extra = a.shape().rank() - b.shape().rank();
    for (int k = 1; extra >= 0 && k <= b.shape().rank(); k++) {
      if (b.shape().dim(-k) != 1 && b.shape().dim(-k) != a.shape().dim(-k)) {
        return false;
      }
    }
    return extra >= 0;
  }

  private static Shape common(Elementwise f, Shape a, Shape b, Expr[] args) {
    int rank = Math.max(a.rank(), b.rank());
    var dims = new int[rank];
    for (int k = 1; k <= rank; k++) {
      int da = k <= a.rank() ? a.dim(-k) : 1;
      int db = k <= b.rank() ? b.dim(-k) : 1;
      if (da != db && da != 1 && db != 1) {
        throw doNotBroadcast(f, args);
      }
      dims[rank - k] = da == 1 ? db : da;
    }
    return new Shape(dims);
  }

  private static IllegalArgumentException doNotBroadcast(Elementwise f, Expr[] args) {
    List<Shape> shapes = Arrays.stream(args).map(Expr::shape).toList();
    return new IllegalArgumentException(
        "%s: expected shapes whose axes are equal or 1, aligned at the last axis, got %s, at %s%s"
                .formatted(f.symbol(), shapes, Caller.here(), Caller.made(List.of(args)))
            + "; reshape or insertAxis one of them");
  }
}
