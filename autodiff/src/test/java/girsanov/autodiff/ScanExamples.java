package girsanov.autodiff;

import static girsanov.autodiff.ExampleGraphs.example;

import girsanov.autodiff.ExampleGraphs.Draw;
import girsanov.autodiff.ExampleGraphs.Example;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Loops, their derivatives, and loops of loops. */
final class ScanExamples {
  private ScanExamples() {}

  static List<Example> all() {
    var examples = new ArrayList<Example>();
    for (boolean reverse : new boolean[] {false, true}) {
      String way = reverse ? " backwards" : "";
      for (int length : new int[] {1, 2, 7}) {
        String name = "scan of " + length + way;
        examples.add(example(name, in -> all(affine(in, length, reverse))));
        examples.add(example("gradient of " + name, in -> gradient(in, length, reverse)));
      }
      examples.add(example("jvp of a scan" + way, in -> tangents(in, reverse)));
      examples.add(example("second derivative of a scan" + way, in -> second(in, reverse)));
      examples.add(example("gru" + way, in -> all(gru(in, 5, 6, 3, 7, reverse))));
      examples.add(example("gradient of gru" + way, in -> gruGradient(in, reverse)));
    }
    for (int[] size : new int[][] {{1, 16}, {7, 20}, {19, 64}, {5, 7}}) {
      String name = "gradient of gru, gate by gate, %d x %d".formatted(size[0], size[1]);
      examples.add(example(name, in -> gateByGate(in, size[0], size[1])));
    }
    examples.add(example("scan without xs", ScanExamples::counting));
    examples.add(example("scan that passes carries through", ScanExamples::passing));
    examples.add(example("scan of scan", ScanExamples::nested));
    examples.add(example("gradient of scan of scan", ScanExamples::nestedGradient));
    examples.add(example("scan after scan", ScanExamples::chained));
    return examples;
  }

  private static List<Expr> all(Scan.Result result) {
    var items = new ArrayList<>(result.last());
    items.addAll(result.stacks());
    return items;
  }

  /** c ← tanh(c·w + x) + b, and a running mean m of it. */
  private static Scan.Result affine(Draw in, int length, boolean reverse) {
    Expr c = in.normal(3, 5);
    Expr m = in.normal(5);
    Expr x = in.normal(length, 3, 5);
    Expr w = in.scaled(0.4, 5, 5);
    Expr b = in.normal(5);
    return Scan.of(
        List.of(c, m),
        List.of(x),
        reverse,
        (carries, xs) -> {
          Expr next = carries.get(0).matmul(w).plus(xs.getFirst()).tanh().plus(b);
          return List.of(next, carries.get(1).times(0.9).plus(next.mean(0)));
        });
  }

  private static Expr loss(Scan.Result result) {
    Expr last = result.last().get(0).sin().sum().plus(result.last().get(1).square().sum());
    return last.plus(result.stacks().get(0).square().mean());
  }

  private static List<Expr> gradient(Draw in, int length, boolean reverse) {
    Expr loss = loss(affine(in, length, reverse));
    return Vjp.gradient(loss, in.inputs());
  }

  private static List<Expr> tangents(Draw in, boolean reverse) {
    Scan.Result result = affine(in, 4, reverse);
    List<Expr> inputs = in.inputs();
    var directions = new ArrayList<Expr>();
    inputs.forEach(input -> directions.add(in.normal(input.shape().dims())));
    return Jvp.of(all(result), inputs, directions);
  }

  private static List<Expr> second(Draw in, boolean reverse) {
    Expr loss = loss(affine(in, 4, reverse));
    List<Expr> inputs = in.inputs();
    Expr w = inputs.get(3);
    Expr slope = Jvp.of(List.of(loss), List.of(w), List.of(in.normal(5, 5))).getFirst();
    return Vjp.gradient(slope, inputs);
  }

  /** A gated recurrent unit over {@code [steps, batch, input]}, as in PyTorch. */
  private static Scan.Result gru(
      Draw in, int steps, int batch, int input, int hidden, boolean reverse) {
    Expr h0 = in.normal(batch, hidden);
    Expr x = in.normal(steps, batch, input);
    Expr wi = in.scaled(0.4, input, 3 * hidden);
    Expr wh = in.scaled(0.4, hidden, 3 * hidden);
    Expr bi = in.scaled(0.4, 3 * hidden);
    Expr bh = in.scaled(0.4, 3 * hidden);
    return Scan.of(
        List.of(h0),
        List.of(x.matmul(wi).plus(bi)),
        reverse,
        (carries, xs) -> {
          Expr h = carries.getFirst();
          Expr fromInput = xs.getFirst();
          Expr fromState = h.matmul(wh).plus(bh);
          Expr reset = gate(fromInput, 0, hidden).plus(gate(fromState, 0, hidden)).sigmoid();
          Expr update = gate(fromInput, 1, hidden).plus(gate(fromState, 1, hidden)).sigmoid();
          Expr candidate =
              gate(fromInput, 2, hidden).plus(reset.times(gate(fromState, 2, hidden))).tanh();
          return List.of(candidate.plus(update.times(h.minus(candidate))));
        });
  }

