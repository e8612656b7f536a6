package girsanov.sde;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Scan;
import girsanov.sde.StochasticAdjoint.Terms;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The two loops of {@link StochasticAdjoint}: over pieces of the grid, and in them over steps. What
 * lasts from one piece to the next is the states at their ends and the sums of cotangents; a piece
 * is so many steps that each output time, and each change of what is held, is an end.
 */
final class AdjointPath {
  /**
   * Steps whose part of the parameters' gradients is one product: more would need more memory,
   * fewer would add up the sums more often.
   */
  private static final int TOGETHER = 8;

  private final StochasticAdjoint adjoint;
  private final Expr initial;
  private final List<Expr> given;
  private final Expr increments;
  private final int steps;
  private final int every;
  private final int pieces;

  AdjointPath(StochasticAdjoint adjoint, Expr initial, List<Expr> given, Expr increments) {
    this.adjoint = adjoint;
    this.initial = initial;
    this.given = given;
    this.increments = increments;
    steps = adjoint.grid().steps();
    int divisor = steps;
    for (int point : adjoint.points()) {
      divisor = gcd(divisor, point);
    }
    for (Expr held : given) {
      int length = steps / held.shape().dim(0);
      divisor = length == 1 ? divisor : gcd(divisor, length);
    }
    every = divisor;
    pieces = steps / every;
  }

