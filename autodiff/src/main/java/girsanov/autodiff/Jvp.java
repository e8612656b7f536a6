package girsanov.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Forward mode: for y = F(x), the tangent dy = ∂F/∂x · dx as further nodes of the same graph. One
 * pass costs about one evaluation of F, whatever the number of outputs. The result is an ordinary
 * expression and can be differentiated again, in either mode.
 */
public final class Jvp {
  private Jvp() {}

  /**
   * Tangents of {@code ys} when each of {@code xs} moves by {@code dxs}. The xs may be any nodes,
   * not only inputs; nothing above them is followed.
   *
   * @return one tangent per y, of its shape; zeros where y does not depend on any x
   * @throws IllegalArgumentException if the lists or shapes of xs and dxs differ
   */
  public static List<Expr> of(List<Expr> ys, List<Expr> xs, List<Expr> dxs) {
    var dys = new ArrayList<Expr>();
    List<@Nullable Expr> sparse = sparse(ys, xs, dxs);
    for (int i = 0; i < ys.size(); i++) {
      Expr dy = sparse.get(i);
      dys.add(dy == null ? Expr.zeros(ys.get(i).shape()) : dy);
    }
    return dys;
  }

  /** The same with null for zero. */
  static List<@Nullable Expr> sparse(List<Expr> ys, List<Expr> xs, List<Expr> dxs) {
    Vjp.checkPairs("jvp", xs, dxs);
    Map<Expr, Expr> tangents = new HashMap<>();
    for (int i = 0; i < xs.size(); i++) {
      tangents.merge(xs.get(i), dxs.get(i), Expr::plus);
    }
    Map<Expr, List<@Nullable Expr>> items = new HashMap<>();
    for (Expr y : Graph.topological(ys)) {
      if (!tangents.containsKey(y)) {
        Expr dy = tangent(y, y.args().stream().<@Nullable Expr>map(tangents::get).toList(), items);
        if (dy != null) {
          tangents.put(y, dy);
        }
      }
    }
    return ys.stream().<@Nullable Expr>map(tangents::get).toList();
  }

  private static @Nullable Expr tangent(
      Expr y, List<@Nullable Expr> dx, Map<Expr, List<@Nullable Expr>> items) {
    return switch (y.op()) {
      case Input _, Constant _ -> null;
      case Elementwise f -> f.jvp(y, dx);
      case Linear f -> f.jvp(y, dx);
      case MatMul f -> f.jvp(y, dx);
      case Max f -> f.jvp(y, dx);
      case Scan scan -> {
        if (dx.stream().anyMatch(d -> d != null)) {
          items.put(y, ScanRules.jvp(y, scan, dx));
        }
        yield null;
      }
      case Item(int index) -> {
        var results = items.get(y.args().getFirst());
        yield results == null ? null : results.get(index);
      }
    };
  }
}
