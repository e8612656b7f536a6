package girsanov.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives of {@link Scan}, written for one step c′ = b(c, x, w) with body Jacobians ∂b.
 *
 * <pre>
 *   JVP   the pair (c, dc) is carried:  dc′ = ∂b/∂c·dc + ∂b/∂x·dx + ∂b/∂w·dw
 *   VJP   a scan in the other direction carries the cotangent; with ē = c̄′ + (stack cotangent)[t]:
 *         c̄ = (∂b/∂c)ᵀ·ē,   x̄[t] = (∂b/∂x)ᵀ·ē,   w̄ ← w̄ + (∂b/∂w)ᵀ·ē
 * </pre>
 *
 * <p>The backward step needs the carry before the step, which the stacks hold, and re-evaluates the
 * body. Both rules follow only what depends on the arguments that are differentiated.
 */
final class ScanRules {
  private ScanRules() {}

  /** Tangents of all items; null is zero. */
  static List<@Nullable Expr> jvp(Expr node, Scan scan, List<@Nullable Expr> dargs) {
    List<Expr> inputs = scan.body().inputs();
    var seeds = new ArrayList<@Nullable Expr>();
    for (int i = 0; i < inputs.size(); i++) {
      seeds.add(dargs.get(i) == null ? null : Expr.input("d" + i, inputs.get(i).shape()));
    }
    List<@Nullable Expr> douts = tangentsOfBody(scan, seeds);
    for (boolean grew = true; grew; ) {
      grew = false;
      for (int i = 0; i < scan.carries(); i++) {
        if (seeds.get(i) == null && douts.get(i) != null) {
          seeds.set(i, Expr.input("d" + i, inputs.get(i).shape()));
          grew = true;
        }
      }
      douts = grew ? tangentsOfBody(scan, seeds) : douts;
    }
    var step = new Assembly(scan.length());
    var place = new int[scan.carries()];
    for (int i = 0; i < scan.carries(); i++) {
      step.carry(inputs.get(i), node.args().get(i), scan.body().outputs().get(i));
    }
    for (int i = 0; i < scan.carries(); i++) {
      Expr seed = seeds.get(i);
      if (seed != null) {
        place[i] = step.carry(seed, orZeros(dargs.get(i), seed), orZeros(douts.get(i), seed));
      }
    }
    for (int i = scan.carries(); i < inputs.size(); i++) {
      Expr seed = seeds.get(i);
      boolean slice = i < scan.carries() + scan.xs();
      step.given(inputs.get(i), node.args().get(i), slice);
      if (seed != null) {
        step.given(seed, orZeros(dargs.get(i), seed), slice);
      }
    }
    Scan.Result result = step.scan(scan.reverse());
    var items = new ArrayList<@Nullable Expr>();
    for (List<Expr> kind : List.of(result.last(), result.stacks())) {
      for (int i = 0; i < scan.carries(); i++) {
        items.add(seeds.get(i) == null ? null : kind.get(place[i]));
      }
    }
    return items;
  }

  /** Cotangents of the arguments that are wanted, from those of the items; null is zero. */
  static List<@Nullable Expr> vjp(
      Expr node, Scan scan, List<@Nullable Expr> ditems, boolean[] wanted) {
    List<Expr> inputs = scan.body().inputs();
    int carries = scan.carries();
    Set<Expr> varying = varying(scan, wanted);
    List<Expr> targets = inputs.stream().filter(varying::contains).toList();
    var step = new Assembly(scan.length());
    var cotangents = new ArrayList<@Nullable Expr>();
    for (int i = 0; i < carries; i++) {
      cotangents.add(
          varying.contains(inputs.get(i)) ? Expr.input("d" + i, inputs.get(i).shape()) : null);
    }
    List<@Nullable Expr> through = throughBody(scan, step, cotangents, ditems, targets);
    var place = new int[inputs.size()];
    for (int k = 0; k < targets.size(); k++) {
      Expr input = targets.get(k);
      int i = inputs.indexOf(input);
      Expr zero = Expr.zeros(input.shape());
      Expr contribution = through.get(k) == null ? zero : through.get(k);
      if (i < carries) {
        place[i] = step.carry(cotangents.get(i), orZeros(ditems.get(i), input), contribution);
      } else if (i < carries + scan.xs()) {
        place[i] = step.carry(Expr.input("unread", input.shape()), zero, contribution);
      } else {
        Expr sum = Expr.input("sum" + i, input.shape());
        place[i] = step.carry(sum, zero, sum.plus(contribution));
      }
    }
    for (int i = 0; i < carries; i++) {
      step.given(inputs.get(i), before(node, scan, i), true);
    }
    for (int i = carries; i < inputs.size(); i++) {
      step.given(inputs.get(i), node.args().get(i), i < carries + scan.xs());
    }
    Scan.Result reversed = step.scan(!scan.reverse());
    var result = new ArrayList<@Nullable Expr>(Collections.nCopies(inputs.size(), null));
    for (Expr input : targets) {
      int i = inputs.indexOf(input);
      if (wanted[i]) {
        boolean slice = i >= carries && i < carries + scan.xs();
        result.set(i, (slice ? reversed.stacks() : reversed.last()).get(place[i]));
      }
    }
    return result;
  }