  /** The end of how many pieces a point of the grid is. */
  int piecesUntil(int point) {
    return point / every;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** The states at the right ends of the pieces {@code [pieces, batch, dim]}, and the cost. */
  record Forward(Expr ends, Expr cost) {}

  /** Cotangents of the initial state, of what is given, and of the parameters. */
  record Backward(Expr initial, List<Expr> given, List<Expr> parameters) {}

  Forward forward() {
    Expr nothing = Expr.zeros(initial.shape().without(1));
    int slices = 3 + count(true);
    Scan.Result result =
        Scan.of(
            List.of(initial, nothing),
            pieces(Expr.constant(adjoint.grid().starts())),
            false,
            (state, x) -> {
              List<Expr> held = x.subList(slices, x.size());
              Scan.Step step = (carry, now) -> step(carry, now, held);
              return Scan.of(state, x.subList(0, slices), false, step).last();
            });
    return new Forward(result.stacks().getFirst(), result.last().get(1));
  }

  private List<Expr> step(List<Expr> carry, List<Expr> now, List<Expr> held) {
    Expr y = carry.getFirst();
    Expr t = now.get(0);
    Expr dt = now.get(1);
    List<Expr> xs = inOrder(now.subList(3, now.size()), held);
    Sde sde =
        Sde.ito(
            adjoint.noise(),
            (z, s) -> adjoint.terms(z, s, xs).drift(),
            (z, s) -> adjoint.terms(z, s, xs).diffusion());
    Expr cost = adjoint.terms(y, t, xs).cost().times(dt);
    return List.of(adjoint.scheme().step(sde, y, t, dt, now.get(2)), carry.get(1).plus(cost));
  }

  /**
   * The adjoint's way back.
   *
   * @param ends of {@link Forward}
   * @param dends their cotangents; but first that of the initial state, {@code [pieces + 1, ..]}
   * @param dcost the cotangent of the cost, {@code [batch]}
   */
  Backward backward(Expr ends, Expr dends, Expr dcost) {
    int sums = adjoint.parameters().size();
    int slices = 3 + count(true);
    int after = slices + count(false);
    var init = new ArrayList<Expr>();
    init.add(Expr.zeros(initial.shape()));
    adjoint.parameters().forEach(parameter -> init.add(Expr.zeros(parameter.shape())));
    List<Expr> xs = pieces(Expr.constant(adjoint.grid().ends()));
    List<Shape> held = shapes(xs.subList(slices, after));
    held.forEach(shape -> init.add(Expr.zeros(shape)));
    shapes(xs.subList(3, slices)).forEach(shape -> init.add(Expr.zeros(shape)));
    xs.add(ends);
    xs.add(dends.slice(0, 1, pieces + 1));
    Scan.Step piece =
        (carry, x) -> {
          var start = new ArrayList<Expr>();
          start.add(x.get(after));
          start.add(carry.getFirst().plus(x.get(after + 1)));
          start.addAll(carry.subList(1, 1 + sums));
          held.forEach(shape -> start.add(Expr.zeros(shape)));
          List<Expr> end = walk(start, x.subList(0, slices), x.subList(slices, after), dcost);
          return end.subList(1, end.size());
        };
    Scan.Result result = Scan.of(init, xs, true, piece);
    List<Expr> stacks = result.stacks();
    int stepwise = 1 + sums + count(false);
    List<Expr> dgiven =
        inOrder(stacks.subList(stepwise, stacks.size()), stacks.subList(1 + sums, stepwise));
    return new Backward(
        result.last().getFirst().plus(dends.get(0, 0)),
        IntStream.range(0, given.size())
            .mapToObj(i -> unfold(dgiven.get(i), given.get(i).shape()))
            .toList(),
        result.last().subList(1, 1 + sums));
  }

  /**
   * Back over the steps of {@code xs}, some at a time. Carried: the state, its cotangent, and those
   * of the parameters and of what is held. After them the result has the stacked cotangents of what
   * is given step by step.
   */
  private List<Expr> walk(List<Expr> start, List<Expr> xs, List<Expr> held, Expr dcost) {
    int length = xs.getFirst().shape().dim(0);
    int rest = length % TOGETHER;
    if (length <= TOGETHER) {
      return together(start, xs, held, dcost);
    }
    int carried = start.size();
    List<Expr> now = start;
    List<Expr> last = List.of();
    if (rest > 0) {
      List<Expr> those = xs.stream().map(x -> x.slice(0, length - rest, length)).toList();
      List<Expr> end = together(start, those, held, dcost);
      now = end.subList(0, carried);
      last = end.subList(carried, end.size());
    }
    var init = new ArrayList<>(now);
    var groups = new ArrayList<Expr>();
    for (Expr x : xs) {
      Shape shape = x.shape().with(0, TOGETHER);
      groups.add(x.slice(0, 0, length - rest).reshape(shape.insert(0, length / TOGETHER)));
    }
    shapes(groups.subList(3, groups.size())).forEach(shape -> init.add(Expr.zeros(shape)));
    Scan.Step group = (carry, x) -> together(carry.subList(0, carried), x, held, dcost);
    Scan.Result result = Scan.of(init, groups, true, group);
    var end = new ArrayList<>(result.last().subList(0, carried));
    for (int i = carried; i < init.size(); i++) {
      Expr stack = result.stacks().get(i);
      Expr first = stack.reshape(stack.shape().without(0).with(0, length - rest));
      end.add(rest == 0 ? first : Expr.concat(0, List.of(first, last.get(i - carried))));
    }
    return end;
  }

  private List<Expr> together(List<Expr> start, List<Expr> xs, List<Expr> held, Expr dcost) {
    int carried = start.size();
    var init = new ArrayList<>(start);
    shapes(xs.subList(3, xs.size())).forEach(shape -> init.add(Expr.zeros(shape)));
    Scan.Step back = (carry, now) -> stepBack(carry.subList(0, carried), now, held, dcost);
    Scan.Result result = Scan.of(init, xs, true, back);
    var end = new ArrayList<>(result.last().subList(0, carried));
    end.addAll(result.stacks().subList(carried, init.size()));
    return end;
  }

  private List<Expr> stepBack(List<Expr> carry, List<Expr> now, List<Expr> held, Expr dcost) {
    Expr y = carry.get(0);
    Expr t = now.get(0);
    List<Expr> stepwise = now.subList(3, now.size());
    Terms terms = adjoint.terms(y, t, inOrder(stepwise, held));
    var xs = new ArrayList<>(List.of(y));
    xs.addAll(adjoint.parameters());
    xs.addAll(held);
    xs.addAll(stepwise);
    var known = new ArrayList<>(xs);
    known.add(t);
    AdjointStep.checkDependence(terms, known);
    AdjointStep.Back back =
        AdjointStep.of(adjoint.noise(), terms, carry.get(1), dcost, now.get(1), now.get(2), xs);
    var next = new ArrayList<>(List.of(back.y()));
    for (int i = 0; i < back.added().size(); i++) {
      Expr added = back.added().get(i);
      next.add(i + 1 < carry.size() ? carry.get(i + 1).plus(added) : added);
    }
    return next;
  }

  /**
   * Times, lengths, increments and what is given for each step, {@code [pieces, every, ..]}; then
   * what is held, {@code [pieces, ..]}.
   */
  private List<Expr> pieces(Expr times) {
    var xs = new ArrayList<Expr>();
    xs.add(times.reshape(pieces, every));
    xs.add(Expr.constant(adjoint.grid().lengths()).reshape(pieces, every));
    xs.add(fold(increments));
    given.stream().filter(this::isStepwise).forEach(x -> xs.add(fold(x)));
    for (Expr x : given) {
      if (!isStepwise(x)) {
        Shape repeated = x.shape().insert(1, pieces / x.shape().dim(0));
        xs.add(x.insertAxis(1).broadcastTo(repeated).reshape(x.shape().with(0, pieces)));
      }
    }
    return xs;
  }

  private Expr fold(Expr stepwise) {
    return stepwise.reshape(stepwise.shape().with(0, every).insert(0, pieces));
  }

  /** The cotangent of what is given, from what each piece contributes. */
  private Expr unfold(Expr contributions, Shape given) {
    if (given.dim(0) == steps) {
      return contributions.reshape(given);
    }
    return contributions.reshape(given.insert(1, pieces / given.dim(0))).sum(1);
  }

  /** Slices in the order in which they are given. */
  private List<Expr> inOrder(List<Expr> stepwise, List<Expr> held) {
    var all = new ArrayList<Expr>();
    int steps = 0;
    for (Expr x : given) {
      all.add(isStepwise(x) ? stepwise.get(steps++) : held.get(all.size() - steps));
    }
    return all;
  }

  private boolean isStepwise(Expr x) {
    return x.shape().dim(0) == steps;
  }

  private int count(boolean stepwise) {
    return (int) given.stream().filter(x -> isStepwise(x) == stepwise).count();
  }

  /** The shapes of slices. */
  private static List<Shape> shapes(List<Expr> stacked) {
    return stacked.stream().map(x -> x.shape().without(0)).toList();
  }
}
