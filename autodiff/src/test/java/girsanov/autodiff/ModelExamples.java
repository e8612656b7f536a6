package girsanov.autodiff;

import static girsanov.autodiff.ExampleGraphs.example;

import girsanov.autodiff.ExampleGraphs.Draw;
import girsanov.autodiff.ExampleGraphs.Example;
import java.util.ArrayList;
import java.util.List;

/** Small losses as models write them, with derivatives inside. */
final class ModelExamples {
  private ModelExamples() {}

  static List<Example> all() {
    var examples = new ArrayList<Example>();
    for (int batch : new int[] {1, 7, 64}) {
      examples.add(example("mlp loss, batch " + batch, in -> mlpLoss(in, batch)));
      examples.add(example("loss with ∂F/∂t inside, batch " + batch, in -> velocity(in, batch)));
    }
    for (int[] size : new int[][] {{1, 6, 30}, {5, 6, 30}, {33, 4, 100}, {9, 3, 7}, {3, 2, 500}}) {
      String name = "networks side by side, %d x %d x %d".formatted(size[0], size[1], size[2]);
      examples.add(example(name, in -> sideBySide(in, size[0], size[1], size[2])));
    }
    for (int columns : new int[] {16, 30, 64, 100}) {
      String name = "part kept, part through weights, of " + columns;
      examples.add(example(name, in -> partlyKept(in, columns)));
    }
    examples.add(example("attention weights over an even grid", ModelExamples::attention));
    examples.add(example("hessian times vector", ModelExamples::hessian));
    examples.add(example("Euler-Maruyama, gradient", ModelExamples::eulerMaruyama));
    return examples;
  }

  private record Mlp(Expr w1, Expr b1, Expr w2, Expr b2) {
    static Mlp draw(Draw in, int from, int hidden, int to) {
      return new Mlp(
          in.scaled(0.5, from, hidden),
          in.scaled(0.1, hidden),
          in.scaled(0.3, hidden, to),
          in.scaled(0.1, to));
    }

    Expr of(Expr x) {
      return x.matmul(w1).plus(b1).silu().matmul(w2).plus(b2);
    }

    List<Expr> parameters() {
      return List.of(w1, b1, w2, b2);
    }
  }

  private static List<Expr> withGradient(Expr loss, List<Expr> parameters) {
    var outputs = new ArrayList<Expr>();
    outputs.add(loss);
    outputs.addAll(Vjp.gradient(loss, parameters));
    return outputs;
  }

  private static List<Expr> mlpLoss(Draw in, int batch) {
    Mlp net = Mlp.draw(in, 5, 17, 3);
    Expr error = net.of(in.normal(batch, 5)).minus(in.normal(batch, 3));
    return withGradient(error.square().sum(1).mean(), net.parameters());
  }

  /** n networks of one input and one output each, Σ_j v_kj softplus(u_kj x_k + a_kj). */
  private static List<Expr> sideBySide(Draw in, int batch, int n, int hidden) {
    Expr x = in.normal(batch, n);
    Expr u = in.normal(n, hidden);
    Expr a = in.normal(n, hidden);
    Expr v = in.scaled(1 / Math.sqrt(hidden), n, hidden);
    Expr y = x.insertAxis(-1).times(u).plus(a).softplus().times(v).sum(-1);
    return withGradient(y.square().sum(), List.of(x, u, a, v));
  }

  /** z = m(t, c) + e^{s(t, c)}·ε; the loss holds ∂z/∂t, the gradient goes through it. */
  private static List<Expr> velocity(Draw in, int batch) {
    Mlp net = Mlp.draw(in, 4, 17, 6);
    Mlp drift = Mlp.draw(in, 3, 9, 3);
    Expr t = in.uniform(0, 1, batch, 1);
    Expr context = in.normal(batch, 3);
    Expr noise = in.normal(batch, 3);
    Expr moments = net.of(Expr.concat(1, List.of(t, context)));
    Expr z = moments.slice(1, 0, 3).plus(moments.slice(1, 3, 6).exp().times(noise));
    Expr one = Expr.ones(t.shape());
    Expr dz = Jvp.of(List.of(z), List.of(t), List.of(one)).getFirst();
    Expr loss = dz.minus(drift.of(z)).square().sum(1).mean();
    var parameters = new ArrayList<>(net.parameters());
    parameters.addAll(drift.parameters());
    return withGradient(loss, parameters);
  }

  /** x ← x z + tanh(x − x z) w, twice, once with the sum as the result. */
  private static List<Expr> partlyKept(Draw in, int columns) {
    Expr w = in.scaled(0.1, columns, columns);
    Expr x = in.normal(7, columns);
    Expr z = in.uniform(0, 1, 7, columns);
    Expr result = x;
    for (int i = 0; i < 2; i++) {
      Expr kept = result.times(z);
      result = kept.plus(result.minus(kept).tanh().matmul(w));
    }
    return List.of(result, result.square().sum());
  }

  private static List<Expr> attention(Draw in) {
    Expr time = in.uniform(0, 1, 7);
    Expr grid = in.uniform(0, 1, 10);
    Expr width = in.uniform(-1, 1);
    Expr values = in.normal(10, 5);
    Expr distance = time.insertAxis(1).minus(grid).square();
    Expr weights = distance.negate().dividedBy(width.exp()).softmax(1);
    Expr loss = weights.matmul(values).tanh().square().sum();
    return withGradient(loss, List.of(time, grid, width, values));
  }

  private static List<Expr> hessian(Draw in) {
    Mlp net = Mlp.draw(in, 3, 7, 1);
    Expr x = in.normal(5, 3);
    Expr v = in.normal(5, 3);
    Expr energy = net.of(x).sum();
    Expr gradient = Vjp.gradient(energy, List.of(x)).getFirst();
    Expr forward = Jvp.of(List.of(gradient), List.of(x), List.of(v)).getFirst();
    Expr backward = Vjp.of(List.of(gradient), List.of(v), List.of(x)).getFirst();
    return List.of(gradient, forward, backward);
  }

  /** z ← z + f(z)·Δ + e^g·√Δ·ε over 20 steps, a quadratic loss on the path. */
  private static List<Expr> eulerMaruyama(Draw in) {
    Mlp drift = Mlp.draw(in, 3, 9, 3);
    Expr logDiffusion = in.scaled(0.1, 3);
    Expr start = in.normal(7, 3);
    Expr noise = in.normal(20, 7, 3);
    Scan.Result path =
        Scan.of(
            List.of(start),
            List.of(noise),
            false,
            (carry, xs) -> {
              Expr z = carry.getFirst();
              Expr move = drift.of(z).times(0.05);
              return List.of(
                  z.plus(move)
                      .plus(logDiffusion.exp().times(Math.sqrt(0.05)).times(xs.getFirst())));
            });
    Expr loss = path.stacks().getFirst().square().mean().plus(path.last().getFirst().sum());
    var parameters = new ArrayList<>(drift.parameters());
    parameters.add(logDiffusion);
    parameters.add(start);
    return withGradient(loss, parameters);
  }
}
