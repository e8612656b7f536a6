package girsanov.autodiff;

import static girsanov.autodiff.ExampleGraphs.example;
import static girsanov.autodiff.ExampleGraphs.single;

import girsanov.autodiff.ExampleGraphs.Draw;
import girsanov.autodiff.ExampleGraphs.Example;
import java.util.ArrayList;
import java.util.List;

/** Matrix products: sizes, batches, what feeds them and what follows them. */
final class ProductExamples {
  private ProductExamples() {}

  static List<Example> all() {
    var examples = new ArrayList<Example>();
    int[] sizes = {1, 3, 7, 17, 100};
    for (int m : sizes) {
      for (int n : sizes) {
        int k = sizes[(m + n) % 5];
        examples.add(single(name(m, k, n), in -> in.normal(m, k).matmul(in.normal(k, n))));
      }
    }
    examples.addAll(transposed());
    examples.addAll(fed());
    examples.addAll(followed());
    return examples;
  }

  private static String name(int m, int k, int n) {
    return "matmul [" + m + ", " + k + "] x [" + k + ", " + n + "]";
  }

  private static List<Example> transposed() {
    return List.of(
        single("matmul Aᵀ·B", in -> in.normal(17, 7).transpose().matmul(in.normal(17, 5))),
        single("matmul A·Bᵀ", in -> in.normal(7, 17).matmul(in.normal(5, 17).transpose())),
        single(
            "matmul Aᵀ·Bᵀ",
            in -> in.normal(17, 7).transpose().matmul(in.normal(5, 17).transpose())),
        single("matmul (A·B)ᵀ", in -> in.normal(7, 17).matmul(in.normal(17, 5)).transpose()),
        single("matmul batched", in -> in.normal(3, 7, 5).matmul(in.normal(3, 5, 17))),
        single("matmul batched twice", in -> in.normal(2, 3, 7, 5).matmul(in.normal(2, 3, 5, 4))),
        single("matmul with one matrix for all", in -> in.normal(3, 7, 5).matmul(in.normal(5, 17))),
        single(
            "matmul batched transposed",
            in -> in.normal(3, 5, 7).transpose().matmul(in.normal(3, 17, 5).transpose())),
        example(
            "gradient of matmul batched",
            in -> {
              Expr a = in.normal(3, 7, 5);
              Expr b = in.normal(3, 5, 4);
              return Vjp.gradient(a.matmul(b).tanh().sum(), List.of(a, b));
            }),
        example(
            "gradient of matmul with one matrix for all",
            in -> {
              Expr a = in.normal(3, 7, 5);
              Expr b = in.normal(5, 4);
              return Vjp.gradient(a.matmul(b).tanh().sum(), List.of(a, b));
            }));
  }

  private static List<Example> fed() {
    return List.of(
        single(
            "slices feed matmul",
            in -> in.normal(9, 20).slice(1, 3, 10).matmul(in.normal(20, 9).slice(0, 13, 20))),
        single(
            "column slices feed matmul",
            in -> in.normal(9, 20).slice(0, 2, 5).matmul(in.normal(20, 9).slice(1, 2, 9))),
        single("pad feeds matmul", in -> in.normal(4, 5).pad(1, 1, 1).matmul(in.normal(7, 3))),
        single(
            "concat feeds matmul",
            in ->
                Expr.concat(1, List.of(in.normal(7, 3), in.normal(7, 5).tanh()))
                    .matmul(in.normal(8, 17))),
        single("reverse feeds matmul", in -> in.normal(7, 5).reverse(1).matmul(in.normal(5, 3))),
        single(
            "broadcast row feeds matmul",
            in -> in.normal(5).plus(in.normal(7, 1)).matmul(in.normal(5, 3))),
        single("reshape feeds matmul", in -> in.normal(70).reshape(7, 10).matmul(in.normal(10, 3))),
        single(
            "transposed axes feed matmul",
            in -> in.normal(4, 3, 5).transpose(1, 0, 2).matmul(in.normal(3, 5, 2))),
        single("a matrix times itself", ProductExamples::squared));
  }

  private static Expr squared(Draw in) {
    Expr a = in.normal(17, 17);
    return a.matmul(a).plus(a.transpose().matmul(a));
  }

  private static List<Example> followed() {
    return List.of(
        single(
            "dense layer",
            in -> in.normal(17, 7).matmul(in.normal(7, 100)).plus(in.normal(100)).tanh()),
        single(
            "two products summed",
            in ->
                in.normal(17, 7)
                    .matmul(in.normal(7, 30))
                    .plus(in.normal(17, 3).matmul(in.normal(3, 30)))
                    .plus(in.normal(30))
                    .sigmoid()),
        single("product then sum", in -> in.normal(17, 7).matmul(in.normal(7, 30)).sum(0)),
        single(
            "product sliced",
            in -> {
              Expr gates = in.normal(17, 7).matmul(in.normal(7, 30));
              return gates.slice(1, 0, 10).sigmoid().times(gates.slice(1, 20, 30).tanh());
            }),
        single(
            "product used three times",
            in -> {
              Expr p = in.normal(17, 7).matmul(in.normal(7, 17));
              return p.plus(p.transpose()).matmul(p);
            }),
        single(
            "row times column",
            in -> in.normal(1, 100).matmul(in.normal(100, 1)).reshape().exp().dividedBy(1e6)));
  }
}
