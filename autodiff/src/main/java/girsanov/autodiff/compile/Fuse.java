package girsanov.autodiff.compile;

import girsanov.autodiff.Constant;
import girsanov.autodiff.Elementwise;
import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Input;
import girsanov.autodiff.Item;
import girsanov.autodiff.Linear;
import girsanov.autodiff.MatMul;
import girsanov.tensor.Shape;
import girsanov.tensor.kernel.Activation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which nodes run as one instruction, and the order of everything: elementwise nodes as one
 * tile loop, a product with the bias and the activation that follow it.
 *
 * <p>Every node gets a level, counted back from the outputs, as late as its consumers allow. An
 * edge between elementwise nodes of one shape may stay on a level; every other edge goes down by
 * one. So nodes of one level and shape can run together: no path leaves the group and returns. Late
 * levels also move the derivative of an activation to where it is used, so it is never stored.
 *
 * <p>{@link Schedule} then orders the units.
 */
final class Fuse {

  /**
   * One instruction to be: several elementwise nodes of one shape, a product with the sum and
   * activation that follow, or a single other node.
   */
  static final class Unit {
    private final List<Expr> nodes;
    private final Set<Expr> reads = new LinkedHashSet<>();

    private Unit(List<Expr> nodes) {
      this.nodes = nodes;
    }

    /** Each after its arguments. */
    List<Expr> nodes() {
      return nodes;
    }

    /** The nodes of other units whose values it needs. */
    Set<Expr> reads() {
      return reads;
    }

    boolean isElementwise() {
      return nodes.getFirst().op() instanceof Elementwise;
    }
  }

  private final List<Expr> order;
  private final Set<Expr> roots;
  private final Set<Expr> free;
  private final Map<Expr, Integer> level = new HashMap<>();
  private final Map<Expr, Set<Expr>> sources = new HashMap<>();
  private final Map<Expr, Integer> reads = new HashMap<>();
  private final Map<Expr, Integer> position = new HashMap<>();

  /** The sums that a tile loop can make on its way, by the node they sum. */
  private final Map<Expr, List<Expr>> sums = new HashMap<>();

  private Fuse(List<Expr> outputs, Set<Expr> free) {
    this.order = Graph.topological(outputs);
    this.roots = new HashSet<>(outputs);
    this.free = free;
    for (Expr node : order) {
      position.put(node, position.size());
      node.args().forEach(arg -> reads.merge(arg, 1, Integer::sum));
      if (isSumOfTiles(node)) {
        sums.computeIfAbsent(node.args().getFirst(), _ -> new ArrayList<>()).add(node);
      }
    }
  }

  /**
   * The units of a graph in an order in which they can run.
   *
   * @param free nodes beside views, inputs and constants that need no instruction
   */
  static List<Unit> units(List<Expr> outputs, Set<Expr> free) {
    var fuse = new Fuse(outputs, free);
    fuse.assignLevels();
    return fuse.schedule(fuse.group());
  }

  /** Nodes that become a view, a pointer or nothing. */
  private boolean isFree(Expr node) {
    return free.contains(node) || isView(node);
  }

  /** Whether a node moves no element: its value stands somewhere already. */
  static boolean isView(Expr node) {
    return switch (node.op()) {
      case Input _, Constant _, Item _ -> true;
      case Linear.Reshape _, Linear.Broadcast _, Linear.Transpose _ -> true;
      case Linear.Slice _, Linear.Reverse _ -> true;
      default -> false;
    };
  }

  private void assignLevels() {
    for (Expr node : order.reversed()) {
      int own = Math.min(level.getOrDefault(node, 0), 0);
      level.put(node, own);
      for (Expr arg : node.args()) {
        boolean stays = isFree(node) || together(arg, node);
        level.merge(arg, stays ? own : own - 1, Math::min);
      }
    }
  }

  private static boolean together(Expr a, Expr b) {
    return a.op() instanceof Elementwise
        && b.op() instanceof Elementwise
        && a.shape().equals(b.shape());
  }

