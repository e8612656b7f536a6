package girsanov.autodiff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reverse mode: for y = F(x), the cotangent dx = (∂F/∂x)ᵀ · dy as further nodes of the same graph.
 * One pass costs a few evaluations of F, whatever the number of inputs. The result is an ordinary
 * expression and can be differentiated again, in either mode.
 */
public final class Vjp {
  private Vjp() {}

  /** The gradient of a scalar. */
  public static List<Expr> gradient(Expr loss, List<Expr> xs) {
    if (loss.shape().rank() != 0) {
      throw new IllegalArgumentException(
          "gradient: expected a scalar loss, got %s, at %s%s; sum() it, or give the cotangent to of"
              .formatted(loss.shape(), Caller.here(), Caller.made(List.of(loss))));
    }
    return of(List.of(loss), List.of(Expr.constant(1)), xs);
  }

  /**
   * Cotangents of {@code xs} for the cotangents {@code dys} of {@code ys}. The xs may be any nodes;
   * where one x lies above another, each gets its total derivative.
   *
   * @return one cotangent per x, of its shape; zeros where no y depends on it
   * @throws IllegalArgumentException if the lists or shapes of ys and dys differ
   */
  public static List<Expr> of(List<Expr> ys, List<Expr> dys, List<Expr> xs) {
    var dxs = new ArrayList<Expr>();
    List<@Nullable Expr> sparse = sparse(ys, dys, xs);
    for (int i = 0; i < xs.size(); i++) {
      Expr dx = sparse.get(i);
      dxs.add(dx == null ? Expr.zeros(xs.get(i).shape()) : dx);
    }
    return dxs;
  }

  /** The same with null for zero. */
  static List<@Nullable Expr> sparse(List<Expr> ys, List<Expr> dys, List<Expr> xs) {
    checkPairs("vjp", ys, dys);
    Set<Expr> active = dependents(ys, xs);
    Map<Expr, Expr> cotangents = new HashMap<>();
    Map<Expr, List<@Nullable Expr>> items = new HashMap<>();
    for (int i = 0; i < ys.size(); i++) {
      cotangents.merge(ys.get(i), dys.get(i), Expr::plus);
    }
    for (Expr y : Graph.topological(ys).reversed()) {
      boolean reached = cotangents.containsKey(y) || items.containsKey(y);
      if (reached && active.contains(y) && !y.args().isEmpty()) {
        var wanted = new boolean[y.args().size()];
        for (int i = 0; i < wanted.length; i++) {
          wanted[i] = active.contains(y.args().get(i));
        }
        List<@Nullable Expr> dargs = contributions(y, cotangents.get(y), wanted, items);
        for (int i = 0; i < dargs.size(); i++) {
          Expr darg = dargs.get(i);
          if (darg != null) {
            cotangents.merge(y.args().get(i), darg, Expr::plus);
          }
        }
      }
    }
    return xs.stream().<@Nullable Expr>map(cotangents::get).toList();
  }

  private static List<@Nullable Expr> contributions(
      Expr y, @Nullable Expr dy, boolean[] wanted, Map<Expr, List<@Nullable Expr>> items) {
    List<@Nullable Expr> ditems = items.get(y);
    if (y.op() instanceof Scan scan && ditems != null) {
      return ScanRules.vjp(y, scan, ditems, wanted);
    }
    if (dy == null) {
      return List.of();
    }
    return switch (y.op()) {
      case Input _, Constant _, Scan _ -> List.of();
      case Elementwise f -> f.vjp(y, dy, wanted);
      case Linear f -> f.vjp(y, dy, wanted);
      case MatMul f -> f.vjp(y, dy, wanted);
      case Max f -> f.vjp(y, dy, wanted);
      case Item(int index) -> {
        keep(y.args().getFirst(), index, dy, items);
        yield List.of();
      }
    };
  }

  /** Adds a cotangent to those of the items of a scan, which are used when all are known. */
  private static void keep(Expr scan, int index, Expr dy, Map<Expr, List<@Nullable Expr>> items) {
    int results = scan.op() instanceof Scan s ? 2 * s.carries() : 0;
    List<@Nullable Expr> ditems =
        items.computeIfAbsent(
            scan, _ -> new ArrayList<@Nullable Expr>(Collections.nCopies(results, null)));
    Expr before = ditems.get(index);
    ditems.set(index, before == null ? dy : before.plus(dy));
  }

  /** The nodes below {@code ys} whose value depends smoothly on one of {@code xs}. */
  static Set<Expr> dependents(Collection<Expr> ys, Collection<Expr> xs) {
    Set<Expr> active = new HashSet<>(xs);
    for (Expr node : Graph.topological(ys)) {
      boolean flat = node.op() instanceof Elementwise f && f.isFlat();
      if (!flat && node.args().stream().anyMatch(active::contains)) {
        active.add(node);
      }
    }
    return active;
  }

  static void checkPairs(String mode, List<Expr> values, List<Expr> derivatives) {
    boolean fits = values.size() == derivatives.size();
    for (int i = 0; fits && i < values.size(); i++) {
      fits = values.get(i).shape().equals(derivatives.get(i).shape());
    }
    if (!fits) {
      throw new IllegalArgumentException(
          mode
              + ": expected derivatives of the shapes "
              + values.stream().map(Expr::shape).toList()
              + ", got "
              + derivatives.stream().map(Expr::shape).toList()
              + ", at "
              + Caller.here());
    }
  }
}
