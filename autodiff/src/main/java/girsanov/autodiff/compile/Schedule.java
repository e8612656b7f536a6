package girsanov.autodiff.compile;

import girsanov.autodiff.Expr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The order in which units run, found greedily: of those that are ready, the one that frees most
 * memory is next; of equals the first.
 *
 * <p>What a unit frees changes only when it becomes the last to read a node, so a step looks at few
 * units: n log n in all.
 */
final class Schedule {

  /** A unit that has not run yet. */
  private static final class Entry {
    private final Fuse.Unit unit;
    private final int number;

    /** How many of the nodes that it reads are not there yet. */
    private int missing;

    /** Elements freed less elements allocated by running it next. */
    private long gain;

    private Entry(Fuse.Unit unit, int number) {
      this.unit = unit;
      this.number = number;
      this.missing = unit.reads().size();
    }
  }

  private final Set<Expr> kept;

  /** By node: who reads it and has not run yet. */
  private final Map<Expr, Set<Entry>> readers = new HashMap<>();

  private final TreeSet<Entry> ready =
      new TreeSet<>(
          Comparator.comparingLong((Entry entry) -> -entry.gain)
              .thenComparingInt(entry -> entry.number));

  private Schedule(Set<Expr> kept) {
    this.kept = kept;
  }

  /**
   * The units in an order in which they can run.
   *
   * @param kept nodes whose memory is never free again
   */
  static List<Fuse.Unit> of(List<Fuse.Unit> units, Set<Expr> kept) {
    return new Schedule(kept).order(units);
  }

  private List<Fuse.Unit> order(List<Fuse.Unit> units) {
    var entries = new ArrayList<Entry>();
    for (Fuse.Unit unit : units) {
      var entry = new Entry(unit, entries.size());
      entries.add(entry);
      for (Expr node : unit.reads()) {
        readers.computeIfAbsent(node, _ -> new HashSet<>()).add(entry);
      }
    }
    entries.stream().filter(entry -> entry.missing == 0).forEach(this::enter);
    var result = new ArrayList<Fuse.Unit>();
    while (!ready.isEmpty()) {
      Entry next = ready.removeFirst();
      result.add(next.unit);
      next.unit.nodes().forEach(this::arrives);
      next.unit.reads().forEach(node -> leaves(next, node));
    }
    if (result.size() < units.size()) {
      throw new IllegalStateException("fused units wait for each other");
    }
    return result;
  }

  private void enter(Entry entry) {
    entry.gain = gain(entry.unit);
    ready.add(entry);
  }

  /** A node is there: some that read it may be ready. */
  private void arrives(Expr node) {
    for (Entry reader : readersOf(node)) {
      reader.missing--;
      if (reader.missing == 0) {
        enter(reader);
      }
    }
  }

  /** A node has one reader less: the one that is left would free it. */
  private void leaves(Entry entry, Expr node) {
    Set<Entry> left = readersOf(node);
    left.remove(entry);
    if (left.size() == 1) {
      Entry last = left.iterator().next();
      if (ready.remove(last)) {
        enter(last);
      }
    }
  }

  private long gain(Fuse.Unit unit) {
    long gain = 0;
    for (Expr node : unit.nodes()) {
      boolean stored = kept.contains(node) || !readersOf(node).isEmpty();
      gain -= stored ? node.shape().size() : 0;
    }
    for (Expr node : unit.reads()) {
      boolean dies = !kept.contains(node) && readersOf(node).size() == 1;
      gain += dies ? node.shape().size() : 0;
    }
    return gain;
  }

  private Set<Entry> readersOf(Expr node) {
    return readers.getOrDefault(node, Set.of());
  }
}
