package girsanov.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of a loop's forward pass its backward pass should read from memory, and which it
 * should compute again: the choice of least cost, found as a minimum cut.
 *
 * <p>Each value v is two nodes of a network: v is computed again (cost of its operation), or stored
 * (cost of moving it to memory and back), or not needed. What is computed again needs its
 * arguments; carries and slices are there for the cost of a load. With S the source and T the sink,
 *
 * <pre>
 *   S → v.in: cost of computing v    v.in → v.out: cost of storing v    arg.out → v.in, v.out → T: ∞
 * </pre>
 *
 * and a cut of least capacity is the cheapest way to have all that the backward pass reads. (Jain
 * et al., "Checkmate", MLSys 2020, state the problem; the cut is the form it takes when memory is
 * no constraint but a cost.)
 */
final class Rematerialization {
  /*
   * Costs for each element, in tenths of a store and a load: some 0.4 ns where the stacks of a block
   * of rows lie in the second or third cache.
   */
  private static final long STORE = 10;

  private static final long LOAD = 3;
  private static final long ARITHMETIC = 1;
  private static final long TRANSCENDENTAL = 8;
  private static final long INFINITE = Long.MAX_VALUE / 4;

  /** Multiply-adds of a product that cost as much as one operation of arithmetic. */
  private static final int TERMS = 2;

  private static final int SOURCE = 0;
  private static final int SINK = 1;

  private final Map<Expr, Integer> number = new HashMap<>();
  private final List<Expr> values;
  private final List<Map<Integer, Long>> capacity = new ArrayList<>();

  private Rematerialization(Scan scan, List<Expr> values, Set<Expr> read) {
    this.values = values;
    values.forEach(value -> number.put(value, number.size()));
    for (int i = 0; i < 2 * values.size() + 2; i++) {
      capacity.add(new HashMap<>());
    }
    List<Expr> inputs = scan.body().inputs();
    Set<Expr> moving = new HashSet<>(inputs.subList(0, scan.carries() + scan.xs()));
    Set<Expr> stackedAnyway = new HashSet<>(scan.body().outputs());
    for (Expr value : values) {
      long size = value.shape().size();
      connect(SOURCE, in(value), (moving.contains(value) ? LOAD : computing(value)) * size);
      connect(in(value), out(value), storing(value, size, stackedAnyway));
      value.args().forEach(arg -> connect(out(arg), in(value), INFINITE));
      if (read.contains(value)) {
        connect(out(value), SINK, INFINITE);
      }
    }
  }

  /**
   * The values to store: of those computed from the body's inputs alone, on which the results of
   * the backward pass depend.
   */
  static List<Expr> stored(Scan scan, List<Expr> backward) {
    Set<Expr> inputs = new HashSet<>(scan.body().inputs());
    Set<Expr> primal = new HashSet<>();
    var values = new ArrayList<Expr>();
    Set<Expr> read = new HashSet<>();
    for (Expr node : Graph.topological(backward)) {
      boolean leaf = node.op() instanceof Constant || inputs.contains(node);
      if (leaf || (!(node.op() instanceof Input) && primal.containsAll(node.args()))) {
        primal.add(node);
        values.add(node);
      } else {
        node.args().stream().filter(primal::contains).forEach(read::add);
      }
    }
    backward.stream().filter(primal::contains).forEach(read::add);
    return new Rematerialization(scan, values, read).cut();
  }

  private int in(Expr value) {
    return 2 + 2 * number.getOrDefault(value, 0);
  }

  private int out(Expr value) {
    return in(value) + 1;
  }

  private void connect(int from, int to, long cost) {
    capacity.get(from).merge(to, cost, Long::sum);
    capacity.get(to).merge(from, 0L, Long::sum);
  }

  /** To have an element of a value again in the backward pass. */
  private static long computing(Expr value) {
    return switch (value.op()) {
      case MatMul _ -> ARITHMETIC + value.args().getFirst().shape().dim(-1) / TERMS;
      // Goes into the operation beside it.
      case Elementwise f when f == Elementwise.NEGATE -> 0;
      case Elementwise f -> f.isTranscendental() ? TRANSCENDENTAL : ARITHMETIC;
      case Max _ -> ARITHMETIC;
      // A loop within the loop is always run again: a scan of scans is checkpointing.
      case Input _, Constant _, Scan _, Item _, Linear _ -> 0;
    };
  }

  /**
   * To have a value from memory: an output of the body is stacked in any case; what a loop within
   * the loop makes is not for storing. A view is not either: what it shows can be stored as well,
   * and a factor of a weight's gradient must be seen to be one when that gradient leaves the loop.
   */
  private static long storing(Expr value, long size, Set<Expr> stackedAnyway) {
    return switch (value.op()) {
      case Input _, Constant _, Scan _, Item _ -> INFINITE;
      case Linear.Transpose _, Linear.Reshape _, Linear.Reverse _, Linear.Broadcast _ -> INFINITE;
      case MatMul _, Elementwise _, Max _, Linear _ ->
          (stackedAnyway.contains(value) ? LOAD : STORE) * size;
    };
  }

  /** Sends flow along shortest paths until none is left; then what still reaches T is cut off. */
  private List<Expr> cut() {
    for (int[] via = paths(); via[SINK] >= 0; via = paths()) {
      long most = INFINITE;
      for (int to = SINK; to != SOURCE; to = via[to]) {
        most = Math.min(most, residual(via[to], to));
      }
      for (int to = SINK; to != SOURCE; to = via[to]) {
        connect(via[to], to, -most);
        connect(to, via[to], most);
      }
    }
    var needed = new boolean[capacity.size()];
    needed[SINK] = true;
    var open = new ArrayDeque<>(List.of(SINK));
    while (!open.isEmpty()) {
      int to = open.remove();
      for (int from : capacity.get(to).keySet()) {
        if (!needed[from] && residual(from, to) > 0) {
          needed[from] = true;
          open.add(from);
        }
      }
    }
    return values.stream().filter(v -> needed[out(v)] && !needed[in(v)]).toList();
  }

  /** For each node the one before it on a shortest path from S with capacity left; −1 for none. */
  private int[] paths() {
    var via = new int[capacity.size()];
    Arrays.fill(via, -1);
    via[SOURCE] = SOURCE;
    var open = new ArrayDeque<>(List.of(SOURCE));
    while (!open.isEmpty() && via[SINK] < 0) {
      int from = open.remove();
      capacity
          .get(from)
          .forEach(
              (to, left) -> {
                if (left > 0 && via[to] < 0) {
                  via[to] = from;
                  open.add(to);
                }
              });
    }
    return via;
  }

  private long residual(int from, int to) {
    return capacity.get(from).getOrDefault(to, 0L);
  }
}
