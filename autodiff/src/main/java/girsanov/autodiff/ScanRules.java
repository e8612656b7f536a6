package girsanov.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives of {@link Scan}, written for one step c′ = b(c, x, w) with body Jacobians ∂b.
 *
 * <pre>
 *   JVP   the pair (c, dc) is carried:  dc′ = ∂b/∂c·dc + ∂b/∂x·dx + ∂b/∂w·dw
 *   VJP   a scan in the other direction carries the cotangent; with ē = c̄′ + (stack cotangent)[t]:
 *         c̄ = (∂b/∂c)ᵀ·ē,   x̄[t] = (∂b/∂x)ᵀ·ē,   w̄ = Σₜ (∂b/∂w)ᵀ·ē
 * </pre>
 *
 * <p>The backward step needs the carry before the step, which the stacks hold, and re-evaluates the
 * body, but for the values that are dearer to compute than to store ({@link Rematerialization}): a
 * second forward scan, which takes the place of the first in a compiled program, collects those. A
 * scan of scans keeps only the carries of the outer one. Both rules follow only what depends on the
 * arguments that are differentiated.
 */
final class ScanRules {
  private final Expr node;
  private final Scan scan;
  private final List<Expr> inputs;
  private final Set<Expr> varying;
  private final Map<Expr, Expr> derivatives = new HashMap<>();

  /** For each input of the body that varies, a new input for its tangent or cotangent. */
  private ScanRules(Expr node, Scan scan, boolean[] wanted) {
    this.node = node;
    this.scan = scan;
    this.inputs = scan.body().inputs();
    this.varying = varying(scan, wanted);
    for (Expr input : varying) {
      derivatives.put(input, Expr.input("d" + input.op().symbol(), input.shape()));
    }
  }

  /** Tangents of all items; null is zero. */
  static List<@Nullable Expr> jvp(Expr node, Scan scan, List<@Nullable Expr> dargs) {
    var wanted = new boolean[dargs.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = dargs.get(i) != null;
    }
    return new ScanRules(node, scan, wanted).forward(dargs);
  }

  /** Cotangents of the arguments that are wanted, from those of the items; null is zero. */
  static List<@Nullable Expr> vjp(
      Expr node, Scan scan, List<@Nullable Expr> ditems, boolean[] wanted) {
    return new ScanRules(node, scan, wanted).backward(ditems, wanted);
  }

  private List<@Nullable Expr> forward(List<@Nullable Expr> dargs) {
    var loop = new ScanBuilder(scan.length(), scan.reverse());
    List<Expr> moving = inputs.stream().filter(varying::contains).toList();
    List<Expr> seeds = moving.stream().map(this::derivative).toList();
    List<@Nullable Expr> dnext = Jvp.sparse(scan.body().outputs(), moving, seeds);
    for (int i = 0; i < scan.carries(); i++) {
      loop.carry(inputs.get(i), node.args().get(i), scan.body().outputs().get(i));
    }
    var place = new HashMap<Expr, Integer>();
    for (int i = 0; i < inputs.size(); i++) {
      Expr input = inputs.get(i);
      if (i >= scan.carries()) {
        given(loop, i, input, node.args().get(i));
      }
      if (varying.contains(input)) {
        Expr darg = orZeros(dargs.get(i), input);
        if (i < scan.carries()) {
          place.put(input, loop.carry(derivative(input), darg, orZeros(dnext.get(i), input)));
        } else {
          given(loop, i, derivative(input), darg);
        }
      }
    }
    Scan.Result result = loop.build();
    var items = new ArrayList<@Nullable Expr>();
    for (List<Expr> kind : List.of(result.last(), result.stacks())) {
      for (Expr carry : inputs.subList(0, scan.carries())) {
        Integer at = place.get(carry);
        items.add(at == null ? null : kind.get(at));
      }
    }
    return items;
  }

