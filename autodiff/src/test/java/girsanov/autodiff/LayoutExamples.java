package girsanov.autodiff;

import static girsanov.autodiff.ExampleGraphs.example;
import static girsanov.autodiff.ExampleGraphs.single;

import girsanov.autodiff.ExampleGraphs.Draw;
import girsanov.autodiff.ExampleGraphs.Example;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Views of every kind going into and out of loops, sizes beyond a tile, and constant tensors. */
final class LayoutExamples {
  private LayoutExamples() {}

  static List<Example> all() {
    var examples = new ArrayList<Example>();
    examples.addAll(large());
    examples.addAll(constants());
    examples.addAll(views());
    examples.add(example("loop fed by views", LayoutExamples::fedByViews));
    examples.add(example("loop whose stacks are viewed", LayoutExamples::viewedStacks));
    examples.add(example("loop with scalar carries", LayoutExamples::scalars));
    examples.add(example("loop of matrix powers", LayoutExamples::powers));
    examples.add(example("loop that moves and reduces", LayoutExamples::movingBody));
    examples.add(example("loop that needs nothing of its carry", LayoutExamples::unread));
    examples.add(example("three loops deep, gradient", LayoutExamples::deep));
    examples.add(example("hessian through a loop", LayoutExamples::hessian));
    examples.add(example("two losses of one loop", LayoutExamples::twoLosses));
    return examples;
  }

  private static List<Example> large() {
    return List.of(
        single("a long vector", in -> in.normal(10_001).sin().times(2).plus(1)),
        single("sum of a long vector", in -> in.normal(10_001).exp().sum().dividedBy(1e4)),
        single("sums of long rows", in -> in.normal(3, 4099).sin().sum(1)),
        single("sums of long columns", in -> in.normal(4099, 3).sin().sum(0)),
        single("softmax of long rows", in -> in.normal(3, 1025).softmax(1)),
        single("outer product beyond a tile", in -> in.normal(300, 1).times(in.normal(257)).sin()),
        single("a larger product", in -> in.normal(130, 257).matmul(in.scaled(0.1, 257, 65))),
        single("a transposed larger product", LayoutExamples::largeTransposed),
        single("a tall transpose", in -> in.normal(257, 33).sin().transpose().exp()));
  }

  private static Expr largeTransposed(Draw in) {
    Expr a = in.scaled(0.1, 257, 130);
    return a.transpose().matmul(in.normal(65, 257).transpose()).plus(in.normal(130, 1)).tanh();
  }

  private static List<Example> constants() {
    var matrix = DoubleTensor.zeros(new Shape(5, 7));
    for (int i = 0; i < matrix.size(); i++) {
      matrix.put(i, Math.sin(i));
    }
    Expr constant = Expr.constant(matrix);
    return List.of(
        single("a constant matrix", in -> in.normal(3, 5).matmul(constant).plus(constant.sum(0))),
        single("a constant moved", in -> in.normal(7, 5).times(constant.transpose()).plus(1)),
        single("nothing but constants", _ -> constant.exp().sum(0)),
        single(
            "a constant in a loop",
            in ->
                Scan.of(
                        List.of(in.normal(5)),
                        List.of(constant.transpose()),
                        false,
                        (c, x) -> List.of(c.getFirst().times(x.getFirst()).plus(constant.sum(1))))
                    .stacks()
                    .getFirst()),
        single(
            "numbers that overflow unless guarded",
            in -> {
              Expr x = in.normal(17);
              Expr positive = Expr.constant(0).lessThan(x);
              return Expr.select(positive, Expr.select(positive, x, Expr.constant(1)).log(), x);
            }));
  }