  private static Expr gate(Expr gates, int index, int hidden) {
    return gates.slice(1, index * hidden, (index + 1) * hidden);
  }

  private static List<Expr> gruGradient(Draw in, boolean reverse) {
    Scan.Result result = gru(in, 5, 6, 3, 7, reverse);
    Expr loss =
        result.stacks().getFirst().square().mean().plus(result.last().getFirst().sin().sum());
    return Vjp.gradient(loss, in.inputs());
  }

  /** As a layer writes it: what does not depend on h stands in a row for each gate. */
  private static List<Expr> gateByGate(Draw in, int batch, int hidden) {
    Expr h0 = in.normal(batch, hidden);
    Expr wh = in.scaled(0.2, hidden, 3 * hidden);
    Expr bh = in.scaled(0.4, hidden);
    List<Expr> given = new ArrayList<>();
    for (int gate = 0; gate < 3; gate++) {
      given.add(in.normal(4, batch, hidden));
    }
    Scan.Result result =
        Scan.of(
            List.of(h0),
            given,
            false,
            (carries, xs) -> {
              Expr h = carries.getFirst();
              Expr all = h.matmul(wh);
              Expr reset = xs.get(0).plus(gate(all, 0, hidden)).sigmoid();
              Expr keep = xs.get(1).plus(gate(all, 1, hidden)).sigmoid();
              Expr proposed = gate(all, 2, hidden).plus(bh);
              Expr candidate = xs.get(2).plus(reset.times(proposed)).tanh();
              return List.of(candidate.plus(keep.times(h.minus(candidate))));
            });
    Expr loss = result.stacks().getFirst().square().mean();
    var outputs = new ArrayList<>(List.of(loss));
    outputs.addAll(Vjp.gradient(loss, in.inputs()));
    return outputs;
  }

  private static List<Expr> counting(Draw in) {
    Expr rate = in.uniform(0.1, 0.9);
    Scan.Result result =
        Scan.of(
            10,
            List.of(in.normal(3), Expr.constant(0)),
            List.of(),
            false,
            (carries, _) ->
                List.of(carries.get(0).times(rate).plus(carries.get(1)), carries.get(1).plus(1)));
    return all(result);
  }

  private static List<Expr> passing(Draw in) {
    Expr outside = in.normal(3);
    Expr a = in.normal(3);
    Expr b = in.normal(3);
    Expr x = in.normal(4, 3);
    Scan.Result result =
        Scan.of(
            List.of(a, b, a, b, b),
            List.of(x, x.exp()),
            false,
            (carries, xs) ->
                List.of(
                    carries.get(1), carries.get(0), outside, xs.get(0), Expr.ones(new Shape(3))));
    Expr loss = Expr.constant(0);
    for (Expr item : all(result)) {
      loss = loss.plus(item.sin().sum());
    }
    var outputs = new ArrayList<>(all(result));
    outputs.addAll(Vjp.gradient(loss, List.of(outside, a, b, x)));
    return outputs;
  }

  /** Outer steps each run an inner loop that reads the outer carry, an outer slice and w. */
  private static Scan.Result nest(Draw in) {
    Expr w = in.scaled(0.5, 3, 3);
    Expr start = in.normal(2, 3);
    Expr xs = in.normal(3, 4, 2, 3);
    Expr shift = in.normal(3, 2, 3);
    return Scan.of(
        List.of(start),
        List.of(xs, shift),
        false,
        (outer, slices) -> {
          Expr c = outer.getFirst();
          Scan.Result inner =
              Scan.of(
                  List.of(c.times(0.5)),
                  List.of(slices.get(0)),
                  true,
                  (carry, x) ->
                      List.of(
                          carry
                              .getFirst()
                              .matmul(w)
                              .plus(x.getFirst())
                              .plus(slices.get(1))
                              .tanh()
                              .plus(c)));
          return List.of(inner.last().getFirst().plus(inner.stacks().getFirst().mean(0)));
        });
  }

  private static List<Expr> nested(Draw in) {
    return all(nest(in));
  }

  private static List<Expr> nestedGradient(Draw in) {
    Scan.Result result = nest(in);
    Expr loss = result.last().getFirst().sum().plus(result.stacks().getFirst().square().sum());
    return Vjp.gradient(loss, in.inputs());
  }

  private static List<Expr> chained(Draw in) {
    Scan.Result first = affine(in, 5, false);
    Expr decay = first.last().get(1);
    Scan.Result second =
        Scan.of(
            List.of(first.last().get(0)),
            List.of(first.stacks().get(0)),
            true,
            (carries, xs) ->
                List.of(carries.getFirst().times(decay.sigmoid()).plus(xs.getFirst())));
    Expr loss = second.stacks().getFirst().square().mean();
    var outputs = new ArrayList<Expr>();
    outputs.add(loss);
    outputs.addAll(Vjp.gradient(loss, in.inputs()));
    return outputs;
  }
}