  private List<@Nullable Expr> backward(List<@Nullable Expr> ditems, boolean[] wanted) {
    var loop = new ScanBuilder(scan.length(), !scan.reverse());
    List<Expr> targets = inputs.stream().filter(varying::contains).toList();
    List<Expr> through = remember(loop, throughBody(loop, ditems, targets));
    var place = new int[inputs.size()];
    for (int k = 0; k < targets.size(); k++) {
      Expr input = targets.get(k);
      int i = inputs.indexOf(input);
      Expr contribution = through.get(k);
      if (i < scan.carries()) {
        place[i] = loop.carry(derivative(input), orZeros(ditems.get(i), input), contribution);
      } else if (isSlice(i)) {
        place[i] = loop.collect(contribution);
      } else {
        Expr sum = derivative(input);
        place[i] = loop.carry(sum, Expr.zeros(input.shape()), sum.plus(contribution));
      }
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (i < scan.carries()) {
        loop.slice(inputs.get(i), before(i));
      } else {
        given(loop, i, inputs.get(i), node.args().get(i));
      }
    }
    Scan.Result result = loop.build();
    var dargs = new ArrayList<@Nullable Expr>(Collections.nCopies(inputs.size(), null));
    for (Expr input : targets) {
      int i = inputs.indexOf(input);
      if (wanted[i]) {
        dargs.set(i, (isSlice(i) ? result.stacks() : result.last()).get(place[i]));
      }
    }
    return dargs;
  }

  /** Body VJP at ē; the stacks' cotangents enter as further slices. */
  private List<Expr> throughBody(
      ScanBuilder loop, List<@Nullable Expr> ditems, List<Expr> targets) {
    var ys = new ArrayList<Expr>();
    var dys = new ArrayList<Expr>();
    for (int i = 0; i < scan.carries(); i++) {
      Expr carry = inputs.get(i);
      if (varying.contains(carry)) {
        Expr dy = derivative(carry);
        Expr stack = ditems.get(scan.carries() + i);
        if (stack != null) {
          Expr slice = Expr.input("dstack" + i, carry.shape());
          loop.slice(slice, stack);
          dy = dy.plus(slice);
        }
        ys.add(scan.body().outputs().get(i));
        dys.add(dy);
      }
    }
    return Vjp.of(ys, dys, targets);
  }

  /**
   * Replaces what {@link Rematerialization} says by slices of stacks that a longer forward scan
   * collects.
   */
  private List<Expr> remember(ScanBuilder loop, List<Expr> through) {
    List<Expr> stored = Rematerialization.stored(scan, through);
    if (stored.isEmpty()) {
      return through;
    }
    List<Expr> stacks = stacks(stored);
    var remembered = new HashMap<Expr, Expr>();
    for (int k = 0; k < stored.size(); k++) {
      Expr slice = Expr.input("stored" + k, stored.get(k).shape());
      loop.slice(slice, stacks.get(k));
      remembered.put(stored.get(k), slice);
    }
    return Graph.substitute(through, remembered);
  }

  /** Stacks of values of the body: a carry's own, and those that a longer scan collects. */
  private List<Expr> stacks(List<Expr> values) {
    List<Expr> outputs = scan.body().outputs();
    List<Expr> more = values.stream().filter(value -> !outputs.contains(value)).toList();
    List<Expr> collected = more.isEmpty() ? List.of() : collected(more);
    return values.stream()
        .map(
            value ->
                outputs.contains(value)
                    ? stack(outputs.indexOf(value))
                    : collected.get(more.indexOf(value)))
        .toList();
  }

  /** The stacks of further values, from this scan with them for carries that no step reads. */
  private List<Expr> collected(List<Expr> values) {
    var forward = new ScanBuilder(scan.length(), scan.reverse());
    for (int i = 0; i < inputs.size(); i++) {
      if (i < scan.carries()) {
        forward.carry(inputs.get(i), node.args().get(i), scan.body().outputs().get(i));
      } else {
        given(forward, i, inputs.get(i), node.args().get(i));
      }
    }
    values.forEach(forward::collect);
    List<Expr> all = forward.build().stacks();
    return all.subList(scan.carries(), all.size());
  }

  private Expr stack(int carry) {
    return Expr.of(new Item(scan.carries() + carry), List.of(node));
  }

  /** Carry {@code i} before each step: first the initial one, then the stack shifted by one. */
  private Expr before(int i) {
    Expr first = node.args().get(i).insertAxis(0);
    if (scan.length() == 1) {
      return first;
    }
    Expr stack = stack(i);
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

  private void given(ScanBuilder loop, int i, Expr input, Expr value) {
    if (isSlice(i)) {
      loop.slice(input, value);
    } else {
      loop.constant(input, value);
    }
  }

  private boolean isSlice(int i) {
    return i >= scan.carries() && i < scan.carries() + scan.xs();
  }

  /** The input that stands for the tangent or cotangent of an input of the body. */
  private Expr derivative(Expr input) {
    return Objects.requireNonNull(derivatives.get(input));
  }

  private static Expr orZeros(@Nullable Expr value, Expr like) {
    return value == null ? Expr.zeros(like.shape()) : value;
  }
}
