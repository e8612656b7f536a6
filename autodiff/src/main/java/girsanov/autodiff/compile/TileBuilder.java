package girsanov.autodiff.compile;

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
import org.jspecify.annotations.Nullable;

/**
 * Builds one tile loop from a group of elementwise nodes of one shape, and sums of some of them.
 */
final class TileBuilder {
  /** Elements of all slots of a tile together: they share the first-level cache. */
  private static final int WORKING_SET = 6144;

  private static final int LONGEST = 1024;
  private static final int SHORTEST = 128;

  private final Lower lower;
  private final List<Expr> group;
  private final Set<Expr> inside;
  private final Map<Expr, View> operands = new LinkedHashMap<>();
  private final Map<Expr, View> results = new LinkedHashMap<>();
  private final Map<Expr, Integer> slots = new HashMap<>();
  private final Map<Expr, Integer> lastUse = new HashMap<>();
  private final Deque<Integer> freeRegisters = new ArrayDeque<>();
  private final List<Steps.Step> steps;
  private final List<Expr> summed;
  private final List<View> sums;
  private int registers;

  /**
   * @param results the nodes of the group that are read elsewhere
   * @param summed the nodes of the group that are summed up, and {@code sums} where to: of their
   *     shape, with stride 0 along the axes that are summed over
   */
  TileBuilder(
      Lower lower, List<Expr> group, List<Expr> results, List<Expr> summed, List<View> sums) {
    this.lower = lower;
    this.group = group;
    this.inside = new HashSet<>(group);
    results.forEach(node -> this.results.put(node, lower.place(node)));
    this.summed = summed;
    this.sums = sums;
    var wanted = new HashSet<>(results);
    wanted.addAll(summed);
    List<Steps.Step> plain = Steps.of(group, wanted, node -> lower.view(node).splat());
    this.steps = columns(group.getFirst()) < Lower.LANES ? plain : Gates.of(plain, wanted);
  }

  Instruction.TileLoop build() {
    assignSlots();
    Instruction.TileStep[] tileSteps = tileSteps();
    int[] dims = group.getFirst().shape().dims();
    var strides = new ArrayList<int[]>();
    operands.values().forEach(view -> strides.add(view.strides()));
    results.values().forEach(view -> strides.add(view.strides()));
    sums.forEach(view -> strides.add(view.strides()));
    Space space = Space.of(dims, strides).atLeast(2);
    Space folded = folded(space);
    int period = folded == null ? 1 : space.dims()[space.dims().length - 2];
    space = folded == null ? space : folded;
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
    var added = new ArrayList<Instruction.TileSum>();
    for (int i = 0; i < sums.size(); i++) {
      int slot = slots.getOrDefault(summed.get(i), -1);
      var to = Lower.operand(sums.get(i), space.strides().get(v++), outer);
      added.add(new Instruction.TileSum(slot, to));
    }
    var exact = new boolean[results.size()];
    int r = 0;
    for (Expr node : results.keySet()) {
      exact[r++] = lower.isPart(node);
    }
    int rows = space.dims()[outer];
    int columns = space.dims()[outer + 1];
    boolean[] inPlace = inPlace(tileSteps, read, written, added, period);
    int[] tile = tile(rows, columns, period, inPlace);
    return new Instruction.TileLoop(
        Arrays.copyOf(space.dims(), outer),
        rows,
        columns,
        period,
        tile[0],
        tile[1],
        read.toArray(Instruction.Operand[]::new),
        written.toArray(Instruction.Operand[]::new),
        exact,
        inPlace,
        Arrays.stream(tileSteps).anyMatch(step -> step.op() instanceof Opcode.Gate),
        registers,
        tileSteps,
        added.toArray(Instruction.TileSum[]::new));
  }

  /**
   * The space where tiles go on over the rows after which some views start again, and null where
   * they cannot: short tiles, such as those of small networks side by side, cost more than their
   * arithmetic.
   */
  private static @Nullable Space folded(Space space) {
    int period = space.dims()[space.dims().length - 2];
    int columns = space.dims()[space.dims().length - 1];
    boolean empty = Arrays.stream(space.dims()).anyMatch(extent -> extent == 0);
    if (empty || period == 1 || wholeRows(columns, period) * columns > LONGEST) {
      return null;
    }
    return space.folded();
  }

  /** The fewest rows that end on a whole vector, and on the end of a period. */
  private static int wholeRows(int columns, int period) {
    int whole = Lower.LANES / Math.min(Lower.LANES, Integer.lowestOneBit(columns));
    int common = Math.min(Integer.lowestOneBit(period), whole);
    return whole / common * period;
  }

