package girsanov.autodiff.compile;

import static girsanov.autodiff.Elementwise.EXPM1;
import static girsanov.autodiff.Elementwise.MINIMUM;
import static girsanov.autodiff.Elementwise.MINUS;
import static girsanov.autodiff.Elementwise.NEGATE;
import static girsanov.autodiff.Elementwise.PLUS;
import static girsanov.autodiff.Elementwise.SQUARE;
import static girsanov.autodiff.Elementwise.TIMES;

import girsanov.autodiff.Elementwise;
import girsanov.autodiff.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The steps that compute a group of elementwise nodes: one for each node, but those that its only
 * reader takes into a {@linkplain Opcode.Fused fused} step of its own. A number that stands beside
 * a variable is part of the step.
 */
final class Steps {

  /** values = op(args), with {@code scalar} for the number that the step knows, else NaN. */
  record Step(Opcode op, List<Expr> args, double scalar, List<Expr> values) {

    private Step(Opcode op, List<Expr> args, double scalar, Expr value) {
      this(op, args, scalar, List.of(value));
    }

    Expr value() {
      return values.getFirst();
    }
  }

  private final Set<Expr> inside;
  private final Set<Expr> results;
  private final ToDoubleFunction<Expr> splat;
  private final Map<Expr, Integer> uses = new HashMap<>();

  private Steps(List<Expr> group, Set<Expr> results, ToDoubleFunction<Expr> splat) {
    this.inside = new HashSet<>(group);
    this.results = results;
    this.splat = splat;
    group.forEach(node -> node.args().forEach(arg -> uses.merge(arg, 1, Integer::sum)));
  }

  /**
   * The steps of a group in order.
   *
   * @param results nodes whose values are wanted outside
   * @param splat the one number that all elements of a node outside equal, if known, else NaN
   */
  static List<Step> of(List<Expr> group, Set<Expr> results, ToDoubleFunction<Expr> splat) {
    var steps = new Steps(group, results, splat);
    var reversed = new ArrayList<Step>();
    var taken = new HashSet<Expr>();
    for (Expr node : group.reversed()) {
      if (!taken.contains(node)) {
        Step fused = steps.fused(node, taken);
        reversed.add(fused != null ? fused : steps.plain(node));
      }
    }
    return reversed.reversed();
  }

  private @Nullable Step fused(Expr node, Set<Expr> taken) {
    Step step =
        switch ((Elementwise) node.op()) {
          case PLUS -> {
            Step left = product(Opcode.Fused.MULTIPLY_ADD, node, 0);
            yield left != null ? left : product(Opcode.Fused.MULTIPLY_ADD, node, 1);
          }
          case MINUS -> product(Opcode.Fused.SUBTRACT_PRODUCT, node, 1);
          case TIMES -> {
            Step left = slope(node, 0);
            yield left != null ? left : slope(node, 1);
          }
          default -> null;
        };
    if (step != null) {
      take(node, step, taken);
    }
    return step;
  }

  /** All that a fused step computes on its way. */
  private void take(Expr node, Step step, Set<Expr> taken) {
    for (Expr arg : node.args()) {
      if (isOwn(arg) && !step.args.contains(arg)) {
        taken.add(arg);
        take(arg, step, taken);
      }
    }
  }

  /** A sum or difference of which argument i is a product of its own. */
  private @Nullable Step product(Opcode op, Expr node, int i) {
    Expr product = node.args().get(i);
    Expr other = node.args().get(1 - i);
    if (product.op() != TIMES || !isOwn(product) || !Double.isNaN(number(other))) {
      return null;
    }
    Step plain = plain(product);
    if (Double.isNaN(plain.scalar)) {
      return new Step(op, List.of(plain.args.get(0), plain.args.get(1), other), Double.NaN, node);
    }
    double scalar = op == Opcode.Fused.MULTIPLY_ADD ? plain.scalar : -plain.scalar;
    return new Step(Opcode.Fused.ADD_SCALED, List.of(plain.args.getFirst(), other), scalar, node);
  }

  /** A product of which argument i is y − y², 1 − y², 1 − e⁻ʸ or min(y, 0) + 1. */
  private @Nullable Step slope(Expr node, int i) {
    Expr slope = node.args().get(i);
    Expr other = node.args().get(1 - i);
    if (!isOwn(slope) || !Double.isNaN(number(other))) {
      return null;
    }
    if (slope.op() == PLUS && number(slope.args().get(1)) == 1) {
      return eluSlope(node, slope.args().getFirst(), other);
    }
    if (slope.op() == NEGATE) {
      return softplusSlope(node, slope.args().getFirst(), other);
    }
    if (slope.op() != MINUS) {
      return null;
    }
    Expr square = slope.args().get(1);
    if (square.op() != SQUARE || !isOwn(square)) {
      return null;
    }
    Expr y = square.args().getFirst();
    Expr from = slope.args().getFirst();
    if (from.equals(y)) {
      return new Step(Opcode.Fused.SIGMOID_SLOPE, List.of(other, y), Double.NaN, node);
    }
    return number(from) == 1
        ? new Step(Opcode.Fused.TANH_SLOPE, List.of(other, y), Double.NaN, node)
        : null;
  }

  /** The product of −power and another number, if the power is e⁻ʸ − 1. */
  private @Nullable Step softplusSlope(Expr node, Expr power, Expr other) {
    if (power.op() != EXPM1 || !isOwn(power)) {
      return null;
    }
    Expr exponent = power.args().getFirst();
    if (exponent.op() != NEGATE || !isOwn(exponent)) {
      return null;
    }
    Expr y = exponent.args().getFirst();
    return new Step(Opcode.Fused.SOFTPLUS_SLOPE, List.of(other, y), Double.NaN, node);
  }

  /** The product of smaller + 1 and another number, if smaller is min(y, 0). */
  private @Nullable Step eluSlope(Expr node, Expr smaller, Expr other) {
    if (smaller.op() != MINIMUM || !isOwn(smaller) || number(smaller.args().get(1)) != 0) {
      return null;
    }
    Expr y = smaller.args().getFirst();
    return new Step(Opcode.Fused.ELU_SLOPE, List.of(other, y), Double.NaN, node);
  }

  /** Whether a node belongs to the group, and to one reader alone. */
  private boolean isOwn(Expr node) {
    return inside.contains(node) && uses.getOrDefault(node, 0) == 1 && !results.contains(node);
  }

  private Step plain(Expr node) {
    var op = new Opcode.Plain((Elementwise) node.op());
    List<Expr> args = node.args();
    for (int i = 0; i < args.size(); i++) {
      boolean takes = node.op() == PLUS || node.op() == TIMES || (node.op() == MINUS && i == 1);
      if (takes && !Double.isNaN(number(args.get(i))) && Double.isNaN(number(args.get(1 - i)))) {
        return new Step(op, List.of(args.get(1 - i)), number(args.get(i)), node);
      }
    }
    return new Step(op, args, Double.NaN, node);
  }

  private double number(Expr node) {
    return inside.contains(node) ? Double.NaN : splat.applyAsDouble(node);
  }
}
