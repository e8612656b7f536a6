package girsanov.autodiff.compile;

import static girsanov.autodiff.Elementwise.PLUS;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Item;
import girsanov.autodiff.Linear;
import girsanov.autodiff.MatMul;
import girsanov.autodiff.Scan;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes sums out of a loop. A weight's gradient is carried as w̄ ← w̄ + Aₜᵀ·Bₜ, one small product a
 * step that reads and writes all of w̄. Instead the loop leaves A and B in stacks, and one large
 * product after it adds over steps and rows at once:
 *
 * <pre>
 *   w̄ + Σₜ Aₜᵀ·Bₜ = w̄ + [A₁; …; A_T]ᵀ·[B₁; …; B_T],      b̄ + Σₜ sum₀(Bₜ) = b̄ + sum₀₁(B)
 * </pre>
 *
 * <p>A large B that has no other reason to be stacked is summed up in the loop, and so is what is a
 * sum over the steps of a loop within. Carries that nobody reads are dropped as well.
 */
final class ScanMotion {
  /** Numbers that take longer to move through memory than a few instructions more in the loop. */
  private static final int LARGE = 1024;

  private final Scan scan;
  private final List<Expr> args;
  private final BitSet read;
  private final List<Expr> inputs;
  private final List<Expr> outputs;
  private final Map<Expr, Integer> uses = new HashMap<>();

  /**
   * Carries of the new scan, in order: their body inputs, first values, and values after a step.
   */
  private final List<Expr> carryInputs = new ArrayList<>();

  private final List<Expr> init = new ArrayList<>();
  private final List<Expr> next = new ArrayList<>();

  /** Body nodes whose stacks are wanted, and the carry that holds each. */
  private final Map<Expr, Integer> stacked = new HashMap<>();

  /** Where in the stack of a concatenation a part of it stands. */
  private record Part(Expr whole, Linear.Slice slice) {}

  private final Map<Expr, Part> partOf = new HashMap<>();

  private ScanMotion(Scan scan, List<Expr> args, BitSet read) {
    this.scan = scan;
    this.args = args;
    this.read = read;
    this.inputs = scan.body().inputs();
    this.outputs = scan.body().outputs();
    for (Expr node : scan.body().nodes()) {
      node.args().forEach(arg -> uses.merge(arg, 1, Integer::sum));
    }
  }

  /**
   * The values of all items of a scan, in order.
   *
   * @param read the items that are used; others are filled with anything
   */
  static List<Expr> items(Scan scan, List<Expr> args, BitSet read) {
    return new ScanMotion(scan, args, read).run();
  }

  /** A term of a carried sum, as it is made after the loop from the stacks. */
  private sealed interface Term {
    record Product(Expr a, Expr b) implements Term {}

    record RowSum(Expr x, List<Integer> axes) implements Term {}
  }

  private List<Expr> run() {
    Set<Integer> needed = needed();
    Map<Integer, List<Term>> sums = new TreeMap<>();
    var factors = new LinkedHashSet<Expr>();
    for (int i : needed) {
      List<Term> terms = new ArrayList<>();
      if (isOnlySummed(i) && collect(inputs.get(i), outputs.get(i), terms)) {
        sums.put(i, terms);
      }
    }
    Set<Expr> stackedAnyway = stackedAnyway(needed, sums.values());
    sums.values().removeIf(terms -> terms.stream().anyMatch(term -> stays(term, stackedAnyway)));
    sums.values().forEach(terms -> terms.forEach(term -> factors.addAll(factors(term))));
    findParts(factors);
    Map<Integer, Integer> place = new HashMap<>();
    for (int i : needed) {
      if (!sums.containsKey(i) && !(isOnlyStacked(i) && partOf.containsKey(outputs.get(i)))) {
        place.put(i, next.size());
        stacked.putIfAbsent(outputs.get(i), next.size());
        carryInputs.add(inputs.get(i));
        init.add(args.get(i));
        next.add(outputs.get(i));
      }
    }
    factors.stream().filter(node -> !partOf.containsKey(node)).forEach(this::wantStack);
    Expr node = next.isEmpty() ? null : rebuild();
    var items = new ArrayList<Expr>();
    for (int index = 0; index < 2 * scan.carries(); index++) {
      int i = index % scan.carries();
      Integer at = place.get(i);
      if (sums.containsKey(i) && index < scan.carries()) {
        items.add(total(args.get(i), sums.getOrDefault(i, List.of()), node));
      } else if (at != null && node != null) {
        items.add(item(node, index < scan.carries() ? at : next.size() + at));
      } else if (index >= scan.carries() && needed.contains(i) && !sums.containsKey(i)) {
        items.add(stack(outputs.get(i), node));
      } else {
        items.add(args.get(i));
      }
    }
    return items;
  }

