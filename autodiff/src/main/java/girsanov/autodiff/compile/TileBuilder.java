package girsanov.autodiff.compile;

import static girsanov.autodiff.Elementwise.MINUS;
import static girsanov.autodiff.Elementwise.PLUS;
import static girsanov.autodiff.Elementwise.TIMES;

import girsanov.autodiff.Elementwise;
import girsanov.autodiff.Expr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds one tile loop from a group of elementwise nodes of one shape. */
final class TileBuilder {
  /** Elements of all slots of a tile together: they share the first-level cache. */
  private static final int WORKING_SET = 6144;

  private static final int LONGEST = 1024;
  private static final int SHORTEST = 128;
  private static final int LANES = 16;

  private final Lower lower;
  private final List<Expr> group;
  private final Set<Expr> inside;
  private final Map<Expr, View> operands = new LinkedHashMap<>();
  private final Map<Expr, View> results = new LinkedHashMap<>();
  private final Map<Expr, Integer> slots = new HashMap<>();
  private final Map<Expr, Integer> lastUse = new HashMap<>();
  private final Deque<Integer> freeRegisters = new ArrayDeque<>();
  private int registers;

  TileBuilder(Lower lower, List<Expr> group, List<Expr> results) {
    this.lower = lower;
    this.group = group;
    this.inside = new HashSet<>(group);
    results.forEach(node -> this.results.put(node, lower.place(node)));
  }

  Instruction.TileLoop build() {
    collectOperands();
    Instruction.TileStep[] steps = steps();
    int[] dims = group.getFirst().shape().dims();
    var strides = new ArrayList<int[]>();
    operands.values().forEach(view -> strides.add(view.strides()));
    results.values().forEach(view -> strides.add(view.strides()));
    Space space = Space.of(dims, strides).atLeast(2);
    int outer = space.dims().length - 2;
    var read = new ArrayList<Instruction.Operand>();
    var written = new ArrayList<Instruction.Operand>();
    int v = 0;
    for (View view : operands.values()) {
      read.add(Lower.operand(view, space.strides().get(v++), outer));
    }
    for (View view : results.values()) {
      written.add(Lower.operand(view, space.strides().get(v++), outer));
    }
    var exact = new boolean[results.size()];
    int r = 0;
    for (Expr node : results.keySet()) {
      exact[r++] = lower.isPart(node);
    }
    int rows = space.dims()[outer];
    int columns = space.dims()[outer + 1];
    int[] tile = tile(rows, columns);
    return new Instruction.TileLoop(
        Arrays.copyOf(space.dims(), outer),
        rows,
        columns,
        tile[0],
        tile[1],
        read,
        written,
        exact,
        registers,
        steps);
  }

  /** Rows and columns of a tile. Whole rows end on whole vectors, so that no tile spills over. */
  private int[] tile(int rows, int columns) {
    int slotCount = operands.size() + results.size() + registers;
    int length = Math.clamp(WORKING_SET / slotCount, SHORTEST, LONGEST) / LANES * LANES;
    if (rows == 1 || columns > length / 2) {
      return new int[] {1, Math.min(columns, length)};
    }
    int whole = LANES / Math.min(LANES, Integer.lowestOneBit(columns));
    return new int[] {Math.min(rows, Math.max(1, length / (whole * columns)) * whole), columns};
  }

  private void collectOperands() {
    for (int i = 0; i < group.size(); i++) {
      for (Expr arg : group.get(i).args()) {
        lastUse.put(arg, i);
      }
    }
    for (Expr node : group) {
      for (int i = 0; i < node.args().size(); i++) {
        Expr arg = node.args().get(i);
        if (!inside.contains(arg) && Double.isNaN(immediate(node, i))) {
          operands.putIfAbsent(arg, lower.view(arg));
        }
      }
    }
    operands.keySet().forEach(node -> slots.put(node, slots.size()));
    results.keySet().forEach(node -> slots.put(node, slots.size()));
  }

  /** The value of argument i, if it is one known number and the kernel takes it as such. */
  private double immediate(Expr node, int i) {
    boolean takes = node.op() == PLUS || node.op() == TIMES || (node.op() == MINUS && i == 1);
    if (!takes || slots.containsKey(node.args().get(i)) || inside.contains(node.args().get(i))) {
      return Double.NaN;
    }
    if (i == 0 && node.args().get(0) == node.args().get(1)) {
      return Double.NaN;
    }
    double splat = lower.view(node.args().get(i)).splat();
    boolean bothSplat =
        !inside.contains(node.args().get(1 - i))
            && !Double.isNaN(lower.view(node.args().get(1 - i)).splat());
    return bothSplat ? Double.NaN : splat;
  }

  private Instruction.TileStep[] steps() {
    var immediates = new HashMap<Expr, Integer>();
    for (Expr node : group) {
      for (int i = 0; i < Math.min(2, node.args().size()); i++) {
        if (!inside.contains(node.args().get(i)) && !operands.containsKey(node.args().get(i))) {
          immediates.put(node, i);
        }
      }
    }
    int fixed = slots.size();
    var steps = new ArrayList<Instruction.TileStep>();
    for (int i = 0; i < group.size(); i++) {
      Expr node = group.get(i);
      Integer constant = immediates.get(node);
      var args = new int[] {-1, -1, -1};
      int count = 0;
      for (int a = 0; a < node.args().size(); a++) {
        if (constant == null || constant != a) {
          args[count++] = slots.getOrDefault(node.args().get(a), -1);
        }
      }
      for (Expr arg : node.args().stream().distinct().toList()) {
        int slot = slots.getOrDefault(arg, -1);
        if (slot >= fixed && lastUse.getOrDefault(arg, -1) == i) {
          freeRegisters.push(slot);
        }
      }
      if (!slots.containsKey(node)) {
        slots.put(node, freeRegisters.isEmpty() ? fixed + registers++ : freeRegisters.pop());
      }
      double scalar = constant == null ? Double.NaN : lower.view(node.args().get(constant)).splat();
      steps.add(
          new Instruction.TileStep(
              (Elementwise) node.op(),
              args[0],
              args[1],
              args[2],
              scalar,
              slots.getOrDefault(node, -1)));
    }
    return steps.toArray(Instruction.TileStep[]::new);
  }
}