  /** Elementwise nodes of one level and shape that are connected or share a computed argument. */
  private List<Unit> group() {
    record Key(int level, Shape shape) {}

    Map<Key, List<Expr>> classes = new LinkedHashMap<>();
    var units = new ArrayList<Unit>();
    Set<Expr> taken = new HashSet<>();
    for (Expr node : order) {
      if (node.op() instanceof Elementwise) {
        var key = new Key(level.getOrDefault(node, 0), node.shape());
        classes.computeIfAbsent(key, _ -> new ArrayList<>()).add(node);
      } else if (!isFree(node) && !isSumOfTiles(node)) {
        units.add(new Unit(List.of(node)));
      }
    }
    for (List<Expr> nodes : classes.values()) {
      for (Unit unit : connected(nodes)) {
        unit.nodes.addAll(sumsOf(unit.nodes));
        Expr product = productBefore(unit.nodes);
        if (product == null) {
          units.add(unit);
        } else {
          taken.add(product);
          var all = new ArrayList<>(List.of(product));
          all.addAll(unit.nodes);
          units.add(new Unit(all));
        }
      }
    }
    units.replaceAll(unit -> withProduct(unit, units, taken));
    units.removeIf(unit -> unit.nodes.size() == 1 && taken.contains(unit.nodes.getFirst()));
    return units;
  }

  /** The unit of a sum P + x with the product P, where P can be added to x in its place. */
  private Unit withProduct(Unit unit, List<Unit> units, Set<Expr> taken) {
    Expr sum = unit.nodes.getFirst();
    Expr x = unit.nodes.size() == 1 && sum.op() == Elementwise.PLUS ? addend(sum) : null;
    if (x == null || roots.contains(x)) {
      return unit;
    }
    Expr product = sum.args().get(1 - sum.args().indexOf(x));
    // All others that read x must do so where it is made: later it is not there any more.
    long there =
        units.stream()
            .filter(other -> other.nodes.contains(x))
            .flatMap(other -> other.nodes.stream())
            .flatMap(node -> node.args().stream())
            .filter(x::equals)
            .count();
    if (!isReadOnce(product) || reads.getOrDefault(x, 0) != there + 1) {
      return unit;
    }
    taken.add(product);
    return new Unit(List.of(product, sum));
  }

  /** The sums that a tile loop over these nodes can make on its way. */
  private List<Expr> sumsOf(List<Expr> nodes) {
    return nodes.stream()
        .flatMap(node -> sums.getOrDefault(node, List.of()).stream())
        .sorted(Comparator.comparing(position::get))
        .toList();
  }

  /** Sums of elementwise nodes over their first axes, their last, or all. */
  private static boolean isSumOfTiles(Expr node) {
    if (!(node.op() instanceof Linear.Sum(List<Integer> axes))
        || !(node.args().getFirst().op() instanceof Elementwise)) {
      return false;
    }
    int rank = node.args().getFirst().shape().rank();
    boolean first = axes.stream().allMatch(axis -> axis < axes.size());
    boolean last = axes.stream().allMatch(axis -> axis >= rank - axes.size());
    return !axes.isEmpty() && (first || last);
  }

  /**
   * The product P, if these nodes are P + bias or f(P + bias) and nothing else reads P or P + bias.
   */
  private @Nullable Expr productBefore(List<Expr> nodes) {
    Expr sum = nodes.getFirst();
    boolean activated =
        nodes.size() == 2
            && ProductBuilder.activation(nodes.get(1)) != Activation.IDENTITY
            && nodes.get(1).args().equals(List.of(sum))
            && isReadOnce(sum);
    if (sum.op() != Elementwise.PLUS || !(nodes.size() == 1 || activated)) {
      return null;
    }
    Expr product = sum.args().get(0);
    while (product.op() instanceof Linear.Reshape && isReadOnce(product)) {
      product = product.args().getFirst();
    }
    boolean follows = product.op() instanceof MatMul && product.shape().rank() == 2;
    return follows && isReadOnce(product) && isRow(sum.args().get(1)) ? product : null;
  }