  /** What has a stack whatever becomes of sums over rows. */
  private Set<Expr> stackedAnyway(Set<Integer> needed, Collection<List<Term>> sums) {
    var found = new HashSet<>(inputs.subList(scan.carries(), scan.carries() + scan.xs()));
    for (int i : needed) {
      if (read.get(scan.carries() + i)) {
        found.add(outputs.get(i));
      }
    }
    for (List<Term> terms : sums) {
      terms.stream()
          .filter(Term.Product.class::isInstance)
          .map(ScanMotion::factors)
          .forEach(found::addAll);
    }
    for (Expr whole : List.copyOf(found)) {
      if (whole.op() instanceof Linear.Concat) {
        found.addAll(whole.args());
      }
    }
    return found;
  }

  /**
   * Whether a sum over rows is made where the rows are, since a stack of them would be for it
   * alone; and likewise a sum over the steps of a loop within.
   */
  private static boolean stays(Term term, Set<Expr> stackedAnyway) {
    return factors(term).stream().anyMatch(ScanMotion::isInnerStack)
        || (term instanceof Term.RowSum(Expr x, var _)
            && x.shape().size() >= LARGE
            && !stackedAnyway.contains(x));
  }

  /**
   * Whether a value is what a loop within the loop made in each of its steps. That loop's sums are
   * made at its end; here they stay, for a loop of loops keeps the carries of the outer one alone.
   */
  private static boolean isInnerStack(Expr x) {
    return switch (x.op()) {
      case Linear.Reshape _, Linear.Transpose _, Linear.Slice _, Linear.Concat _ ->
          x.args().stream().anyMatch(ScanMotion::isInnerStack);
      case Item(int index) ->
          x.args().getFirst().op() instanceof Scan inner && index >= inner.carries();
      default -> false;
    };
  }

  /** Carries that are read after the loop, or by another such carry. */
  private Set<Integer> needed() {
    Set<Integer> needed = new TreeSet<>();
    for (int i = 0; i < scan.carries(); i++) {
      if (read.get(i) || read.get(scan.carries() + i)) {
        needed.add(i);
      }
    }
    for (boolean grew = true; grew; ) {
      Set<Expr> reached =
          new HashSet<>(Graph.topological(needed.stream().map(outputs::get).toList()));
      grew = false;
      for (int i = 0; i < scan.carries(); i++) {
        grew |= reached.contains(inputs.get(i)) && needed.add(i);
      }
    }
    return needed;
  }

  /** Whether nothing but its own next value reads a carry, and nothing reads that. */
  private boolean isOnlySummed(int i) {
    return !read.get(scan.carries() + i)
        && uses.getOrDefault(inputs.get(i), 0) == 1
        && uses.getOrDefault(outputs.get(i), 0) == 0
        && outputs.stream().filter(outputs.get(i)::equals).count() == 1;
  }

  /** Whether no step reads a carry and nothing its last value. */
  private boolean isOnlyStacked(int i) {
    return !read.get(i) && uses.getOrDefault(inputs.get(i), 0) == 0;
  }

