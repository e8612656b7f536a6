package girsanov.autodiff.compile;

import static girsanov.autodiff.Elementwise.EXPM1;
import static girsanov.autodiff.Elementwise.MINUS;
import static girsanov.autodiff.Elementwise.NEGATE;
import static girsanov.autodiff.Elementwise.PLUS;
import static girsanov.autodiff.Elementwise.SQUARE;
import static girsanov.autodiff.Elementwise.TIMES;

import girsanov.autodiff.Constant;
import girsanov.autodiff.Elementwise;
import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Input;
import girsanov.autodiff.Item;
import girsanov.autodiff.Linear;
import girsanov.autodiff.Op;
import girsanov.autodiff.Scan;
import girsanov.tensor.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Graph to graph: nodes with equal operation and arguments become one, chains of views become one
 * view, sums of padded slices become a concatenation, and scans give up work that need not be in
 * the loop ({@link ScanMotion}). Bodies of scans are simplified likewise.
 */
final class Simplify {
  private final Map<Expr, Expr> replaced = new HashMap<>();
  private final Map<Key, Expr> unique = new HashMap<>();
  private final Map<Expr, List<Expr>> items = new HashMap<>();
  private final Map<Expr, List<Expr>> users = new HashMap<>();

  private record Key(Op op, List<Expr> args) {}

  private Simplify() {}

  static Graph graph(Graph graph) {
    Graph merged = MergeScans.graph(graph);
    return new Graph(merged.inputs(), new Simplify().run(merged.outputs()));
  }

  private List<Expr> run(List<Expr> outputs) {
    List<Expr> nodes = Graph.topological(outputs);
    outputs.forEach(node -> users.computeIfAbsent(node, _ -> new ArrayList<>()).add(node));
    for (Expr node : nodes) {
      node.args().forEach(arg -> users.computeIfAbsent(arg, _ -> new ArrayList<>()).add(node));
    }
    Map<Expr, BitSet> read = new HashMap<>();
    for (Expr node : nodes) {
      if (node.op() instanceof Item(int index)) {
        read.computeIfAbsent(node.args().getFirst(), _ -> new BitSet()).set(index);
      }
    }
    for (Expr node : nodes) {
      List<Expr> args = node.args().stream().map(arg -> replaced.getOrDefault(arg, arg)).toList();
      switch (node.op()) {
        case Scan scan -> {
          var body = Simplify.graph(scan.body());
          var smaller = new Scan(body, scan.carries(), scan.xs(), scan.length(), scan.reverse());
          BitSet used = read.getOrDefault(node, new BitSet());
          items.put(node, ScanMotion.items(smaller, args, used).stream().map(this::again).toList());
        }
        case Item(int index) ->
            replaced.put(node, items.getOrDefault(node.args().getFirst(), List.of()).get(index));
        case Input _ -> replaced.put(node, node);
        case Constant constant -> replaced.put(node, unique(constant, List.of()));
        case Linear.Slice slice when isCutUp(node.args().getFirst(), slice.axis()) ->
            replaced.put(node, cut(node.args().getFirst(), slice));
        case Op op -> {
          Expr joined = op == PLUS && !isTerm(node) ? joinProducts(node) : null;
          replaced.put(node, joined != null ? joined : make(op, args));
        }
      }
    }
    return outputs.stream().map(node -> replaced.getOrDefault(node, node)).toList();
  }

  /** Whether a node's value is only added to something. */
  private boolean isTerm(Expr node) {
    List<Expr> readers = users.getOrDefault(node, List.of());
    return readers.size() == 1 && readers.getFirst().op() == PLUS && readers.getFirst() != node;
  }

  /** A sum with its thin products as one ({@link Products}), or null if that does not pay. */
  private @Nullable Expr joinProducts(Expr sum) {
    var products = new ArrayList<Expr>();
    var others = new ArrayList<Expr>();
    var open = new ArrayDeque<>(sum.args());
    while (!open.isEmpty()) {
      Expr term = open.removeFirst();
      if (term.op() == PLUS && isTerm(term)) {
        term.args().reversed().forEach(open::addFirst);
      } else {
        Expr now = replaced.getOrDefault(term, term);
        (isTerm(term) && Products.isProduct(now) ? products : others).add(now);
      }
    }
    if (!Products.pays(products)) {
      return null;
    }
    Expr total = again(Products.sum(products));
    for (Expr other : others) {
      total = make(PLUS, List.of(total, other));
    }
    return total;
  }

  /** What scan motion built outside the loop is simplified with the rest. */
  private Expr again(Expr built) {
    for (Expr node : Graph.topological(List.of(built))) {
      if (!replaced.containsKey(node)) {
        boolean keeps =
            node.args().isEmpty() || node.op() instanceof Scan || node.op() instanceof Item;
        List<Expr> args = node.args().stream().map(arg -> replaced.getOrDefault(arg, arg)).toList();
        replaced.put(node, keeps ? node : make(node.op(), args));
      }
    }
    return replaced.getOrDefault(built, built);
  }

  private Expr make(Op op, List<Expr> args) {
    Expr first = args.getFirst();
    return switch (op) {
      case Elementwise f -> elementwise(f, first, args);
      case Linear.Reshape(Shape to) -> reshape(first, to);
      case Linear.Broadcast(Shape to) -> broadcast(first, to);
      case Linear.Transpose(var order) -> transpose(first, order);
      default -> unique(op, args);
    };
  }

