package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * A node of a computation: an operation, its arguments, the shape of its result. Writing ordinary
 * Java over {@code Expr} <em>builds</em> a graph and computes nothing; {@link Interpreter} or
 * {@link Program} run it, {@link Jvp} and {@link Vjp} differentiate it. Values therefore cannot
 * steer a Java {@code if}: use {@link #select}; a Java {@code for} is unrolled: use {@link Scan}
 * for long loops.
 *
 * <p>Shapes are static. Elementwise operations broadcast as NumPy does (aligned at the last axis);
 * the repetition is an explicit node, so that no derivative rule ever has to undo it. A node is
 * compared by identity. It remembers the caller's line, and a shape error names the shapes, that
 * line, and the lines where the arguments were made.
 *
 * <p>Axis arguments may be negative: −1 is the last axis.
 */
public final class Expr {
  private static final AtomicLong COUNT = new AtomicLong();

  private final Op op;
  private final List<Expr> args;
  private final Shape shape;
  private final Caller caller;
  private final long number = COUNT.getAndIncrement();

  private Expr(Op op, List<Expr> args, Shape shape, Caller caller) {
    this.op = op;
    this.args = List.copyOf(args);
    this.shape = shape;
    this.caller = caller;
  }

  /** A node; the shape rule of the operation is checked here. The methods below read better. */
  public static Expr of(Op op, List<Expr> args) {
    Caller caller = Caller.here();
    try {
      Shape shape =
          op instanceof Item(int index) && args.getFirst().op instanceof Scan scan
              ? scan.itemShape(index)
              : op.shape(args.stream().map(Expr::shape).toList());
      return new Expr(op, args, shape, caller);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(e.getMessage() + ", at " + caller + Caller.made(args), e);
    }
  }

  public static Expr input(String name, int... dims) {
    return input(name, new Shape(dims));
  }

  public static Expr input(String name, Shape shape) {
    return of(new Input(name, shape), List.of());
  }

  public static Expr constant(double value) {
    return constant(Tensor.scalar(Precision.DOUBLE, value));
  }

  /** A constant tensor; a later change of {@code value} is not seen. */
  public static Expr constant(Tensor value) {
    var copy = DoubleTensor.zeros(value.shape());
    copy.copyFrom(value);
    return of(new Constant(copy), List.of());
  }

  public static Expr zeros(Shape shape) {
    return constant(0).broadcastTo(shape);
  }

  public static Expr ones(Shape shape) {
    return constant(1).broadcastTo(shape);
  }

  public Op op() {
    return op;
  }

  public List<Expr> args() {
    return args;
  }

  public Shape shape() {
    return shape;
  }

  /** Where in the user's code this node was made, as {@code File.java:line}. */
  public String where() {
    return caller.toString();
  }

  /** Whether this was made earlier, and so cannot depend on {@code other}. */
  boolean isOlderThan(Expr other) {
    return number < other.number;
  }

  // Elementwise, one argument

  public Expr negate() {
    return unary(Elementwise.NEGATE);
  }

  public Expr abs() {
    return unary(Elementwise.ABS);
  }

  public Expr sign() {
    return unary(Elementwise.SIGN);
  }

  /** The same value, taken as a constant by every derivative. */
  public Expr detach() {
    return unary(Elementwise.DETACH);
  }

  public Expr exp() {
    return unary(Elementwise.EXP);
  }

  /** eˣ − 1, exact near 0. */
  public Expr expm1() {
    return unary(Elementwise.EXPM1);
  }

  public Expr log() {
    return unary(Elementwise.LOG);
  }

  /** log(1 + x), exact near 0. */
  public Expr log1p() {
    return unary(Elementwise.LOG1P);
  }

  public Expr sqrt() {
    return unary(Elementwise.SQRT);
  }

  public Expr reciprocal() {
    return unary(Elementwise.RECIPROCAL);
  }

  public Expr square() {
    return unary(Elementwise.SQUARE);
  }

  public Expr tanh() {
    return unary(Elementwise.TANH);
  }

  /** 1 / (1 + e⁻ˣ). */
  public Expr sigmoid() {
    return unary(Elementwise.SIGMOID);
  }

  /** log(1 + eˣ). */
  public Expr softplus() {
    return unary(Elementwise.SOFTPLUS);
  }

  /** x · sigmoid(x), also called swish. */
  public Expr silu() {
    return times(sigmoid());
  }

  /** x where x &gt; 0, else eˣ − 1. */
  public Expr elu() {
    return unary(Elementwise.ELU);
  }

  /** max(x, 0); the derivative at 0 is 1/2. */
  public Expr relu() {
    return maximum(splat(0));
  }

  public Expr sin() {
    return unary(Elementwise.SIN);
  }

  public Expr cos() {
    return unary(Elementwise.COS);
  }

  /** The error function 2/√π ∫₀ˣ e^(−s²) ds. */
  public Expr erf() {
    return unary(Elementwise.ERF);
  }

  // Elementwise, two and three arguments

  public Expr plus(Expr other) {
    return Arithmetic.plus(this, other);
  }

  public Expr plus(double other) {
    return plus(constant(other));
  }

  public Expr minus(Expr other) {
    return Arithmetic.minus(this, other);
  }

  public Expr minus(double other) {
    return minus(constant(other));
  }

  public Expr times(Expr other) {
    return Arithmetic.times(this, other);
  }

  public Expr times(double other) {
    return times(constant(other));
  }

  public Expr dividedBy(Expr other) {
    return Arithmetic.elementwise(Elementwise.DIVIDE, this, other);
  }

  public Expr dividedBy(double other) {
    return times(1 / other);
  }

  /** this^exponent, for a base of at least 0 unless the exponent is a whole number. */
  public Expr power(Expr exponent) {
    return Arithmetic.elementwise(Elementwise.POWER, this, exponent);
  }

  public Expr maximum(Expr other) {
    return Arithmetic.elementwise(Elementwise.MAXIMUM, this, other);
  }

  public Expr minimum(Expr other) {
    return Arithmetic.elementwise(Elementwise.MINIMUM, this, other);
  }

  /** 1 where this &lt; other, else 0. */
  public Expr lessThan(Expr other) {
    return Arithmetic.elementwise(Elementwise.LESS, this, other);
  }

  /** {@code then} where the condition is not 0, {@code otherwise} elsewhere. */
  public static Expr select(Expr condition, Expr then, Expr otherwise) {
    return Arithmetic.elementwise(Elementwise.SELECT, condition, then, otherwise);
  }

  // Linear: moving and adding up

  /** The sum of all elements. */
  public Expr sum() {
    return shape.rank() == 0 ? this : sum(IntStream.range(0, shape.rank()).toArray());
  }

  /** Adds up the given axes, which disappear. */
  public Expr sum(int... axes) {
    var sorted = IntStream.of(axes).map(this::axis).sorted().distinct().boxed().toList();
    return sorted.isEmpty() ? this : of(new Linear.Sum(sorted), List.of(this));
  }

  public Expr mean(int... axes) {
    Expr sum = axes.length == 0 ? sum() : sum(axes);
    return sum.times((double) sum.shape.size() / shape.size());
  }

  public Expr broadcastTo(Shape to) {
    return to.equals(shape) ? this : of(new Linear.Broadcast(to), List.of(this));
  }

  public Expr reshape(int... dims) {
    return reshape(new Shape(dims));
  }

  public Expr reshape(Shape to) {
    return to.equals(shape) ? this : of(new Linear.Reshape(to), List.of(this));
  }

  /** A new axis of length 1; {@code axis} is its place in the result. */
  public Expr insertAxis(int axis) {
    return reshape(shape.insert(checkAxis(axis, shape.rank() + 1), 1));
  }

  /** Swaps the last two axes. */
  public Expr transpose() {
    int[] order = IntStream.range(0, shape.rank()).toArray();
    order[axis(-1)] = axis(-2);
    order[axis(-2)] = axis(-1);
    return transpose(order);
  }

  /** Axis {@code i} of the result is axis {@code order[i]} of this. */
  public Expr transpose(int... order) {
    var axes = IntStream.of(order).map(this::axis).boxed().toList();
    return of(new Linear.Transpose(axes), List.of(this));
  }

  /** Elements {@code from} (inclusive) to {@code to} (exclusive) of one axis. */
  public Expr slice(int axis, int from, int to) {
    int a = axis(axis);
    return from == 0 && to == shape.dim(a)
        ? this
        : of(new Linear.Slice(a, from, to), List.of(this));
  }

  /** One element of an axis, which disappears. */
  public Expr get(int axis, int index) {
    int a = axis(axis);
    return slice(a, index, index + 1).reshape(shape.without(a));
  }

  /** Zeros before and after one axis. */
  public Expr pad(int axis, int before, int after) {
    return before == 0 && after == 0
        ? this
        : of(new Linear.Pad(axis(axis), before, after), List.of(this));
  }

  /** One axis backwards. */
  public Expr reverse(int axis) {
    return of(new Linear.Reverse(axis(axis)), List.of(this));
  }

  /** The parts one after the other along an axis they all have. */
  public static Expr concat(int axis, List<Expr> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("concat: expected parts, got none, at " + Caller.here());
    }
    return parts.size() == 1
        ? parts.getFirst()
        : of(new Linear.Concat(parts.getFirst().axis(axis)), parts);
  }

  /** Equal shapes side by side along a new axis. */
  public static Expr stack(int axis, List<Expr> parts) {
    return concat(axis, parts.stream().map(part -> part.insertAxis(axis)).toList());
  }

  // Matrix product and reductions that are not linear

  /**
   * {@code [.., m, k] × [.., k, n] → [.., m, n]}. A matrix on the right serves all leading axes of
   * this.
   */
  public Expr matmul(Expr right) {
    return MatMul.of(this, right);
  }

  /** The largest value along an axis, which disappears. */
  public Expr max(int axis) {
    return of(new Max(axis(axis)), List.of(this));
  }

  /** e^x / Σ e^x along an axis, safe for large x. */
  public Expr softmax(int axis) {
    int a = axis(axis);
    Expr weight = minus(max(a).detach().insertAxis(a)).exp();
    return weight.dividedBy(weight.sum(a).insertAxis(a));
  }

  /** log Σ e^x along an axis, which disappears; safe for large x. */
  public Expr logSumExp(int axis) {
    int a = axis(axis);
    Expr largest = max(a).detach();
    return minus(largest.insertAxis(a)).exp().sum(a).log().plus(largest);
  }

  /** A constant of this shape. */
  Expr splat(double value) {
    return constant(value).broadcastTo(shape);
  }

  private Expr unary(Elementwise f) {
    return Arithmetic.elementwise(f, this);
  }

  private int axis(int axis) {
    return checkAxis(axis, shape.rank());
  }

  private int checkAxis(int axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException(
          "expected an axis from %d to %d for %s, got %d, at %s%s"
              .formatted(-rank, rank - 1, shape, axis, Caller.here(), Caller.made(List.of(this))));
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** Shape, operation, shapes of the arguments, and the caller's line. */
  @Override
  public String toString() {
    List<Shape> shapes = args.stream().map(Expr::shape).toList();
    return shape + " = " + op.symbol() + shapes + "   // " + caller;
  }
}