  /** Splits sum = carry + terms; false if it is anything else. */
  private boolean collect(Expr carry, Expr sum, List<Term> terms) {
    if (sum.equals(carry)) {
      return true;
    }
    if (sum.op() == PLUS && uses.getOrDefault(sum, 0) <= 1) {
      return collect(carry, sum.args().get(0), terms) && collect(carry, sum.args().get(1), terms);
    }
    if (sum.op() instanceof MatMul
        && sum.shape().rank() == 2
        && sum.args().getFirst().op() instanceof Linear.Transpose) {
      terms.add(new Term.Product(sum.args().getFirst().args().getFirst(), sum.args().get(1)));
      return true;
    }
    if (sum.op() instanceof Linear.Sum(var axes)) {
      terms.add(new Term.RowSum(sum.args().getFirst(), axes));
      return true;
    }
    return false;
  }

  private static List<Expr> factors(Term term) {
    return switch (term) {
      case Term.Product(Expr a, Expr b) -> List.of(a, b);
      case Term.RowSum(Expr x, var _) -> List.of(x);
    };
  }

  /** What is part of a concatenation that is stacked needs no stack of its own. */
  private void findParts(Set<Expr> factors) {
    for (Expr whole : factors) {
      if (whole.op() instanceof Linear.Concat(int axis) && argument(whole) == null) {
        int start = 0;
        for (Expr part : whole.args()) {
          int end = start + part.shape().dim(axis);
          partOf.putIfAbsent(part, new Part(whole, new Linear.Slice(axis + 1, start, end)));
          start = end;
        }
      }
    }
  }

  private void wantStack(Expr node) {
    if (argument(node) == null && !stacked.containsKey(node)) {
      stacked.put(node, next.size());
      carryInputs.add(Expr.input("unread", node.shape()));
      init.add(Expr.zeros(node.shape()));
      next.add(node);
    }
  }

  /** The stack of a body node that is a slice of an argument anyway. */
  private @Nullable Expr argument(Expr node) {
    int i = inputs.indexOf(node);
    boolean slice = i >= scan.carries() && i < scan.carries() + scan.xs();
    return slice ? args.get(i) : null;
  }

  private Expr stack(Expr node, @Nullable Expr rebuilt) {
    Expr argument = argument(node);
    if (argument != null) {
      return argument;
    }
    Part part = partOf.get(node);
    if (part != null) {
      return Expr.of(part.slice, List.of(stack(part.whole, rebuilt)));
    }
    if (rebuilt == null) {
      throw new IllegalStateException("no stack of " + node);
    }
    return item(rebuilt, next.size() + stacked.getOrDefault(node, 0));
  }

  private Expr rebuild() {
    Set<Expr> used = new HashSet<>(Graph.topological(next));
    var kept = new ArrayList<>(carryInputs);
    var given = new ArrayList<>(init);
    int slices = 0;
    for (int i = scan.carries(); i < inputs.size(); i++) {
      if (used.contains(inputs.get(i))) {
        kept.add(inputs.get(i));
        given.add(args.get(i));
        slices += i < scan.carries() + scan.xs() ? 1 : 0;
      }
    }
    var smaller =
        new Scan(new Graph(kept, next), next.size(), slices, scan.length(), scan.reverse());
    return Expr.of(smaller, given);
  }

  /** The carried sum, made at once from the stacks. */
  private Expr total(Expr start, List<Term> terms, @Nullable Expr rebuilt) {
    Expr total = start;
    for (Term term : terms) {
      total =
          total.plus(
              switch (term) {
                case Term.Product(Expr a, Expr b) ->
                    rows(stack(a, rebuilt)).transpose().matmul(rows(stack(b, rebuilt)));
                case Term.RowSum(Expr x, var axes) -> {
                  var all = new ArrayList<>(List.of(0));
                  axes.forEach(axis -> all.add(axis + 1));
                  yield stack(x, rebuilt).sum(all.stream().mapToInt(Integer::intValue).toArray());
                }
              });
    }
    return total;
  }

  /** [steps, rows, columns] → [steps · rows, columns]. */
  private static Expr rows(Expr stack) {
    Shape shape = stack.shape();
    return stack.reshape(shape.dim(0) * shape.dim(1), shape.dim(2));
  }

  private static Expr item(Expr node, int index) {
    return Expr.of(new Item(index), List.of(node));
  }
}
