package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Linear operations that move or add up elements, y = A·x. Each is its own JVP, dy = A·dx, and
 * needs one adjoint for its VJP, dx = Aᵀ·dy; the adjoints pair up: sum with broadcast, slice with
 * pad, concat with slices, and reshape, transpose and reverse with themselves.
 */
public sealed interface Linear extends Op {

  /** The part of Aᵀ·dy that belongs to argument {@code i} of {@code y}. */
  Expr adjoint(Expr y, int i, Expr dy);

  /** A applied to the tangents; a missing tangent is zero. */
  default @Nullable Expr jvp(Expr y, List<@Nullable Expr> dx) {
    if (dx.stream().allMatch(d -> d == null)) {
      return null;
    }
    var tangents = new ArrayList<Expr>();
    for (int i = 0; i < dx.size(); i++) {
      Expr d = dx.get(i);
      tangents.add(d == null ? Expr.zeros(y.args().get(i).shape()) : d);
    }
    return Expr.of(this, tangents);
  }

  default List<@Nullable Expr> vjp(Expr y, Expr dy, boolean[] wanted) {
    var dx = new ArrayList<@Nullable Expr>();
    for (int i = 0; i < wanted.length; i++) {
      dx.add(wanted[i] ? adjoint(y, i, dy) : null);
    }
    return dx;
  }

  /** Adds up the given axes, which disappear. */
  record Sum(List<Integer> axes) implements Linear {
    public Sum {
      axes = axes.stream().sorted().distinct().toList();
    }

    @Override
    public String symbol() {
      return "sum " + axes;
    }

    @Override
    public Shape shape(List<Shape> args) {
      Shape kept = args.getFirst();
      for (int axis : axes.reversed()) {
        kept = kept.without(axis);
      }
      return kept;
    }

    @Override
    public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
      DoubleTensor x = args.getFirst();
      int[] stride = new int[x.shape().rank()];
      int kept = 0;
      for (int axis = 0; axis < stride.length; axis++) {
        stride[axis] = axes.contains(axis) ? 0 : shape.stride(kept++);
      }
      var y = DoubleTensor.zeros(shape);
      for (int i = 0; i < x.size(); i++) {
        int to = 0;
        for (int axis = 0; axis < stride.length; axis++) {
          to += i / x.shape().stride(axis) % x.shape().dim(axis) * stride[axis];
        }
        y.put(to, y.at(to) + x.at(i));
      }
      return y;
    }