  private static List<Example> views() {
    return List.of(
        single(
            "slice of slice", in -> in.normal(9, 20).slice(1, 2, 19).slice(1, 3, 8).slice(0, 1, 8)),
        single("slice of a transpose", in -> in.normal(9, 20).transpose().slice(0, 3, 8).exp()),
        single("transpose of a slice, reshaped", LayoutExamples::transposedSlice),
        single("reverse of reverse", in -> in.normal(5, 7).reverse(0).reverse(1).reverse(0)),
        single("pad of pad", in -> in.normal(5, 7).pad(0, 1, 2).pad(1, 2, 0).sum(0)),
        single("pad of a slice", in -> in.normal(5, 7).slice(1, 2, 4).pad(1, 2, 3).plus(1)),
        single("broadcast of a slice", in -> in.normal(5, 7).slice(1, 2, 3).times(in.normal(5, 7))),
        single("broadcast of a transpose", in -> in.normal(7, 1).transpose().plus(in.normal(5, 7))),
        single("max of a transpose", in -> in.normal(5, 7, 3).transpose(2, 0, 1).max(1)),
        single("sum of a reverse", in -> in.normal(5, 7, 3).reverse(1).slice(1, 0, 4).sum(0, 2)),
        single(
            "concat of views",
            in -> {
              Expr x = in.normal(6, 6);
              Expr top = x.slice(0, 0, 3);
              return Expr.concat(0, List.of(top.reverse(1), x.transpose(), top.times(2), top));
            }));
  }

  private static Expr transposedSlice(Draw in) {
    return in.normal(4, 9, 5).slice(1, 2, 8).transpose(1, 0, 2).reshape(12, 10).times(3);
  }

  private static List<Expr> fedByViews(Draw in) {
    Expr all = in.normal(3, 9, 10);
    Expr w = in.scaled(0.3, 10, 10);
    Scan.Result result =
        Scan.of(
            List.of(all.get(1, 8).slice(1, 0, 5), all.slice(0, 0, 1).reshape(9, 10).sum(1)),
            List.of(all.transpose(1, 0, 2), all.transpose(1, 2, 0).reverse(0), all.get(0, 1).exp()),
            false,
            (c, x) -> {
              Expr product = x.get(0).matmul(w.slice(1, 2, 7)).plus(x.get(2).slice(0, 0, 5));
              Expr next = c.get(0).times(0.5).plus(product.tanh());
              return List.of(next, c.get(1).reverse(0).plus(x.get(1).sum()));
            });
    var outputs = new ArrayList<>(result.last());
    outputs.addAll(result.stacks());
    Expr loss = result.stacks().getFirst().square().mean().plus(result.last().getLast().sum());
    outputs.addAll(Vjp.gradient(loss, List.of(all, w)));
    return outputs;
  }

  private static List<Expr> viewedStacks(Draw in) {
    Expr x = in.normal(6, 3, 4);
    Scan.Step decay = (c, s) -> List.of(c.getFirst().times(0.7).plus(s.getFirst()));
    Expr stack = Scan.of(List.of(in.normal(3, 4)), List.of(x), false, decay).stacks().getFirst();
    Expr again =
        Scan.of(
                List.of(stack.get(0, 5)),
                List.of(stack.reverse(0).slice(0, 1, 6)),
                true,
                (c, s) -> List.of(c.getFirst().sin().plus(s.getFirst())))
            .stacks()
            .getFirst();
    return List.of(
        stack.get(0, 2),
        stack.transpose(1, 0, 2),
        again.slice(2, 1, 3),
        again.sum(0),
        again.max(2));
  }

  private static List<Expr> scalars(Draw in) {
    Expr rate = in.uniform(0.1, 0.5);
    Expr x = in.normal(20);
    Scan.Result result =
        Scan.of(
            List.of(in.normal(), Expr.constant(1)),
            List.of(x),
            true,
            (c, s) ->
                List.of(
                    c.get(0).times(rate).plus(s.getFirst()), c.get(1).times(0.9).plus(c.get(0))));
    var outputs = new ArrayList<>(result.last());
    outputs.addAll(result.stacks());
    outputs.addAll(Vjp.gradient(result.stacks().getLast().square().mean(), List.of(rate, x)));
    return outputs;
  }

