package girsanov.models.nn;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Scan;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gated recurrent unit of one layer, in PyTorch's convention: the reset gate acts after the hidden
 * product and its bias.
 *
 * <pre>
 *   r  = sigmoid(x W_ir + b_ir + h W_hr + b_hr)
 *   z  = sigmoid(x W_iz + b_iz + h W_hz + b_hz)
 *   n  = tanh(x W_in + b_in + r ⊙ (h W_hn + b_hn))
 *   h′ = (1 − z) ⊙ n + z ⊙ h,        h₀ = 0
 * </pre>
 *
 * <p>The gates r, z, n stand side by side in {@code weight_ih [in, 3·hidden]}, {@code weight_hh
 * [hidden, 3·hidden]} and the biases {@code [3·hidden]}: PyTorch's tensors, the weights transposed.
 * All start uniform on (−1/√hidden, 1/√hidden).
 *
 * <p>Cho et al., "Learning phrase representations using RNN encoder–decoder", 2014, equations 5–8,
 * with the reset gate moved.
 */
public record Gru(Parameter weightIh, Parameter weightHh, Parameter biasIh, Parameter biasHh) {

  public static Gru of(int in, int hidden) {
    double bound = 1 / Math.sqrt(hidden);
    return new Gru(
        Parameter.uniform("weight_ih", bound, in, 3 * hidden),
        Parameter.uniform("weight_hh", bound, hidden, 3 * hidden),
        Parameter.uniform("bias_ih", bound, 3 * hidden),
        Parameter.uniform("bias_hh", bound, 3 * hidden));
  }

  public int hidden() {
    return weightHh.shape().dim(0);
  }

  /** The hidden states after each step, {@code [time, batch, in] → [time, batch, hidden]}. */
  public Expr apply(Expr xs) {
    return apply(xs, false);
  }

  /**
   * The hidden states after each step, in either direction.
   *
   * @param reverse reads the last step first; the state made at step t stands at index t in either
   *     direction, so the state that has seen everything is then at index 0
   */
  public Expr apply(Expr xs, boolean reverse) {
    return apply(xs, reverse, Optional.empty());
  }

  /**
   * The hidden states where some steps are passed over.
   *
   * @param seen {@code [time, batch]}: where it is 0 the step is passed over and the state stays as
   *     it is; where it is 1 the step is made
   */
  public Expr apply(Expr xs, boolean reverse, Optional<Expr> seen) {
    if (xs.shape().rank() != 3) {
      throw new IllegalArgumentException(
          "gru: expected [time, batch, in], got " + xs.shape() + " from " + xs.where());
    }
    // What does not depend on h is computed for all steps at once.
    var given = new ArrayList<>(given(xs));
    seen.ifPresent(mask -> given.add(mask.insertAxis(2)));
    Expr start = Expr.zeros(Shape.of(xs.shape().dim(1), hidden()));
    Scan.Step step =
        (h, x) -> {
          Expr next = step(h.getFirst(), x);
          return List.of(seen.isEmpty() ? next : masked(h.getFirst(), next, x.getLast()));
        };
    return Scan.of(List.of(start), given, reverse, step).stacks().getFirst();
  }

  /** One step: h′ from h {@code [batch, hidden]} and x {@code [batch, in]}. */
  public Expr step(Expr h, Expr x) {
    return step(h, given(x));
  }

  /**
   * What x and the biases but b_hn, which r multiplies, add to each gate: {@code [.., in] → 3 ×
   * [.., hidden]}, gate by gate, so that each lies in a row.
   */
  private List<Expr> given(Expr xs) {
    var given = new ArrayList<Expr>();
    for (int gate = 0; gate < 3; gate++) {
      Expr bias = gate(biasIh.expr(), gate);
      Expr all = gate < 2 ? bias.plus(gate(biasHh.expr(), gate)) : bias;
      given.add(xs.matmul(gate(weightIh.expr(), gate)).plus(all));
    }
    return given;
  }

  /** h′ from h {@code [batch, hidden]} and all that x and the biases add to it, gate by gate. */
  private Expr step(Expr h, List<Expr> given) {
    Expr recurrent = h.matmul(weightHh.expr());
    Expr reset = given.get(0).plus(gate(recurrent, 0)).sigmoid();
    Expr keep = given.get(1).plus(gate(recurrent, 1)).sigmoid();
    Expr proposed = gate(recurrent, 2).plus(gate(biasHh.expr(), 2));
    Expr candidate = given.get(2).plus(reset.times(proposed)).tanh();
    return candidate.plus(keep.times(h.minus(candidate)));
  }

  /** The step where {@code seen [batch, 1]} is 1, no step where it is 0. */
  private static Expr masked(Expr h, Expr next, Expr seen) {
    return h.plus(seen.times(next.minus(h)));
  }

  private Expr gate(Expr all, int index) {
    return all.slice(-1, index * hidden(), (index + 1) * hidden());
  }
}
