package girsanov.autodiff;

import static girsanov.autodiff.ExampleGraphs.example;
import static girsanov.autodiff.ExampleGraphs.single;

import girsanov.autodiff.ExampleGraphs.Draw;
import girsanov.autodiff.ExampleGraphs.Example;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Each elementwise operation alone, chains of them, and every pattern of broadcasting. */
final class ElementwiseExamples {
  private static final int[] SIZES = {1, 3, 7, 17, 100};

  private ElementwiseExamples() {}

  static List<Example> all() {
    var examples = new ArrayList<Example>();
    for (Elementwise f : Elementwise.values()) {
      examples.add(single(f + " of a scalar", in -> Expr.of(f, arguments(f, in))));
      for (int size : SIZES) {
        examples.add(single(f + " [" + size + "]", in -> Expr.of(f, arguments(f, in, size))));
      }
      examples.add(single(f + " [7, 17]", in -> Expr.of(f, arguments(f, in, 7, 17))));
      examples.add(
          example(
              "gradient of " + f,
              in -> {
                List<Expr> x = arguments(f, in, 3, 7);
                Expr y = Expr.of(f, x);
                return Vjp.of(List.of(y), List.of(in.normal(3, 7)), x);
              }));
    }
    examples.addAll(ties());
    examples.addAll(chains());
    examples.addAll(broadcasts());
    return examples;
  }

  /** Arguments inside the domain of f. */
  private static List<Expr> arguments(Elementwise f, Draw in, int... dims) {
    return switch (f) {
      case LOG, SQRT -> List.of(in.uniform(0.2, 3, dims));
      case LOG1P -> List.of(in.uniform(-0.7, 3, dims));
      case RECIPROCAL -> List.of(in.uniform(-3, -0.3, dims));
      case POWER -> List.of(in.uniform(0.2, 3, dims), in.normal(dims));
      case DIVIDE -> List.of(in.normal(dims), in.uniform(0.3, 3, dims));
      case SELECT -> List.of(in.whole(0, 1, dims), in.normal(dims), in.normal(dims));
      default -> {
        var args = new ArrayList<Expr>();
        for (int i = 0; i < f.arity(); i++) {
          args.add(in.normal(dims));
        }
        yield args;
      }
    };
  }

  private static List<Example> ties() {
    return List.of(
        example(
            "maximum and minimum with ties, and their gradients",
            in -> {
              Expr a = in.whole(-1, 1, 5, 7);
              Expr b = in.whole(-1, 1, 5, 7);
              Expr loss = a.maximum(b).plus(a.minimum(b).times(3)).plus(a.relu().times(7)).sum();
              return Vjp.gradient(loss, List.of(a, b));
            }),
        single("large arguments", in -> in.uniform(-700, 700, 100).sigmoid()),
        single("softplus of large arguments", in -> in.uniform(-700, 700, 100).softplus()),
        single("tanh of large arguments", in -> in.uniform(-700, 700, 100).tanh()),
        single("small arguments", in -> in.uniform(-1e-7, 1e-7, 100).expm1()),
        single("log1p of small arguments", in -> in.uniform(-1e-7, 1e-7, 100).log1p()));
  }

  private static List<Example> chains() {
    return List.of(
        single("elu", in -> in.normal(3, 17).elu()),
        single("silu", in -> in.normal(3, 17).silu()),
        single("relu", in -> in.normal(3, 17).relu()),
        single("constant arithmetic", in -> in.normal(7).times(2).plus(3).minus(0.5).dividedBy(4)),
        single(
            "a chain longer than a fused tile has registers",
            in -> {
              Expr x = in.normal(100);
              Expr y = x;
              for (int i = 0; i < 40; i++) {
                y = y.tanh().plus(x.times(0.1 * i)).minus(y.sin());
              }
              return y;
            }),
        single(
            "many values alive at once",
            in -> {
              Expr x = in.normal(17);
              var terms = new ArrayList<Expr>();
              for (int i = 0; i < 30; i++) {
                terms.add(x.times(i + 1).sin());
              }
              Expr sum = x;
              for (Expr term : terms.reversed()) {
                sum = sum.plus(term.times(terms.getFirst()));
              }
              return sum;
            }),
        example(
            "outputs that share, repeat and pass through",
            in -> {
              Expr x = in.normal(3, 7);
              Expr y = x.exp();
              return List.of(y, y, x, y.plus(1), Expr.constant(2), Expr.ones(new Shape(7)));
            }),
        single(
            "gaussian log-density",
            in -> {
              Expr x = in.normal(17, 3);
              Expr mean = in.normal(3);
              Expr logDeviation = in.scaled(0.3, 3);
              return x.minus(mean)
                  .dividedBy(logDeviation.exp())
                  .square()
                  .times(-0.5)
                  .minus(logDeviation)
                  .minus(0.5 * Math.log(2 * Math.PI))
                  .sum(1);
            }));
  }

  private static List<Example> broadcasts() {
    var examples = new ArrayList<Example>();
    int[][][] pairs = {
      {{}, {7}},
      {{7}, {}},
      {{1}, {7}},
      {{3, 17}, {17}},
      {{17}, {3, 17}},
      {{3, 17}, {3, 1}},
      {{3, 1}, {3, 17}},
      {{3, 17}, {1, 17}},
      {{17, 1}, {1, 7}},
      {{1, 7}, {17, 1}},
      {{17, 1}, {7}},
      {{3, 17}, {1, 1}},
      {{2, 3, 7}, {7}},
      {{2, 3, 7}, {3, 1}},
      {{2, 3, 7}, {3, 7}},
      {{2, 3, 7}, {2, 1, 1}},
      {{2, 3, 7}, {2, 1, 7}},
      {{2, 1, 7}, {1, 3, 1}},
      {{2, 1, 7}, {3, 7}},
      {{2, 3, 1}, {2, 1, 7}},
      {{100, 1}, {1, 100}},
      {{2, 1, 3, 1}, {1, 7, 1, 5}},
      {{1, 1}, {1}},
    };
    for (int[][] pair : pairs) {
      var a = new Shape(pair[0]);
      var b = new Shape(pair[1]);
      examples.add(
          example(
              "broadcast " + a + " with " + b + " and back",
              in -> {
                Expr x = in.normal(pair[0]);
                Expr y = in.normal(pair[1]);
                Expr z = x.times(y).plus(x.minus(y).tanh());
                var outputs = new ArrayList<Expr>();
                outputs.add(z);
                outputs.addAll(Vjp.gradient(z.square().sum(), List.of(x, y)));
                return outputs;
              }));
    }
    examples.add(
        single("broadcast alone, rows", in -> in.normal(17).broadcastTo(new Shape(5, 17))));
    examples.add(
        single("broadcast alone, columns", in -> in.normal(5, 1).broadcastTo(new Shape(5, 17))));
    examples.add(
        single("broadcast alone, scalar", in -> in.normal().broadcastTo(new Shape(5, 17))));
    examples.add(
        single(
            "select with three shapes",
            in -> Expr.select(in.whole(0, 1, 5, 1), in.normal(1, 7), in.normal())));
    return examples;
  }
}
