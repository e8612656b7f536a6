package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import girsanov.tensor.plain.Erf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Operations that act on each element alone, y[i] = f(x₁[i], …, xₙ[i]); all arguments have the
 * shape of the result. A constant is its function and one derivative per argument, written in the
 * arguments {@code x} and the result {@code y}. From that one line follow both modes:
 *
 * <pre>
 *   JVP   dy  = Σᵢ ∂f/∂xᵢ · dxᵢ
 *   VJP   dxᵢ = ∂f/∂xᵢ · dy
 * </pre>
 *
 * <p>Conventions at kinks: |x|′(0) = 0; {@code MAXIMUM} and {@code MINIMUM} share a tie in halves.
 * A derivative that is infinite (√ and log at 0) times a cotangent that is 0 gives NaN: guard the
 * argument, not the result.
 */
public enum Elementwise implements Op {
  NEGATE(x -> -x, (x, y) -> y.splat(-1)),
  ABS(Math::abs, (x, y) -> x.sign()),
  SIGN(Math::signum, (x, y) -> null),
  /** x itself, taken as a constant by every derivative. */
  DETACH(x -> x, (x, y) -> null),
  EXP(Math::exp, (x, y) -> y),
  EXPM1(Math::expm1, (x, y) -> y.plus(1)),
  LOG(Math::log, (x, y) -> x.reciprocal()),
  LOG1P(Math::log1p, (x, y) -> x.plus(1).reciprocal()),
  SQRT(Math::sqrt, (x, y) -> y.reciprocal().times(0.5)),
  RECIPROCAL(x -> 1 / x, (x, y) -> y.square().negate()),
  SQUARE(x -> x * x, (x, y) -> x.times(2)),
  TANH(Math::tanh, (x, y) -> y.splat(1).minus(y.square())),
  SIGMOID(Elementwise::logistic, (x, y) -> y.minus(y.square())),
  /** log(1 + eˣ); its derivative is sigmoid(x) = 1 − e⁻ʸ, so that y is all that need be kept. */
  SOFTPLUS(
      x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
      (x, y) -> y.negate().expm1().negate()),
  /** x, or eˣ − 1 for x &lt; 0; its derivative is 1 or eˣ = y + 1, so that y is all it needs. */
  ELU(x -> x < 0 ? Math.expm1(x) : x, (x, y) -> y.minimum(y.splat(0)).plus(1)),
  SIN(Math::sin, (x, y) -> x.cos()),
  COS(Math::cos, (x, y) -> x.sin().negate()),
  ERF(Erf::of, (x, y) -> x.square().negate().exp().times(2 / Math.sqrt(Math.PI))),

  PLUS(Double::sum, (a, b, y) -> y.splat(1), (a, b, y) -> y.splat(1)),
  MINUS((a, b) -> a - b, (a, b, y) -> y.splat(1), (a, b, y) -> y.splat(-1)),
  TIMES((a, b) -> a * b, (a, b, y) -> b, (a, b, y) -> a),
  DIVIDE((a, b) -> a / b, (a, b, y) -> b.reciprocal(), (a, b, y) -> y.dividedBy(b).negate()),
  /** aᵇ; the derivative by b is taken as 0 where a = 0. */
  POWER(
      Math::pow,
      (a, b, y) -> b.times(a.power(oneLess(a, b))),
      (a, b, y) -> y.times(Expr.select(a, a, a.splat(1)).log())),
  MAXIMUM(Math::max, (a, b, y) -> step(b, a), (a, b, y) -> step(a, b)),
  MINIMUM(Math::min, (a, b, y) -> step(a, b), (a, b, y) -> step(b, a)),
  /** 1 where a &lt; b, else 0. */
  LESS((a, b) -> a < b ? 1 : 0, (a, b, y) -> null, (a, b, y) -> null),

  /** b where the condition a is not 0, else c. */
  SELECT(
      (a, b, c) -> a != 0 ? b : c,
      (x, y) -> null,
      (x, y) -> Expr.select(x.getFirst(), y.splat(1), y.splat(0)),
      (x, y) -> Expr.select(x.getFirst(), y.splat(0), y.splat(1)));

  private final Function function;
  private final List<Partial> partials;

  Elementwise(Unary f, UnaryPartial df) {
    this.function = x -> f.of(x[0]);
    this.partials = List.of((x, y) -> df.of(x.getFirst(), y));
  }