  /**
   * Rows and columns of a tile. Whole rows end on whole vectors, so that no tile spills over; long
   * ones are cut in even shares, for the threads.
   */
  private int[] tile(int rows, int columns, int period, boolean[] inPlace) {
    if (rows == 0 || columns == 0) {
      return new int[] {1, 1};
    }
    int slotCount = registers;
    for (boolean streams : inPlace) {
      slotCount += streams ? 0 : 1;
    }
    int fits = WORKING_SET / Math.max(1, slotCount);
    int length = Math.clamp(fits, SHORTEST, LONGEST) / Lower.LANES * Lower.LANES;
    if (rows == 1 || (columns > length / 2 && period == 1)) {
      int share = Math.ceilDiv(columns, Math.ceilDiv(columns, length));
      return new int[] {1, Math.min(columns, Math.ceilDiv(share, Lower.LANES) * Lower.LANES)};
    }
    int whole = wholeRows(columns, period);
    return new int[] {Math.min(rows, Math.max(1, length / (whole * columns)) * whole), columns};
  }

  /** Slots: what the steps read from outside, then the results; registers come later. */
  private void assignSlots() {
    for (int i = 0; i < steps.size(); i++) {
      for (Expr arg : steps.get(i).args()) {
        lastUse.put(arg, i);
        if (!inside.contains(arg)) {
          operands.putIfAbsent(arg, lower.view(arg));
        }
      }
    }
    summed.forEach(node -> lastUse.put(node, steps.size()));
    operands.keySet().forEach(node -> slots.put(node, slots.size()));
    results.keySet().forEach(node -> slots.put(node, slots.size()));
  }

  private Instruction.TileStep[] tileSteps() {
    int fixed = slots.size();
    var made = new ArrayList<Instruction.TileStep>();
    for (int i = 0; i < steps.size(); i++) {
      Steps.Step step = steps.get(i);
      int args = step.args().size();
      int places = Instruction.TileStep.places(step.op(), args);
      var used = new int[places + step.values().size()];
      for (int a = 0; a < places; a++) {
        used[a] = slots.getOrDefault(step.args().get(a < args ? a : 0), -1);
      }
      // A result may lie on an argument, but not where some elements are computed twice.
      boolean apart = step.op() instanceof Opcode.Gate;
      if (!apart) {
        free(step, i, fixed);
      }
      for (int v = places; v < used.length; v++) {
        used[v] =
            slots.computeIfAbsent(
                step.values().get(v - places),
                _ -> freeRegisters.isEmpty() ? fixed + registers++ : freeRegisters.pop());
      }
      if (apart) {
        free(step, i, fixed);
      }
      made.add(new Instruction.TileStep(step.op(), used, args, step.scalar()));
    }
    return made.toArray(Instruction.TileStep[]::new);
  }

  /** The registers that are not read after step i. */
  private void free(Steps.Step step, int i, int fixed) {
    for (Expr arg : step.args().stream().distinct().toList()) {
      int slot = slots.getOrDefault(arg, -1);
      if (slot >= fixed && lastUse.getOrDefault(arg, -1) == i) {
        freeRegisters.push(slot);
      }
    }
  }

  /** The columns of a tile loop over nodes of this shape, or fewer. */
  private static int columns(Expr node) {
    return node.shape().rank() == 0 ? 1 : node.shape().dim(-1);
  }

  /** Which operands and results gates alone take, and sums of columns, where they lie. */
  private static boolean[] inPlace(
      Instruction.TileStep[] steps,
      List<Instruction.Operand> read,
      List<Instruction.Operand> written,
      List<Instruction.TileSum> sums,
      int period) {
    var inPlace = new boolean[read.size() + written.size()];
    for (int i = 0; i < inPlace.length; i++) {
      int slot = i;
      var place = i < read.size() ? read.get(i) : written.get(i - read.size());
      inPlace[i] =
          period == 1
              && place.columnStride() == 1
              && Arrays.stream(steps)
                  .filter(step -> step.reads(slot) || step.writes(slot))
                  .allMatch(step -> step.op() instanceof Opcode.Gate)
              && sums.stream()
                  .filter(sum -> sum.slot() == slot)
                  .allMatch(sum -> sum.to().rowStride() == 0 && sum.to().columnStride() == 1);
    }
    return inPlace;
  }
}
