package girsanov.sde;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.compile.Program;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Solves an {@link Ode} with steps as long as a tolerance allows: a loop over one compiled step, in
 * double precision. A step is shared by all elements of the state, so that rows of a batch are
 * solved on the grid that the most demanding of them needs. Compiled once, for any number of
 * solutions; not for two threads at once.
 */
public final class AdaptiveSolver {
  /** Positions among the inputs of all programs; parameters follow. */
  private static final int STATE = 0;

  private static final int TIME = 1;
  private static final int SLOPE = 2;
  private static final int LENGTH = 3;

  /** The least length of a step, in units in the last place of the time. */
  private static final double ULPS = 16;

  /** A step that would end so close before the last time asked for ends there instead. */
  private static final double STRETCH = 1.01;

  private final int order;
  private final Tolerance tolerance;
  private final Shape shape;
  private final int parameters;
  private final Program.Execution start;
  private final Program.Execution step;
  private final Program.Execution between;

  /**
   * The states at the times asked for.
   *
   * @param states {@code [times.steps() + 1, ..]}; row 0 is the initial state
   * @param accepted steps taken
   * @param rejected steps thrown away for their error
   */
  public record Solution(Grid times, DoubleTensor states, int accepted, int rejected) {}

  private AdaptiveSolver(
      int order,
      Tolerance tolerance,
      Shape shape,
      int parameters,
      Program.Execution start,
      Program.Execution step,
      Program.Execution between) {
    this.order = order;
    this.tolerance = tolerance;
    this.shape = shape;
    this.parameters = parameters;
    this.start = start;
    this.step = step;
    this.between = between;
  }

  /**
   * A solver for states of one shape.
   *
   * @param shape of the state, {@code [..]}
   * @param parameters inputs that the equation reads beside state and time, a scalar
   */
  public static AdaptiveSolver compile(
      EmbeddedScheme scheme, Ode ode, Shape shape, List<Expr> parameters, Tolerance tolerance) {
    Expr y = Expr.input("y", shape);
    Expr t = Expr.input("t");
    Expr slope = Expr.input("slope", shape);
    Expr dt = Expr.input("dt");
    var inputs = new ArrayList<>(List.of(y, t, slope, dt));
    inputs.addAll(parameters);
    EmbeddedScheme.Step made = scheme.embedded(ode, y, slope, t, dt);
    Expr scale = scale(tolerance, y.abs().maximum(made.end().abs()));
    var outputs = List.of(norm(made.error(), scale), made.end(), made.slope(), made.bend());
    Expr first = ode.at(y, t);
    var starts = List.of(firstLength(ode, y, t, first, scale(tolerance, y.abs()), scheme), first);
    var results = new ArrayList<Expr>();
    for (String name : List.of("end", "end_slope", "bend")) {
      results.add(Expr.input(name, shape));
    }
    // The error has no part in what lies between.
    Expr none = Expr.zeros(shape);
    var given = new EmbeddedScheme.Step(results.get(0), results.get(1), none, results.get(2));
    Expr theta = Expr.input("theta");
    var ends = new ArrayList<>(List.of(y, theta, slope, dt));
    ends.addAll(results);
    return new AdaptiveSolver(
        scheme.order(),
        tolerance,
        shape,
        parameters.size(),
        execution(inputs, starts),
        execution(inputs, outputs),
        execution(ends, List.of(scheme.between(y, slope, given, dt, theta))));
  }

  private static Program.Execution execution(List<Expr> inputs, List<Expr> outputs) {
    return Program.compile(new Graph(inputs, outputs), Precision.DOUBLE).newExecution();
  }

  private static Expr scale(Tolerance tolerance, Expr size) {
    return size.times(tolerance.relative()).plus(tolerance.absolute());
  }

  private static Expr norm(Expr x, Expr scale) {
    return x.dividedBy(scale).square().sum().dividedBy(x.shape().size()).sqrt();
  }

  /**
   * A first guess of the length of a step, from the sizes of y, y' and, by a small Euler step, y''
   * (Hairer, Nørsett and Wanner, section II.4).
   */
  private static Expr firstLength(
      Ode ode, Expr y, Expr t, Expr slope, Expr scale, EmbeddedScheme scheme) {
    Expr small = Expr.constant(1e-5);
    Expr shortest = Expr.constant(1e-6);
    Expr size = norm(y, scale);
    Expr first = norm(slope, scale);
    Expr trial =
        Expr.select(
            size.minimum(first).lessThan(small), shortest, size.times(0.01).dividedBy(first));
    Expr ahead = ode.at(y.plus(slope.times(trial)), t.plus(trial));
    Expr second = norm(ahead.minus(slope), scale).dividedBy(trial);
    Expr most = first.maximum(second);
    Expr byOrder = Expr.constant(0.01).dividedBy(most).power(Expr.constant(1.0 / scheme.order()));
    Expr flat = shortest.maximum(trial.times(1e-3));
    Expr guess = Expr.select(most.lessThan(Expr.constant(1e-15)), flat, byOrder);
    return trial.times(100).minimum(guess);
  }

