package girsanov.autodiff.compile;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Item;
import girsanov.autodiff.Scan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A derivative may repeat a scan with further carries that remember what its backward pass needs.
 * Then the first scan is dropped: whatever reads it reads the longer one.
 */
final class MergeScans {
  private MergeScans() {}

  /**
   * One scan at a time: where both of a later pair read the shorter of an earlier one, they must go
   * on reading the same nodes.
   */
  static Graph graph(Graph graph) {
    List<Expr> scans = graph.nodes().stream().filter(node -> node.op() instanceof Scan).toList();
    for (Expr shorter : scans) {
      for (Expr longer : scans) {
        if (extendsWith((Scan) shorter.op(), shorter.args(), (Scan) longer.op(), longer.args())) {
          Map<Expr, Expr> items = itemsOfLonger(graph, shorter, longer);
          return graph(new Graph(graph.inputs(), Graph.substitute(graph.outputs(), items)));
        }
      }
    }
    return graph;
  }

  private static Map<Expr, Expr> itemsOfLonger(Graph graph, Expr shorter, Expr longer) {
    int carries = ((Scan) shorter.op()).carries();
    int more = ((Scan) longer.op()).carries() - carries;
    Map<Expr, Expr> items = new HashMap<>();
    for (Expr node : graph.nodes()) {
      if (node.op() instanceof Item(int index) && node.args().getFirst().equals(shorter)) {
        int moved = index < carries ? index : index + more;
        items.put(node, Expr.of(new Item(moved), List.of(longer)));
      }
    }
    return items;
  }

  /** Whether b computes all that a does, in the same nodes, and carries more. */
  private static boolean extendsWith(Scan a, List<Expr> aArgs, Scan b, List<Expr> bArgs) {
    return b.carries() > a.carries()
        && a.length() == b.length()
        && a.reverse() == b.reverse()
        && b.body().outputs().subList(0, a.carries()).equals(a.body().outputs())
        && sameGiven(a.body().inputs(), a.carries(), b.body().inputs(), b.carries())
        && sameGiven(aArgs, a.carries(), bArgs, b.carries());
  }

  private static boolean sameGiven(List<Expr> a, int aCarries, List<Expr> b, int bCarries) {
    var rest = new ArrayList<>(b.subList(0, aCarries));
    rest.addAll(b.subList(bCarries, b.size()));
    return a.equals(rest);
  }
}
