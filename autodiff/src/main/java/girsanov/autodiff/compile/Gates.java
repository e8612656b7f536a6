package girsanov.autodiff.compile;

import static girsanov.autodiff.Elementwise.MINUS;
import static girsanov.autodiff.Elementwise.PLUS;
import static girsanov.autodiff.Elementwise.SIGMOID;
import static girsanov.autodiff.Elementwise.TANH;
import static girsanov.autodiff.Elementwise.TIMES;

import girsanov.autodiff.Elementwise;
import girsanov.autodiff.Expr;
import girsanov.autodiff.compile.Steps.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the gates of a gated recurrent unit among the steps of a tile loop, forward and back, and
 * makes each chain one step. Their numbers stay the same, bit for bit.
 *
 * <p>A step takes the place of the last of those that it replaces, if nothing before it reads what
 * it computes.
 */
final class Gates {
  private final Set<Expr> wanted;
  private final Map<Expr, Step> maker = new HashMap<>();
  private final Map<Expr, Integer> uses = new HashMap<>();
  private List<Step> steps;

  private Gates(List<Step> steps, Set<Expr> wanted) {
    this.steps = steps;
    this.wanted = wanted;
    for (Step step : steps) {
      maker.put(step.value(), step);
      step.args().forEach(arg -> uses.merge(arg, 1, Integer::sum));
    }
  }

  /**
   * The same values by fewer steps.
   *
   * @param wanted those that are read elsewhere
   */
  static List<Step> of(List<Step> steps, Set<Expr> wanted) {
    var gates = new Gates(steps, wanted);
    for (Step step : steps) {
      gates.sigmoid(step);
      gates.state(step);
      gates.slopes(step);
    }
    return gates.steps;
  }

  /** σ(a + b). */
  private void sigmoid(Step last) {
    Step sum = is(last, SIGMOID) ? own(last.args().getFirst(), PLUS) : null;
    if (sum != null) {
      replace(Opcode.Gate.SIGMOID_OF_SUM, sum.args(), List.of(last.value()), List.of(sum, last));
    }
  }

  /** n + z (h − n), n = tanh(g + r (a + b)). */
  private void state(Step last) {
    if (last.op() != Opcode.Fused.MULTIPLY_ADD) {
      return;
    }
    Expr n = last.args().get(2);
    Step tanh = made(n, TANH);
    Step inner = tanh == null ? null : own(tanh.args().getFirst(), Opcode.Fused.MULTIPLY_ADD);
    int d = own(last.args().get(0), MINUS) != null ? 0 : 1;
    Step difference = own(last.args().get(d), MINUS);
    if (tanh == null || inner == null || difference == null) {
      return;
    }
    int p = made(inner.args().get(0), PLUS) != null ? 0 : 1;
    Step sum = made(inner.args().get(p), PLUS);
    if (sum == null || !difference.args().get(1).equals(n)) {
      return;
    }
    Expr reset = inner.args().get(1 - p);
    Expr keep = last.args().get(1 - d);
    Expr g = inner.args().get(2);
    Expr h = difference.args().getFirst();
    replace(
        Opcode.Gate.GRU_STATE,
        List.of(sum.args().get(0), sum.args().get(1), reset, g, keep, h),
        List.of(sum.value(), n, last.value()),
        List.of(sum, inner, tanh, difference, last));
  }

  /** e = d z, t = (d − e)(1 − n²), and all that follows from them. */
  private void slopes(Step slope) {
    Step rest = slope.op() == Opcode.Fused.TANH_SLOPE ? own(slope.args().getFirst(), MINUS) : null;
    Step kept = rest == null ? null : made(rest.args().get(1), TIMES);
    if (rest == null || kept == null) {
      return;
    }
    Expr d = rest.args().getFirst();
    Expr z = other(kept, d);
    Expr n = slope.args().get(1);
    Expr t = slope.value();
    Step reset = z == null ? null : reset(t);
    Step keep = z == null ? null : keep(d, z, n);
    if (z == null || reset == null || keep == null) {
      return;
    }
    Step product = maker(reset.args().getFirst());
    Expr p = other(product, t);
    Expr r = reset.args().getLast();
    Step moved = maker(keep.args().getFirst());
    Step difference = maker(other(moved, d));
    Step proposed = product(t, r);
    if (p == null || proposed == null) {
      return;
    }
    replace(
        Opcode.Gate.GRU_SLOPES,
        List.of(d, z, n, r, p, difference.args().getFirst()),
        List.of(kept.value(), t, proposed.value(), reset.value(), keep.value()),
        List.of(kept, rest, slope, proposed, product, reset, difference, moved, keep));
  }

  /** The step t p (r − r²) for some p and r of which t r is a step as well. */
  private @Nullable Step reset(Expr t) {
    for (Step step : steps) {
      if (step.op() == Opcode.Fused.SIGMOID_SLOPE) {
        Step product = own(step.args().getFirst(), TIMES);
        Expr r = step.args().getLast();
        if (product != null && other(product, t) != null && product(t, r) != null) {
          return step;
        }
      }
    }
    return null;
  }

  /** The step d (h − n)(z − z²) for some h. */
  private @Nullable Step keep(Expr d, Expr z, Expr n) {
    for (Step step : steps) {
      if (step.op() == Opcode.Fused.SIGMOID_SLOPE && step.args().getLast().equals(z)) {
        Step moved = own(step.args().getFirst(), TIMES);
        Step difference = moved == null ? null : own(other(moved, d), MINUS);
        if (difference != null && difference.args().getLast().equals(n)) {
          return step;
        }
      }
    }
    return null;
  }

  /** The step a b. */
  private @Nullable Step product(Expr a, Expr b) {
    for (Step step : steps) {
      if (is(step, TIMES) && b.equals(other(step, a))) {
        return step;
      }
    }
    return null;
  }

  /** The other argument of a step of two, if x is one. */
  private static @Nullable Expr other(Step step, Expr x) {
    int i = step.args().indexOf(x);
    return i < 0 ? null : step.args().get(1 - i);
  }

  private static boolean is(Step step, Elementwise f) {
    return Double.isNaN(step.scalar()) && step.op().equals(new Opcode.Plain(f));
  }

  /** The step of this kind that makes x. */
  private @Nullable Step made(Expr x, Elementwise f) {
    Step step = maker.get(x);
    return step != null && is(step, f) ? step : null;
  }

  /** The same if only one step reads x. */
  private @Nullable Step own(@Nullable Expr x, Elementwise f) {
    return x != null && isOwn(x) ? made(x, f) : null;
  }

  private @Nullable Step own(Expr x, Opcode op) {
    Step step = maker.get(x);
    return step != null && step.op() == op && isOwn(x) ? step : null;
  }

  private Step maker(@Nullable Expr x) {
    Step step = maker.get(x);
    if (step == null) {
      throw new IllegalStateException("no step makes " + x);
    }
    return step;
  }

  private boolean isOwn(Expr x) {
    return uses.getOrDefault(x, 0) == 1 && !wanted.contains(x);
  }

  private void replace(Opcode op, List<Expr> args, List<Expr> values, List<Step> replaced) {
    Set<Step> gone = new HashSet<>(replaced);
    int last = steps.size() - 1;
    while (!gone.contains(steps.get(last))) {
      last--;
    }
    var fewer = new ArrayList<Step>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (i == last) {
        fewer.add(new Step(op, args, Double.NaN, values));
      } else if (!gone.contains(step)) {
        if (i < last && step.args().stream().anyMatch(values::contains)) {
          return;
        }
        fewer.add(step);
      }
    }
    steps = fewer;
  }
}