  /** Body VJP at ē; the stacks' cotangents enter as further slices. */
  private static List<@Nullable Expr> throughBody(
      Scan scan,
      Assembly step,
      List<@Nullable Expr> cotangents,
      List<@Nullable Expr> ditems,
      List<Expr> targets) {
    var ys = new ArrayList<Expr>();
    var dys = new ArrayList<Expr>();
    for (int i = 0; i < scan.carries(); i++) {
      Expr cotangent = cotangents.get(i);
      if (cotangent != null) {
        Expr stack = ditems.get(scan.carries() + i);
        if (stack != null) {
          Expr slice = Expr.input("dstack" + i, cotangent.shape());
          step.given(slice, stack, true);
          cotangent = cotangent.plus(slice);
        }
        ys.add(scan.body().outputs().get(i));
        dys.add(cotangent);
      }
    }
    return Vjp.sparse(ys, dys, targets);
  }

  /** The carry before each step: first the initial one, then the stack shifted by one. */
  private static Expr before(Expr node, Scan scan, int i) {
    Expr first = node.args().get(i).insertAxis(0);
    if (scan.length() == 1) {
      return first;
    }
    Expr stack = Expr.of(new Item(scan.carries() + i), List.of(node));
    return scan.reverse()
        ? Expr.concat(0, List.of(stack.slice(0, 1, scan.length()), first))
        : Expr.concat(0, List.of(first, stack.slice(0, 0, scan.length() - 1)));
  }

  /** Body inputs that are wanted, and the carries that depend on them after any number of steps. */
  private static Set<Expr> varying(Scan scan, boolean[] wanted) {
    List<Expr> inputs = scan.body().inputs();
    var varying = new HashSet<Expr>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        varying.add(inputs.get(i));
      }
    }
    for (boolean grew = true; grew; ) {
      grew = false;
      Set<Expr> reached = Vjp.dependents(scan.body().outputs(), varying);
      for (int i = 0; i < scan.carries(); i++) {
        grew |= reached.contains(scan.body().outputs().get(i)) && varying.add(inputs.get(i));
      }
    }
    return varying;
  }

  private static List<@Nullable Expr> tangentsOfBody(Scan scan, List<@Nullable Expr> seeds) {
    var xs = new ArrayList<Expr>();
    var dxs = new ArrayList<Expr>();
    for (int i = 0; i < seeds.size(); i++) {
      Expr seed = seeds.get(i);
      if (seed != null) {
        xs.add(scan.body().inputs().get(i));
        dxs.add(seed);
      }
    }
    return Jvp.sparse(scan.body().outputs(), xs, dxs);
  }

  private static Expr orZeros(@Nullable Expr value, Expr like) {
    return value == null ? Expr.zeros(like.shape()) : value;
  }

  /** Collects carries, slices and constants of a new scan over the same steps. */
  private static final class Assembly {
    private final int length;
    private final List<Expr> carries = new ArrayList<>();
    private final List<Expr> init = new ArrayList<>();
    private final List<Expr> next = new ArrayList<>();
    private final List<Expr> slices = new ArrayList<>();
    private final List<Expr> xs = new ArrayList<>();
    private final java.util.Map<Expr, Expr> constants = new java.util.HashMap<>();

    Assembly(int length) {
      this.length = length;
    }

    int carry(Expr input, Expr first, Expr following) {
      carries.add(input);
      init.add(first);
      next.add(following);
      return carries.size() - 1;
    }

    void given(Expr input, Expr value, boolean slice) {
      if (slice) {
        slices.add(input);
        xs.add(value);
      } else {
        constants.put(input, value);
      }
    }

    Scan.Result scan(boolean reverse) {
      var inputs = new ArrayList<>(carries);
      inputs.addAll(slices);
      return Scan.close(inputs, Graph.substitute(next, constants), init, xs, length, reverse);
    }
  }
}