  /**
   * The x of a product P + x that can be added to x where x stands: made by a tile loop, and of
   * columns that the tiles of products cover without a rest, or nearly.
   */
  static @Nullable Expr addend(Expr sum) {
    for (int i = 0; i < 2; i++) {
      Expr x = sum.args().get(i);
      Expr product = sum.args().get(1 - i);
      int columns = sum.shape().rank() == 2 ? sum.shape().dim(1) : 0;
      boolean covered = columns >= Lower.LANES && columns % Lower.LANES <= Lower.LANES / 4;
      if (product.op() instanceof MatMul && x.op() instanceof Elementwise && covered) {
        return x;
      }
    }
    return null;
  }

  /** Whether x is one row of numbers, repeated. */
  private static boolean isRow(Expr x) {
    if (!(x.op() instanceof Linear.Broadcast)) {
      return false;
    }
    Shape row = x.args().getFirst().shape();
    return row.rank() > 0 && row.size() == row.dim(-1) && row.size() == x.shape().dim(-1);
  }

  private boolean isReadOnce(Expr node) {
    return reads.getOrDefault(node, 0) == 1 && !roots.contains(node);
  }

  /** Nodes that are joined by what they read; the smaller group moves into the larger. */
  private static final class Group {
    private int number;
    private final List<Expr> members = new ArrayList<>();

    private Group(int number) {
      this.number = number;
    }
  }

  private List<Unit> connected(List<Expr> nodes) {
    Map<Expr, Group> groupOf = new HashMap<>();
    int number = 0;
    for (Expr node : nodes) {
      Group own = new Group(number++);
      own.members.add(node);
      groupOf.put(node, own);
      for (Expr arg : node.args()) {
        Group other = groupOf.get(arg);
        if (other != null && other != own) {
          own = join(own, other, groupOf);
        } else if (other == null && !isFree(arg)) {
          own.members.add(arg);
          groupOf.put(arg, own);
        }
      }
    }
    Set<Expr> asked = new HashSet<>(nodes);
    return groupOf.values().stream()
        .distinct()
        .sorted(Comparator.comparing(group -> group.number))
        .map(group -> group.members.stream().filter(asked::contains))
        .map(members -> members.sorted(Comparator.comparing(position::get)).toList())
        .map(members -> new Unit(new ArrayList<>(members)))
        .toList();
  }

  /** Both as one group, with the number of the second. */
  private static Group join(Group a, Group b, Map<Expr, Group> groupOf) {
    Group larger = a.members.size() > b.members.size() ? a : b;
    Group smaller = larger == a ? b : a;
    larger.number = b.number;
    larger.members.addAll(smaller.members);
    smaller.members.forEach(member -> groupOf.put(member, larger));
    return larger;
  }

  /** The nodes with an instruction whose values a node reads, looking through free nodes. */
  private Set<Expr> sourcesOf(Expr node) {
    Set<Expr> found = new LinkedHashSet<>();
    for (Expr arg : node.args()) {
      if (isFree(arg)) {
        found.addAll(sources.getOrDefault(arg, Set.of()));
      } else {
        found.add(arg);
      }
    }
    return found;
  }

  private List<Unit> schedule(List<Unit> units) {
    order.forEach(node -> sources.put(node, sourcesOf(node)));
    for (Unit unit : units) {
      unit.nodes.forEach(node -> unit.reads.addAll(sources.getOrDefault(node, Set.of())));
      unit.nodes.forEach(unit.reads::remove);
    }
    Set<Expr> kept = new HashSet<>();
    for (Expr root : roots) {
      kept.addAll(isFree(root) ? sources.getOrDefault(root, Set.of()) : Set.of(root));
    }
    return Schedule.of(units, kept);
  }
}
