package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** One step: the next carries from the carries and this step's slice of the xs. */
  public interface Step {
    List<Expr> next(List<Expr> carries, List<Expr> xs);
  }

  /** The last carries, and each carry after every step, stacked along a new axis 0. */
  public record Result(List<Expr> last, List<Expr> stacks) {}

  /** A loop over the stacked {@code xs}, of which there must be at least one. */
  public static Result of(List<Expr> init, List<Expr> xs, boolean reverse, Step step) {
    if (xs.isEmpty()) {
      throw new IllegalArgumentException("scan: expected stacked xs, got none; give a length");
    }
    return of(xs.getFirst().shape().dim(0), init, xs, reverse, step);
  }

  /** A loop of a given length; nodes of the surrounding graph may be used in the body freely. */
  public static Result of(int length, List<Expr> init, List<Expr> xs, boolean reverse, Step step) {
    var inputs = new ArrayList<Expr>();
    for (int i = 0; i < init.size(); i++) {
      inputs.add(Expr.input("carry" + i, init.get(i).shape()));
    }
    for (int j = 0; j < xs.size(); j++) {
      Shape x = xs.get(j).shape();
      if (x.rank() == 0 || x.dim(0) != length) {
        throw new IllegalArgumentException(
            "scan: expected xs of "
                + length
                + " steps along axis 0, got "
                + x
                + " at "
                + Caller.here());
      }
      inputs.add(Expr.input("x" + j, x.without(0)));
    }
    List<Expr> next =
        step.next(
            List.copyOf(inputs.subList(0, init.size())),
            List.copyOf(inputs.subList(init.size(), inputs.size())));
    return close(inputs, next, init, xs, length, reverse);
  }

  /** Makes the body closed: nodes that do not depend on its inputs become constants of the scan. */
  static Result close(
      List<Expr> inputs,
      List<Expr> next,
      List<Expr> init,
      List<Expr> xs,
      int length,
      boolean reverse) {
    Set<Expr> inside = new HashSet<>(inputs);
    Set<Expr> literal = new HashSet<>();
    Map<Expr, Expr> lifted = new HashMap<>();
    var constants = new ArrayList<Expr>();
    var lift =
        new java.util.function.Consumer<Expr>() {
          @Override
          public void accept(Expr node) {
            if (!inside.contains(node) && !literal.contains(node) && !lifted.containsKey(node)) {
              lifted.put(node, Expr.input("constant" + constants.size(), node.shape()));
              constants.add(node);
            }
          }
        };
    for (Expr node : Graph.topological(next)) {
      boolean leaf = node.args().isEmpty();
      if (node.op() instanceof Constant || (!leaf && literal.containsAll(node.args()))) {
        literal.add(node);
      } else if (node.args().stream().anyMatch(inside::contains)) {
        inside.add(node);
        node.args().forEach(lift);
      }
    }
    next.forEach(lift);
    return assemble(
        inputs, Graph.substitute(next, lifted), init, xs, constants, lifted, length, reverse);
  }

  private static Result assemble(
      List<Expr> inputs,
      List<Expr> next,
      List<Expr> init,
      List<Expr> xs,
      List<Expr> constants,
      Map<Expr, Expr> lifted,
      int length,
      boolean reverse) {
    Set<Expr> used = new HashSet<>(Graph.topological(next));
    int carries = init.size();
    var kept = new ArrayList<>(inputs.subList(0, carries));
    var args = new ArrayList<>(init);
    int slices = 0;
    for (int j = 0; j < xs.size(); j++) {
      if (used.contains(inputs.get(carries + j))) {
        kept.add(inputs.get(carries + j));
        args.add(xs.get(j));
        slices++;
      }
    }
    for (Expr constant : constants) {
      kept.add(lifted.get(constant));
      args.add(constant);
    }
    Expr node = Expr.of(new Scan(new Graph(kept, next), carries, slices, length, reverse), args);
    var last = new ArrayList<Expr>();
    var stacks = new ArrayList<Expr>();
    for (int i = 0; i < carries; i++) {
      last.add(Expr.of(new Item(i), List.of(node)));
      stacks.add(Expr.of(new Item(carries + i), List.of(node)));
    }
    return new Result(List.copyOf(last), List.copyOf(stacks));
  }

  @Override
  public String symbol() {
    return "scan " + length + (reverse ? " reverse" : "");
  }

  /** A scan as a whole has no shape of its own; by convention a scalar. Its items have shapes. */
  @Override
  public Shape shape(List<Shape> args) {
    for (int i = 0; i < carries; i++) {
      Shape next = body.outputs().get(i).shape();
      if (body.outputs().size() != carries || !next.equals(args.get(i))) {
        throw new IllegalArgumentException(
            "scan: expected the body to return "
                + carries
                + " carries, carry "
                + i
                + " of shape "
                + args.get(i)
                + ", got "
                + body.outputs().size()
                + " and "
                + next);
      }
    }
    return Shape.scalar();
  }

  Shape itemShape(Expr node, int index) {
    return index < carries
        ? node.args().get(index).shape()
        : node.args().get(index - carries).shape().insert(0, length);
  }

  @Override
  public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
    throw new IllegalStateException("a scan has several results: see evaluateAll");
  }

  /** The meaning: all items, in order. */
  List<DoubleTensor> evaluateAll(List<DoubleTensor> args) {
    var carry = new ArrayList<>(args.subList(0, carries));
    var stacks = new ArrayList<DoubleTensor>();
    carry.forEach(c -> stacks.add(DoubleTensor.zeros(c.shape().insert(0, length))));
    for (int k = 0; k < length; k++) {
      int t = reverse ? length - 1 - k : k;
      var in = new ArrayList<>(carry);
      args.subList(carries, carries + xs).forEach(x -> in.add((DoubleTensor) x.row(t)));
      in.addAll(args.subList(carries + xs, args.size()));
      carry = new ArrayList<>(Interpreter.evaluate(body, in));
      for (int i = 0; i < carries; i++) {
        stacks.get(i).row(t).copyFrom(carry.get(i));
      }
    }
    carry.addAll(stacks);
    return carry;
  }
}