  /**
   * The solution from the first time of a grid on.
   *
   * @param initial the state at the first time
   * @param parameters values of the parameters, in the order of compilation
   * @param times when states are asked for; the steps do not depend on those between the ends
   * @throws ArithmeticException if the equation is not finite at the start, the steps become too
   *     short for the tolerance, or there are too many of them
   */
  public Solution solve(Tensor initial, List<? extends Tensor> parameters, Grid times) {
    check(initial, parameters);
    double t = times.time(0);
    double length = begin(initial, parameters, t);
    var control = new StepControl(order);
    DoubleTensor states = DoubleTensor.zeros(shape.insert(0, times.steps() + 1));
    states.row(0).copyFrom(initial);
    double end = times.time(times.steps());
    int kept = 1;
    int accepted = 0;
    int rejected = 0;
    while (kept <= times.steps()) {
      boolean last = t + STRETCH * length >= end;
      double next = last ? end : t + length;
      double error = step(next - t);
      if (error <= 1) {
        accepted++;
        kept = keep(times, kept, t, next, states);
        step.input(STATE).copyFrom(step.output(1));
        step.input(SLOPE).copyFrom(step.output(2));
        length = (next - t) * control.afterAccepting(error);
        t = next;
        step.input(TIME).put(0, t);
      } else {
        rejected++;
        length = (next - t) * control.afterRejecting(error);
        checkLength(t, length, error);
      }
      if (accepted + rejected >= tolerance.mostSteps() && kept <= times.steps()) {
        throw new ArithmeticException(
            "Expected to reach t = %s in %d steps, got to %s; allow larger errors or more steps."
                .formatted(end, tolerance.mostSteps(), t));
      }
    }
    return new Solution(times, states, accepted, rejected);
  }

  private void check(Tensor initial, List<? extends Tensor> values) {
    if (!initial.shape().equals(shape) || values.size() != parameters) {
      throw new IllegalArgumentException(
          "Expected an initial state "
              + shape
              + " and "
              + parameters
              + " parameters, got "
              + initial.shape()
              + " and "
              + values.size()
              + ".");
    }
  }

  /** Sets the inputs of the first step, and returns a guess of its length. */
  private double begin(Tensor initial, List<? extends Tensor> values, double t) {
    for (Program.Execution execution : List.of(start, step)) {
      execution.input(STATE).copyFrom(initial);
      execution.input(TIME).put(0, t);
      for (int i = 0; i < parameters; i++) {
        execution.input(LENGTH + 1 + i).copyFrom(values.get(i));
      }
    }
    start.run();
    double length = start.output(0).at(0);
    if (!(length > 0) || Double.isInfinite(length)) {
      throw new ArithmeticException(
          "Expected a finite state with a finite slope at the start, t = "
              + t
              + ", got a first step of "
              + length
              + "; look at the initial state and the parameters.");
    }
    step.input(SLOPE).copyFrom(start.output(1));
    return length;
  }

  /** Makes one step and returns its error in units of the tolerance. */
  private double step(double length) {
    step.input(LENGTH).put(0, length);
    step.run();
    return step.output(0).at(0);
  }

  /** Keeps the states at all times asked for up to the end of a step, and returns how many. */
  private int keep(Grid times, int from, double t, double next, DoubleTensor states) {
    int kept = from;
    for (; kept <= times.steps() && times.time(kept) <= next; kept++) {
      if (times.time(kept) == next) {
        states.row(kept).copyFrom(step.output(1));
        continue;
      }
      between.input(STATE).copyFrom(step.input(STATE));
      between.input(TIME).put(0, (times.time(kept) - t) / (next - t));
      between.input(SLOPE).copyFrom(step.input(SLOPE));
      between.input(LENGTH).put(0, next - t);
      for (int i = 1; i <= 3; i++) {
        between.input(LENGTH + i).copyFrom(step.output(i));
      }
      between.run();
      states.row(kept).copyFrom(between.output(0));
    }
    return kept;
  }

  private static void checkLength(double t, double length, double error) {
    if (!(length > ULPS * Math.ulp(t))) {
      throw new ArithmeticException(
          "Expected steps that can be told from t = "
              + t
              + ", got one of "
              + length
              + (Double.isNaN(error) ? " after results that are no numbers" : "")
              + "; the solution may end there, or the tolerance be below what doubles can give.");
    }
  }
}
