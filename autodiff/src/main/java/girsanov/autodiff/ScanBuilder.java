package girsanov.autodiff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A {@link Scan} under construction: each input of the body beside the outer node it stands for.
 * Slices and constants that the body does not use are left out.
 */
final class ScanBuilder {
  private final int length;
  private final boolean reverse;
  private final List<Pair> carries = new ArrayList<>();
  private final List<Pair> slices = new ArrayList<>();
  private final List<Pair> constants = new ArrayList<>();
  private final List<Expr> next = new ArrayList<>();

  private record Pair(Expr input, Expr value) {}

  ScanBuilder(int length, boolean reverse) {
    this.length = length;
    this.reverse = reverse;
  }

  /** Returns the number of the carry among the results. */
  int carry(Expr input, Expr first, Expr following) {
    carries.add(new Pair(input, first));
    next.add(following);
    return carries.size() - 1;
  }

  /** A carry that no step reads: its stack collects a value of every step. */
  int collect(Expr value) {
    Expr unread = Expr.input("unread" + carries.size(), value.shape());
    return carry(unread, Expr.zeros(value.shape()), value);
  }

  /** {@code stacked} has one step a row. */
  void slice(Expr input, Expr stacked) {
    slices.add(new Pair(input, stacked));
  }

  void constant(Expr input, Expr value) {
    constants.add(new Pair(input, value));
  }

  Scan.Result build() {
    Set<Expr> used = new HashSet<>(Graph.topological(next));
    slices.removeIf(slice -> !used.contains(slice.input));
    constants.removeIf(constant -> !used.contains(constant.input));
    var all = new ArrayList<>(carries);
    all.addAll(slices);
    all.addAll(constants);
    var body = new Graph(all.stream().map(Pair::input).toList(), next);
    var scan = new Scan(body, carries.size(), slices.size(), length, reverse);
    Expr node = Expr.of(scan, all.stream().map(Pair::value).toList());
    var last = new ArrayList<Expr>();
    var stacks = new ArrayList<Expr>();
    for (int i = 0; i < carries.size(); i++) {
      last.add(Expr.of(new Item(i), List.of(node)));
      stacks.add(Expr.of(new Item(carries.size() + i), List.of(node)));
    }
    return new Scan.Result(List.copyOf(last), List.copyOf(stacks));
  }
}