  private Expr elementwise(Elementwise f, Expr x, List<Expr> args) {
    Expr y = args.getLast();
    Expr simpler =
        switch (f) {
          case DETACH -> x;
          case NEGATE -> negated(x);
          case TIMES -> {
            Expr scaled = x.equals(y) ? unique(SQUARE, List.of(x)) : scaledAgain(x, y);
            yield scaled != null ? scaled : negativeOf(f, x, y);
          }
          case DIVIDE -> negativeOf(f, x, y);
          case MINUS -> negated(y) == null ? null : make(PLUS, List.of(x, negated(y)));
          case PLUS -> {
            if (negated(y) != null) {
              yield make(MINUS, List.of(x, negated(y)));
            }
            yield negated(x) != null
                ? make(MINUS, List.of(y, negated(x)))
                : Segments.sum(x, y, this::make);
          }
          default -> null;
        };
    return simpler != null ? simpler : unique(f, args);
  }

  /**
   * (u c) v = u (c v) for numbers c and v of which one is a power of two: the same bits, unless u c
   * is too large or too small for a normal number.
   */
  private @Nullable Expr scaledAgain(Expr x, Expr y) {
    double v = number(y);
    if (Double.isNaN(v) || x.op() != TIMES) {
      return null;
    }
    Expr u = x.args().getFirst();
    double c = number(x.args().getLast());
    if (Double.isNaN(c) || !(isPowerOfTwo(c) || isPowerOfTwo(v))) {
      return null;
    }
    return c * v == 1
        ? u
        : make(TIMES, List.of(u, again(Expr.constant(c * v).broadcastTo(y.shape()))));
  }

  private static boolean isPowerOfTwo(double x) {
    return Math.abs(x) == Math.scalb(1.0, Math.getExponent(x));
  }

  /** The one number that all elements of x are, if it is known, else NaN. */
  private static double number(Expr x) {
    return switch (x.op()) {
      case Linear.Broadcast _, Linear.Reshape _ -> number(x.args().getFirst());
      case Constant(var value) -> value.size() == 1 ? value.at(0) : Double.NaN;
      default -> Double.NaN;
    };
  }

  /**
   * (−x) y = −(x y), and likewise for quotients: the same bits, and a sum that reads them takes the
   * minus. Not where −x = 1 − e⁻ˢ, for a product with 1 − e⁻ˢ is one step by itself ({@link
   * Steps}).
   */
  private @Nullable Expr negativeOf(Elementwise f, Expr x, Expr y) {
    Expr u = isPartOfSlope(x) ? null : negated(x);
    Expr v = isPartOfSlope(y) ? null : negated(y);
    if (u != null && v != null) {
      return make(f, List.of(u, v));
    }
    if (u != null && f == TIMES && !Double.isNaN(number(y))) {
      return make(f, List.of(u, again(Expr.constant(-number(y)).broadcastTo(y.shape()))));
    }
    if (u != null) {
      return make(NEGATE, List.of(make(f, List.of(u, y))));
    }
    return v == null ? null : make(NEGATE, List.of(make(f, List.of(x, v))));
  }

  private static boolean isPartOfSlope(Expr x) {
    return x.op() == NEGATE && x.args().getFirst().op() == EXPM1;
  }

  /** What x is the negative of, if it says so. */
  private static @Nullable Expr negated(Expr x) {
    return x.op() == NEGATE ? x.args().getFirst() : null;
  }

  /** Whether nothing reads an elementwise node but slices that share no element. */
  private boolean isCutUp(Expr node, int axis) {
    int read = 0;
    for (Expr user : users.getOrDefault(node, List.of())) {
      if (!(user.op() instanceof Linear.Slice(int other, int from, int to)) || other != axis) {
        return false;
      }
      read += to - from;
    }
    return node.op() instanceof Elementwise && read <= node.shape().dim(axis);
  }

  /** The slice of an elementwise node as that node of slices, which then fuses with its readers. */
  private Expr cut(Expr node, Linear.Slice slice) {
    var args = new ArrayList<Expr>();
    for (Expr arg : node.args()) {
      boolean only = users.getOrDefault(arg, List.of()).equals(List.of(node));
      boolean further = only && arg.op() instanceof Elementwise;
      args.add(further ? cut(arg, slice) : slice(replaced.getOrDefault(arg, arg), slice));
    }
    return make(node.op(), args);
  }

  private Expr slice(Expr x, Linear.Slice slice) {
    if (x.op() instanceof Linear.Broadcast(Shape to)) {
      Expr source = x.args().getFirst();
      int axis = slice.axis() - to.rank() + source.shape().rank();
      boolean repeats = axis < 0 || source.shape().dim(axis) == 1;
      Expr part =
          repeats ? source : slice(source, new Linear.Slice(axis, slice.from(), slice.to()));
      return broadcast(part, to.with(slice.axis(), slice.to() - slice.from()));
    }
    return unique(slice, List.of(x));
  }

  private Expr unique(Op op, List<Expr> args) {
    return unique.computeIfAbsent(new Key(op, args), _ -> Expr.of(op, args));
  }

  private Expr reshape(Expr x, Shape to) {
    if (x.shape().equals(to)) {
      return x;
    }
    return x.op() instanceof Linear.Reshape
        ? reshape(x.args().getFirst(), to)
        : unique(new Linear.Reshape(to), List.of(x));
  }

  private Expr broadcast(Expr x, Shape to) {
    if (x.shape().equals(to)) {
      return x;
    }
    return x.op() instanceof Linear.Broadcast
        ? broadcast(x.args().getFirst(), to)
        : unique(new Linear.Broadcast(to), List.of(x));
  }

  private Expr transpose(Expr x, List<Integer> order) {
    if (order.equals(IntStream.range(0, order.size()).boxed().toList())) {
      return x;
    }
    if (x.op() instanceof Linear.Transpose(var before)) {
      var both = new ArrayList<Integer>();
      order.forEach(axis -> both.add(before.get(axis)));
      return transpose(x.args().getFirst(), List.copyOf(both));
    }
    return unique(new Linear.Transpose(order), List.of(x));
  }
}