  Elementwise(Binary f, BinaryPartial dfda, BinaryPartial dfdb) {
    this.function = x -> f.of(x[0], x[1]);
    this.partials =
        List.of((x, y) -> dfda.of(x.get(0), x.get(1), y), (x, y) -> dfdb.of(x.get(0), x.get(1), y));
  }

  Elementwise(Ternary f, Partial dfda, Partial dfdb, Partial dfdc) {
    this.function = x -> f.of(x[0], x[1], x[2]);
    this.partials = List.of(dfda, dfdb, dfdc);
  }

  /** Number of arguments. */
  public int arity() {
    return partials.size();
  }

  /** Whether computing it takes about as long as moving some numbers through memory. */
  boolean isTranscendental() {
    return switch (this) {
      case EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS, ELU, SIN, COS, ERF, POWER -> true;
      default -> false;
    };
  }

  /** Whether every derivative is 0 wherever it exists, or taken as 0. */
  boolean isFlat() {
    return this == SIGN || this == DETACH || this == LESS;
  }

  /** f at a point. */
  public double apply(double... x) {
    return function.of(x);
  }

  /** ∂f/∂xᵢ as a graph, or null where it is zero everywhere. */
  @Nullable Expr partial(int i, List<Expr> x, Expr y) {
    return partials.get(i).of(x, y);
  }

  @Override
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Shape shape(List<Shape> args) {
    if (args.size() != arity() || args.stream().distinct().count() != 1) {
      throw new IllegalArgumentException(
          symbol() + ": expected " + arity() + " arguments of one shape, got " + args);
    }
    return args.getFirst();
  }

  @Override
  public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
    var y = DoubleTensor.zeros(shape);
    var x = new double[args.size()];
    for (int i = 0; i < y.size(); i++) {
      for (int k = 0; k < x.length; k++) {
        x[k] = args.get(k).at(i);
      }
      y.put(i, function.of(x));
    }
    return y;
  }

  /** dy = Σᵢ ∂f/∂xᵢ · dxᵢ; a null tangent is zero, and so is a null result. */
  @Nullable Expr jvp(Expr y, List<@Nullable Expr> dx) {
    Expr dy = null;
    for (int i = 0; i < dx.size(); i++) {
      Expr dxi = dx.get(i);
      Expr partial = dxi == null ? null : partial(i, y.args(), y);
      if (dxi != null && partial != null) {
        Expr term = partial.times(dxi);
        dy = dy == null ? term : dy.plus(term);
      }
    }
    return dy;
  }

  /** dxᵢ = ∂f/∂xᵢ · dy for each argument that is wanted; null is zero. */
  List<@Nullable Expr> vjp(Expr y, Expr dy, boolean[] wanted) {
    var dx = new ArrayList<@Nullable Expr>();
    for (int i = 0; i < arity(); i++) {
      Expr partial = wanted[i] ? partial(i, y.args(), y) : null;
      dx.add(partial == null ? null : partial.times(dy));
    }
    return dx;
  }

  private static double logistic(double x) {
    return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
  }

  /** b − 1, but 0 where a = b = 0, for there b·aᵇ⁻¹ would be 0·∞. */
  private static Expr oneLess(Expr a, Expr b) {
    Expr less = b.minus(1);
    boolean constant = !Double.isNaN(Arithmetic.splatValue(b));
    return constant ? less : Expr.select(a.abs().plus(b.abs()), less, less.splat(0));
  }

  /** 1 where a &lt; b, 1/2 where they are equal, 0 elsewhere. */
  private static Expr step(Expr a, Expr b) {
    return a.lessThan(b).plus(1).minus(b.lessThan(a)).times(0.5);
  }

  private interface Function {
    double of(double[] x);
  }

  private interface Unary {
    double of(double x);
  }

  private interface Binary {
    double of(double a, double b);
  }

  private interface Ternary {
    double of(double a, double b, double c);
  }

  private interface Partial {
    @Nullable Expr of(List<Expr> x, Expr y);
  }

  private interface UnaryPartial {
    @Nullable Expr of(Expr x, Expr y);
  }

  private interface BinaryPartial {
    @Nullable Expr of(Expr a, Expr b, Expr y);
  }
}