  private static List<Expr> powers(Draw in) {
    Expr a = in.scaled(0.4, 5, 5);
    Scan.Step times = (c, _) -> List.of(c.getFirst().matmul(a).plus(c.getFirst().transpose()));
    Expr last = Scan.of(6, List.of(a), List.of(), false, times).last().getFirst();
    return List.of(last, Vjp.gradient(last.tanh().sum(), List.of(a)).getFirst());
  }

  private static List<Expr> movingBody(Draw in) {
    Expr x = in.normal(5, 4, 6);
    Expr start = in.normal(6, 4);
    Scan.Result result =
        Scan.of(
            List.of(start),
            List.of(x),
            false,
            (c, s) -> {
              Expr moved = c.getFirst().transpose().slice(1, 1, 6).pad(1, 1, 0);
              Expr weights = moved.plus(s.getFirst()).softmax(1);
              Expr shifted =
                  Expr.concat(0, List.of(weights.slice(0, 1, 4), weights.slice(0, 0, 1)));
              return List.of(shifted.transpose().minus(c.getFirst().max(0)).reverse(0));
            });
    Expr loss = result.stacks().getFirst().square().sum();
    return List.of(result.last().getFirst(), Vjp.gradient(loss, List.of(start)).getFirst());
  }

  private static List<Expr> unread(Draw in) {
    Expr x = in.normal(7, 3);
    Expr w = in.normal(3);
    Scan.Result result =
        Scan.of(
            List.of(Expr.zeros(new Shape(3))),
            List.of(x),
            true,
            (_, s) -> List.of(s.getFirst().times(w).sin()));
    Expr loss = result.stacks().getFirst().square().sum().plus(result.last().getFirst().sum());
    return List.of(loss, Vjp.gradient(loss, List.of(w)).getFirst());
  }

  private static Expr deep(Expr x, Expr w, int depth) {
    if (depth == 0) {
      return x.matmul(w).plus(x).sin();
    }
    Scan.Step inner = (c, _) -> List.of(deep(c.getFirst(), w, depth - 1).times(0.9));
    return Scan.of(depth, List.of(x), List.of(), depth == 2, inner).last().getFirst();
  }

  private static List<Expr> deep(Draw in) {
    Expr x = in.normal(2, 3);
    Expr w = in.scaled(0.5, 3, 3);
    Expr loss = deep(x, w, 3).square().sum();
    var outputs = new ArrayList<Expr>();
    outputs.add(loss);
    outputs.addAll(Vjp.gradient(loss, List.of(x, w)));
    return outputs;
  }

  private static List<Expr> hessian(Draw in) {
    Expr x = in.normal(2, 3);
    Expr w = in.scaled(0.5, 3, 3);
    Expr v = in.normal(3, 3);
    Expr loss = deep(x, w, 1).square().sum();
    Expr gradient = Vjp.gradient(loss, List.of(w)).getFirst();
    Expr forward = Jvp.of(List.of(gradient), List.of(w), List.of(v)).getFirst();
    return List.of(forward, Vjp.of(List.of(gradient), List.of(v), List.of(w)).getFirst());
  }

  private static List<Expr> twoLosses(Draw in) {
    Expr x = in.normal(5, 3);
    Expr w = in.normal(3);
    Scan.Result result =
        Scan.of(
            List.of(in.normal(3)),
            List.of(x),
            false,
            (c, s) -> List.of(c.getFirst().times(w).plus(s.getFirst()).tanh()));
    Expr first = Vjp.gradient(result.last().getFirst().sum(), List.of(w)).getFirst();
    Expr second = Vjp.gradient(result.stacks().getFirst().square().sum(), List.of(w)).getFirst();
    return List.of(first, second, first.plus(second));
  }
}
