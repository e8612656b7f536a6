package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The only loop of the language. For t = 0 … length−1 (or backwards, if {@code reverse}) it
 * computes
 *
 * <pre>
 *   carries ← body(carries, xs[t], constants)
 * </pre>
 *
 * <p>The arguments of the node are the first carries, the {@code xs} stacked along axis 0 {@code
 * [length, …]}, and the constants: nodes of the surrounding graph that the body uses. Its results,
 * read by {@link Item}, are the last carries and then, for each carry, its values after every step
 * {@code [length, …]}; the value made at step t stands at index t in either direction. A result
 * that nobody reads costs nothing in a {@link Program}.
 *
 * <p>Memory is O(length × carry). The derivative re-evaluates the body, so a scan of scans is
 * checkpointing. See {@link ScanRules} for the derivatives.
 */
public record Scan(Graph body, int carries, int xs, int length, boolean reverse) implements Op {

  public Scan {
    if (length < 1) {
      throw new IllegalArgumentException(
          "scan: expected at least 1 step, got " + length + ", at " + Caller.here());
    }
    if (carries < 1 || body.outputs().size() != carries) {
      throw new IllegalArgumentException(
          "scan: expected the step to return its carries, 1 or more, got "
              + body.outputs().size()
              + " of "
              + carries);
    }
  }

  /** One step: the next carries from the carries and this step's slice of the xs. */
  public interface Step {
    List<Expr> next(List<Expr> carries, List<Expr> xs);
  }

  /** The last carries, and each carry after every step, stacked along a new axis 0. */
  public record Result(List<Expr> last, List<Expr> stacks) {}

  /** A loop over the stacked {@code xs}, of which there must be at least one. */
  public static Result of(List<Expr> init, List<Expr> xs, boolean reverse, Step step) {
    if (xs.isEmpty()) {
      throw new IllegalArgumentException(
          "scan: expected stacked xs or a length, got neither, at " + Caller.here());
    }
    Shape first = xs.getFirst().shape();
    return of(first.rank() == 0 ? 0 : first.dim(0), init, xs, reverse, step);
  }

  /**
   * A loop of a given length; nodes of the surrounding graph may be used in the body freely.
   *
   * @throws IllegalArgumentException if an x does not have {@code length} steps along axis 0, or a
   *     carry does not keep its shape
   */
  public static Result of(int length, List<Expr> init, List<Expr> xs, boolean reverse, Step step) {
    var loop = new ScanBuilder(length, reverse);
    var carries = new ArrayList<Expr>();
    for (Expr first : init) {
      carries.add(Expr.input("carry" + carries.size(), first.shape()));
    }
    var slices = new ArrayList<Expr>();
    for (Expr x : xs) {
      if (x.shape().rank() == 0 || x.shape().dim(0) != length) {
        throw new IllegalArgumentException(
            "scan: expected xs of %d steps along axis 0, got %s, at %s%s"
                .formatted(length, x.shape(), Caller.here(), Caller.made(List.of(x))));
      }
      slices.add(Expr.input("x" + slices.size(), x.shape().without(0)));
      loop.slice(slices.getLast(), x);
    }
    List<Expr> next = step.next(List.copyOf(carries), List.copyOf(slices));
    checkCarries(init, next);
    var inputs = new ArrayList<>(carries);
    inputs.addAll(slices);
    Capture capture = Capture.of(inputs, next);
    for (int i = 0; i < init.size(); i++) {
      loop.carry(carries.get(i), init.get(i), capture.outputs().get(i));
    }
    capture.inputs().forEach((outer, input) -> loop.constant(input, outer));
    return loop.build();
  }

  private static void checkCarries(List<Expr> init, List<Expr> next) {
    if (init.isEmpty() || next.size() != init.size()) {
      throw new IllegalArgumentException(
          "scan: expected the step to return its carries, 1 or more, got %d of %d, at %s"
              .formatted(next.size(), init.size(), Caller.here()));
    }
    for (int i = 0; i < init.size(); i++) {
      Expr first = init.get(i);
      if (!next.get(i).shape().equals(first.shape())) {
        throw new IllegalArgumentException(
            "scan: expected carry %d to keep its shape %s, got %s, at %s%s"
                .formatted(
                    i,
                    first.shape(),
                    next.get(i).shape(),
                    Caller.here(),
                    Caller.made(List.of(first, next.get(i)))));
      }
    }
  }

  @Override
  public String symbol() {
    return "scan " + length + (reverse ? " reverse" : "");
  }

  /** A scan as a whole has no shape of its own; by convention a scalar. Its items have shapes. */
  @Override
  public Shape shape(List<Shape> args) {
    var expected = new ArrayList<Shape>();
    for (int i = 0; i < body.inputs().size(); i++) {
      Shape inside = body.inputs().get(i).shape();
      expected.add(i < carries || i >= carries + xs ? inside : inside.insert(0, length));
    }
    if (!args.equals(expected)) {
      throw new IllegalArgumentException("scan: expected arguments " + expected + ", got " + args);
    }
    return Shape.scalar();
  }

  /** Shape of one result: the last carries, then the stacks. */
  Shape itemShape(int index) {
    return index < carries
        ? body.outputs().get(index).shape()
        : body.outputs().get(index - carries).shape().insert(0, length);
  }

  @Override
  public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
    throw new IllegalStateException("a scan has several results: see evaluateAll");
  }

  /** The meaning: all items, in order. */
  List<DoubleTensor> evaluateAll(List<DoubleTensor> args) {
    List<Expr> nodes = body.nodes();
    List<DoubleTensor> carry = args.subList(0, carries);
    var stacks = new ArrayList<DoubleTensor>();
    carry.forEach(c -> stacks.add(DoubleTensor.zeros(c.shape().insert(0, length))));
    for (int k = 0; k < length; k++) {
      int t = reverse ? length - 1 - k : k;
      var in = new ArrayList<>(carry);
      args.subList(carries, carries + xs).forEach(x -> in.add(x.row(t)));
      in.addAll(args.subList(carries + xs, args.size()));
      carry = Interpreter.evaluate(body, nodes, in);
      for (int i = 0; i < carries; i++) {
        stacks.get(i).row(t).copyFrom(carry.get(i));
      }
    }
    var items = new ArrayList<>(carry);
    items.addAll(stacks);
    return items;
  }
}