    @Override
    public Expr adjoint(Expr y, int i, Expr dy) {
      Shape x = y.args().getFirst().shape();
      int[] dims = x.dims();
      axes.forEach(axis -> dims[axis] = 1);
      return dy.reshape(new Shape(dims)).broadcastTo(x);
    }
  }

  /** Repeats along new leading axes and along axes of length 1, aligned at the last axis. */
  record Broadcast(Shape to) implements Linear {
    @Override
    public String symbol() {
      return "broadcast";
    }

    @Override
    public Shape shape(List<Shape> args) {
      Shape from = args.getFirst();
      boolean fits = from.rank() <= to.rank();
      for (int k = 1; fits && k <= from.rank(); k++) {
        fits = from.dim(-k) == 1 || from.dim(-k) == to.dim(-k);
      }
      if (!fits) {
        throw new IllegalArgumentException("broadcast: cannot repeat " + from + " to " + to);
      }
      return to;
    }

    @Override
    public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
      Shape from = args.getFirst().shape();
      return gather(
          args.getFirst(),
          shape,
          i -> {
            int source = 0;
            for (int k = 1; k <= from.rank(); k++) {
              source += i / shape.stride(-k) % from.dim(-k) * from.stride(-k);
            }
            return source;
          });
    }

    @Override
    public Expr adjoint(Expr y, int i, Expr dy) {
      Shape from = y.args().getFirst().shape();
      int added = to.rank() - from.rank();
      var repeated = new ArrayList<Integer>();
      for (int axis = 0; axis < to.rank(); axis++) {
        if (axis < added || from.dim(axis - added) != to.dim(axis)) {
          repeated.add(axis);
        }
      }
      return Expr.of(new Sum(List.copyOf(repeated)), List.of(dy)).reshape(from);
    }
  }

  /** The same elements in the same order under another shape of the same size. */
  record Reshape(Shape to) implements Linear {
    @Override
    public String symbol() {
      return "reshape";
    }

    @Override
    public Shape shape(List<Shape> args) {
      if (args.getFirst().size() != to.size()) {
        throw new IllegalArgumentException(
            "reshape: expected a shape of "
                + args.getFirst().size()
                + " elements as in "
                + args.getFirst()
                + ", got "
                + to
                + " of "
                + to.size());
      }
      return to;
    }

    @Override
    public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
      return gather(args.getFirst(), shape, i -> i);
    }

    @Override
    public Expr adjoint(Expr y, int i, Expr dy) {
      return dy.reshape(y.args().getFirst().shape());
    }
  }

  /** Axis {@code i} of the result is axis {@code order[i]} of the argument. */
  record Transpose(List<Integer> order) implements Linear {
    @Override
    public String symbol() {
      return "transpose " + order;
    }

    @Override
    public Shape shape(List<Shape> args) {
      List<Integer> axes = IntStream.range(0, args.getFirst().rank()).boxed().toList();
      if (!order.stream().sorted().toList().equals(axes)) {
        throw new IllegalArgumentException(
            "transpose: expected an order of the axes of " + args.getFirst() + ", got " + order);
      }
      return new Shape(order.stream().mapToInt(args.getFirst()::dim).toArray());
    }

    @Override
    public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
      Shape from = args.getFirst().shape();
      return gather(
          args.getFirst(),
          shape,
          i -> {
            int source = 0;
            for (int axis = 0; axis < order.size(); axis++) {
              source += i / shape.stride(axis) % shape.dim(axis) * from.stride(order.get(axis));
            }
            return source;
          });
    }

    @Override
    public Expr adjoint(Expr y, int i, Expr dy) {
      var inverse = new Integer[order.size()];
      for (int axis = 0; axis < inverse.length; axis++) {
        inverse[order.get(axis)] = axis;
      }
      return Expr.of(new Transpose(List.of(inverse)), List.of(dy));
    }
  }

  /** Elements {@code from} (inclusive) to {@code to} (exclusive) of one axis. */
  record Slice(int axis, int from, int to) implements Linear {
    @Override
    public String symbol() {
      return "slice " + axis + " " + from + ":" + to;
    }

    @Override
    public Shape shape(List<Shape> args) {
      Shape x = args.getFirst();
      if (from < 0 || from > to || to > x.dim(axis)) {
        throw new IllegalArgumentException(
            "slice: expected 0 <= from <= to <= "
                + x.dim(axis)
                + " on axis "
                + axis
                + " of "
                + x
                + ", got "
                + from
                + ":"
                + to);
      }
      return x.with(axis, to - from);
    }

    @Override
    public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
      Shape x = args.getFirst().shape();
      int inner = x.stride(axis);
      int length = to - from;
      return gather(
          args.getFirst(),
          shape,
          i -> i / (inner * length) * inner * x.dim(axis) + from * inner + i % (inner * length));
    }

    @Override
    public Expr adjoint(Expr y, int i, Expr dy) {
      int length = y.args().getFirst().shape().dim(axis);
      return Expr.of(new Pad(axis, from, length - to), List.of(dy));
    }
  }

  /** Zeros before and after one axis. */
  record Pad(int axis, int before, int after) implements Linear {
    @Override
    public String symbol() {
      return "pad " + axis + " " + before + "+" + after;
    }

    @Override
    public Shape shape(List<Shape> args) {
      if (before < 0 || after < 0) {
        throw new IllegalArgumentException(
            "pad: expected widths of 0 or more, got " + before + " and " + after);
      }
      return args.getFirst().with(axis, before + args.getFirst().dim(axis) + after);
    }

    @Override
    public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
      int inner = shape.stride(axis);
      int length = args.getFirst().shape().dim(axis);
      return gather(
          args.getFirst(),
          shape,
          i -> {
            int k = i / inner % shape.dim(axis) - before;
            return k < 0 || k >= length
                ? -1
                : (i / (inner * shape.dim(axis)) * length + k) * inner + i % inner;
          });
    }

    @Override
    public Expr adjoint(Expr y, int i, Expr dy) {
      return dy.slice(axis, before, dy.shape().dim(axis) - after);
    }
  }

  /** The arguments one after the other along one axis. */
  record Concat(int axis) implements Linear {
    @Override
    public String symbol() {
      return "concat " + axis;
    }

    @Override
    public Shape shape(List<Shape> args) {
      int length = 0;
      for (Shape arg : args) {
        if (arg.rank() != args.getFirst().rank()
            || !arg.without(axis).equals(args.getFirst().without(axis))) {
          throw new IllegalArgumentException(
              "concat: expected shapes that differ on axis " + axis + " only, got " + args);
        }
        length += arg.dim(axis);
      }
      return args.getFirst().with(axis, length);
    }

    @Override
    public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
      var y = DoubleTensor.zeros(shape);
      int inner = shape.stride(axis);
      int start = 0;
      for (DoubleTensor x : args) {
        int block = x.shape().dim(axis) * inner;
        for (int i = 0; i < x.size(); i++) {
          y.put(i / block * shape.dim(axis) * inner + start * inner + i % block, x.at(i));
        }
        start += x.shape().dim(axis);
      }
      return y;
    }

    @Override
    public Expr adjoint(Expr y, int i, Expr dy) {
      int start = 0;
      for (Expr before : y.args().subList(0, i)) {
        start += before.shape().dim(axis);
      }
      return dy.slice(axis, start, start + y.args().get(i).shape().dim(axis));
    }
  }

  /** One axis backwards. */
  record Reverse(int axis) implements Linear {
    @Override
    public String symbol() {
      return "reverse " + axis;
    }

    @Override
    public Shape shape(List<Shape> args) {
      args.getFirst().dim(axis);
      return args.getFirst();
    }

    @Override
    public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
      int inner = shape.stride(axis);
      int length = shape.dim(axis);
      return gather(
          args.getFirst(), shape, i -> i + (length - 1 - 2 * (i / inner % length)) * inner);
    }

    @Override
    public Expr adjoint(Expr y, int i, Expr dy) {
      return Expr.of(this, List.of(dy));
    }
  }

  /** y[i] = x[source(i)], or 0 where the source is negative. */
  private static DoubleTensor gather(DoubleTensor x, Shape shape, IntUnaryOperator source) {
    var y = DoubleTensor.zeros(shape);
    for (int i = 0; i < y.size(); i++) {
      int from = source.applyAsInt(i);
      y.put(i, from < 0 ? 0 : x.at(from));
    }
    return y;
  }
}
