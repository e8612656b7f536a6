package girsanov.autodiff;

import girsanov.autodiff.GradientCheck.Function;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive, both modes, to third order. */
class GradientCheckTest {

  /** A function and a point away from its kinks. */
  record Row(String name, List<DoubleTensor> x, Function f) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("elementwise")
  void elementwise(Row row) {
    GradientCheck.check(row.f, row.x, 3);
  }

  @ParameterizedTest
  @MethodSource("linear")
  void linear(Row row) {
    GradientCheck.check(row.f, row.x, 3);
  }

  @ParameterizedTest
  @MethodSource("linear")
  void linearOfSine(Row row) {
    Function curved = x -> row.f.of(x.stream().map(Expr::sin).toList());
    GradientCheck.check(x -> curved.of(x).stream().map(Expr::square).toList(), row.x, 3);
  }

  @ParameterizedTest
  @MethodSource("products")
  void products(Row row) {
    GradientCheck.check(row.f, row.x, 3);
  }

  static List<Row> elementwise() {
    var rows = new ArrayList<Row>();
    for (Elementwise f : Elementwise.values()) {
      if (f != Elementwise.DETACH) { // which denies its derivative
        rows.add(new Row(f.symbol(), arguments(f), x -> List.of(Expr.of(f, x))));
      }
    }
    Shape shape = new Shape(2, 3);
    rows.add(row("x·x", x -> x.times(x), normal(1, shape)));
    rows.add(row("silu", Expr::silu, normal(2, shape)));
    rows.add(row("elu", Expr::elu, normal(3, shape)));
    rows.add(row("softmax", x -> x.softmax(1), normal(4, shape)));
    rows.add(row("logsumexp", x -> x.logSumExp(0), normal(5, shape)));
    rows.add(row("power 3", x -> x.power(Expr.constant(3)), normal(6, shape)));
    return rows;
  }

  /** A point in the domain, with no argument at a kink and no two arguments equal. */
  private static List<DoubleTensor> arguments(Elementwise f) {
    Shape shape = new Shape(2, 3);
    return switch (f) {
      case ABS, SIGN, RECIPROCAL -> List.of(apart(1, shape));
      case LOG, SQRT -> List.of(between(0.4, 2, 2, shape));
      case LOG1P -> List.of(between(-0.5, 2, 3, shape));
      case DIVIDE -> List.of(normal(4, shape), apart(5, shape));
      case POWER -> List.of(between(0.4, 2, 6, shape), normal(7, shape));
      case MAXIMUM, MINIMUM, LESS -> List.of(normal(8, shape), normal(9, shape));
      case SELECT -> List.of(apart(10, shape), normal(11, shape), normal(12, shape));
      default -> {
        var args = new ArrayList<DoubleTensor>();
        for (int i = 0; i < f.arity(); i++) {
          args.add(normal(13 + i, shape));
        }
        yield args;
      }
    };
  }

  static List<Row> linear() {
    DoubleTensor x = normal(1, new Shape(2, 3, 2));
    DoubleTensor y = normal(2, new Shape(2, 1, 2));
    return List.of(
        row("sum 0", new Linear.Sum(List.of(0)), x),
        row("sum 1", new Linear.Sum(List.of(1)), x),
        row("sum 0 and 2", new Linear.Sum(List.of(2, 0)), x),
        row("sum of all", new Linear.Sum(List.of(0, 1, 2)), x),
        row("broadcast the middle", new Linear.Broadcast(new Shape(2, 3, 2)), y),
        row("broadcast in front", new Linear.Broadcast(new Shape(3, 2, 1, 2)), y),
        row("broadcast to itself", new Linear.Broadcast(new Shape(2, 3, 2)), x),
        row("broadcast a scalar", new Linear.Broadcast(new Shape(2, 1)), normal(3, new Shape())),
        row("reshape", new Linear.Reshape(new Shape(4, 3)), x),
        row("transpose", new Linear.Transpose(List.of(1, 2, 0)), x),
        row("slice 1", new Linear.Slice(1, 1, 3), x),
        row("slice 0", new Linear.Slice(0, 0, 1), x),
        row("slice of nothing", new Linear.Slice(1, 2, 2), x),
        row("pad", new Linear.Pad(1, 2, 1), x),
        row("concat 0", new Linear.Concat(0), x, normal(4, new Shape(1, 3, 2))),
        row("concat 1", new Linear.Concat(1), x, y, x),
        row("concat an empty part", new Linear.Concat(1), x, normal(5, new Shape(2, 0, 2))),
        row("reverse", new Linear.Reverse(1), x));
  }

  static List<Row> products() {
    DoubleTensor a = normal(1, new Shape(2, 3));
    DoubleTensor b = normal(2, new Shape(3, 2));
    DoubleTensor batch = normal(3, new Shape(2, 2, 3));
    DoubleTensor batchB = normal(4, new Shape(2, 3, 2));
    Function product = x -> List.of(x.get(0).matmul(x.get(1)));
    DoubleTensor square = normal(5, new Shape(2, 2));
    DoubleTensor wide = normal(6, new Shape(2, 3, 2));
    return List.of(
        new Row("matmul", List.of(a, b), product),
        new Row("matmul batched", List.of(batch, batchB), product),
        new Row("matmul with one matrix for all", List.of(batch, b), product),
        row("a matrix times itself", x -> x.matmul(x.transpose()).matmul(x), square),
        row("max 0", x -> x.max(0), wide),
        row("max 1", x -> x.max(1), wide),
        row("max of squares", x -> x.square().max(2), wide));
  }

  static Row row(String name, java.util.function.UnaryOperator<Expr> f, DoubleTensor x) {
    return new Row(name, List.of(x), in -> List.of(f.apply(in.getFirst())));
  }

  private static Row row(String name, Linear f, DoubleTensor... x) {
    return new Row(name, List.of(x), in -> List.of(Expr.of(f, in)));
  }

  static DoubleTensor normal(int seed, Shape shape) {
    var random = new Random(seed);
    var x = DoubleTensor.zeros(shape);
    for (int i = 0; i < x.size(); i++) {
      x.put(i, random.nextGaussian());
    }
    return x;
  }

  private static DoubleTensor between(double from, double to, int seed, Shape shape) {
    var random = new Random(seed);
    var x = DoubleTensor.zeros(shape);
    for (int i = 0; i < x.size(); i++) {
      x.put(i, from + (to - from) * random.nextDouble());
    }
    return x;
  }

  /** Of either sign, at least 0.4 away from 0. */
  private static DoubleTensor apart(int seed, Shape shape) {
    DoubleTensor x = between(-1, 1, seed, shape);
    for (int i = 0; i < x.size(); i++) {
      x.put(i, x.at(i) + Math.copySign(0.4, x.at(i)));
    }
    return x;
  }
}
