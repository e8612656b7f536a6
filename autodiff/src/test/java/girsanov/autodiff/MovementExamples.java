package girsanov.autodiff;

import static girsanov.autodiff.ExampleGraphs.example;
import static girsanov.autodiff.ExampleGraphs.single;

import girsanov.autodiff.ExampleGraphs.Example;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Moving and adding up elements, alone and between operations that compute. */
final class MovementExamples {
  private MovementExamples() {}

  static List<Example> all() {
    var examples = new ArrayList<Example>();
    examples.addAll(sums());
    examples.addAll(moves());
    examples.addAll(compounds());
    return examples;
  }

  private static List<Example> sums() {
    var examples = new ArrayList<Example>();
    int[][] shapes = {
      {}, {1}, {7}, {100}, {3, 17}, {17, 3}, {1, 7}, {7, 1}, {2, 3, 5}, {2, 3, 2, 7}
    };
    for (int[] dims : shapes) {
      for (int subset = 0; subset < 1 << dims.length; subset++) {
        int[] axes = axes(subset);
        examples.add(
            single(
                "sum over axes " + java.util.Arrays.toString(axes) + " of " + new Shape(dims),
                in -> in.normal(dims).sin().sum(axes).times(2)));
      }
    }
    for (int axis = 0; axis < 3; axis++) {
      int a = axis;
      examples.add(single("max over axis " + a + " of [3, 7, 5]", in -> in.normal(3, 7, 5).max(a)));
      examples.add(
          example(
              "gradient of max with ties over axis " + a,
              in -> {
                Expr x = in.whole(0, 3, 3, 7, 5);
                Expr y = x.max(a);
                return Vjp.of(List.of(y), List.of(in.normal(y.shape().dims())), List.of(x));
              }));
      examples.add(single("softmax over axis " + a, in -> in.normal(3, 7, 5).softmax(a)));
      examples.add(single("logsumexp over axis " + a, in -> in.normal(3, 7, 5).logSumExp(a)));
    }
    examples.add(single("sum of nothing but a constant", in -> Expr.ones(new Shape(3, 7)).sum(0)));
    examples.add(single("mean of all", in -> in.normal(17, 100).mean()));
    examples.add(single("mean of rows", in -> in.normal(17, 100).mean(-1)));
    examples.add(single("max of a vector", in -> in.normal(100).max(0)));
    return examples;
  }

  private static int[] axes(int subset) {
    return java.util.stream.IntStream.range(0, 31).filter(i -> (subset >> i & 1) == 1).toArray();
  }

  private static List<Example> moves() {
    var examples = new ArrayList<Example>();
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int[] order : orders) {
      examples.add(
          single(
              "transpose " + java.util.Arrays.toString(order) + " between computations",
              in -> in.normal(3, 7, 17).exp().transpose(order).sin()));
    }
    for (int axis = 0; axis < 3; axis++) {
      int a = axis;
      examples.add(single("reverse " + a, in -> in.normal(3, 7, 17).reverse(a).exp()));
      examples.add(single("slice " + a, in -> in.normal(3, 7, 17).tanh().slice(a, 1, 3).exp()));
      examples.add(single("pad " + a, in -> in.normal(3, 7, 17).tanh().pad(a, 2, 1).exp()));
      examples.add(single("pad before " + a, in -> in.normal(3, 7, 17).pad(a, 1, 0)));
      examples.add(single("get " + a, in -> in.normal(3, 7, 17).get(a, 2)));
      examples.add(
          single(
              "concat " + a,
              in -> {
                Expr x = in.normal(3, 7, 17);
                return Expr.concat(a, List.of(x.tanh(), in.normal(3, 7, 17), x)).sin();
              }));
      examples.add(
          single(
              "stack " + a,
              in ->
                  Expr.stack(a, List.of(in.normal(7, 3), in.normal(7, 3).exp(), in.normal(7, 3)))));
    }
    examples.add(single("transpose of a matrix", in -> in.normal(17, 100).transpose()));
    examples.add(single("reshape", in -> in.normal(6, 35).exp().reshape(7, 30).sin()));
    examples.add(single("reshape to a scalar", in -> in.normal(1, 1).exp().reshape().sin()));
    examples.add(single("insert axis", in -> in.normal(7, 3).insertAxis(1).exp()));
    examples.add(
        single(
            "concat of unequal parts",
            in -> Expr.concat(1, List.of(in.normal(5, 1), in.normal(5, 7), in.normal(5, 3)))));
    examples.add(
        single(
            "concat of computed columns",
            in -> {
              Expr x = in.normal(5, 1);
              return Expr.concat(1, List.of(x.tanh(), in.normal(5, 1), x.exp()));
            }));
    examples.add(
        single("slice of an input at an odd place", in -> in.normal(100).slice(0, 13, 97)));
    examples.add(single("slice of columns", in -> in.normal(17, 100).slice(1, 13, 30).exp()));
    return examples;
  }

  private static List<Example> compounds() {
    return List.of(
        single(
            "movement after movement",
            in ->
                in.normal(5, 7, 3)
                    .transpose(2, 0, 1)
                    .reverse(1)
                    .slice(2, 1, 6)
                    .pad(0, 1, 1)
                    .reshape(25, 5)
                    .transpose()),
        example(
            "the same slice twice, summed and moved",
            in -> {
              Expr x = in.normal(7, 17).exp();
              Expr left = x.slice(1, 0, 8);
              Expr right = x.slice(1, 8, 16);
              return List.of(left.times(right), left.sum(0), right.reverse(0).plus(left));
            }),
        example(
            "gradient through movement",
            in -> {
              Expr x = in.normal(6, 17);
              Expr y = Expr.concat(0, List.of(x.slice(0, 1, 4), x.reverse(1).slice(0, 0, 5)));
              Expr z = y.pad(1, 1, 2).transpose().tanh().reshape(16, 10).square();
              return Vjp.gradient(z.sum(1).sin().sum(), List.of(x));
            }),
        example(
            "gradient of softmax and logsumexp",
            in -> {
              Expr x = in.normal(7, 17);
              Expr loss = x.softmax(1).times(in.normal(7, 17)).sum().plus(x.logSumExp(0).sum());
              return Vjp.gradient(loss, List.of(x));
            }));
  }
}
