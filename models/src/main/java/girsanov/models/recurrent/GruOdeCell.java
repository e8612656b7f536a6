package girsanov.models.recurrent;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Linear;
import girsanov.models.nn.Parameter;
import java.util.Optional;

/**
 * A GRU in continuous time:
 *
 * <pre>
 *   r = sigmoid(x W_r + h U_r + b_r),  z = sigmoid(x W_z + h U_z + b_z)
 *   u = tanh(x W_h + (r ⊙ h) U_h + b_h),  dh/dt = (1 − z) ⊙ (u − h)
 * </pre>
 *
 * <p>A state that starts in [−1, 1] stays there, also under Euler steps of at most 1. De Brouwer et
 * al., "GRU-ODE-Bayes", 2019, equation 3; x is what is expected of an observation.
 *
 * @param gates U_r and U_z side by side, {@code [hidden, 2·hidden]}; U_z alone if there is no r
 * @param candidate U_h, {@code [hidden, hidden]}
 * @param input the parts of x and all biases, in the order r, z, u; absent if autonomous
 */
public record GruOdeCell(Kind kind, Parameter gates, Parameter candidate, Optional<Linear> input) {

  /** Which of the terms there are. */
  public enum Kind {
    /** All. */
    FULL,
    /** z in the place of r. */
    MINIMAL,
    /** No x and, as in the official code, no biases. */
    AUTONOMOUS
  }

  /**
   * A fresh cell; matrices of the state start uniform on ±√(3/hidden) (Glorot and Bengio 2010).
   *
   * @param in the length of x
   */
  public static GruOdeCell of(Kind kind, int in, int hidden) {
    double bound = Math.sqrt(3.0 / hidden);
    int gates = kind == Kind.MINIMAL ? 1 : 2;
    return new GruOdeCell(
        kind,
        Parameter.uniform("gates", bound, hidden, gates * hidden),
        Parameter.uniform("candidate", bound, hidden, hidden),
        kind == Kind.AUTONOMOUS
            ? Optional.empty()
            : Optional.of(Linear.of(in, (gates + 1) * hidden)));
  }

  public int hidden() {
    return candidate.shape().dim(0);
  }

  /** Whether {@link #slope} reads x. */
  public boolean autonomous() {
    return input.isEmpty();
  }

  /**
   * dh/dt.
   *
   * @param h {@code [row, hidden]}
   * @param x {@code [row, in]}; ignored if autonomous
   */
  public Expr slope(Expr h, Expr x) {
    int hidden = hidden();
    int gateWidth = gates.shape().dim(1);
    Optional<Expr> given = input.map(linear -> linear.apply(x));
    Expr logits = h.matmul(gates.expr());
    if (given.isPresent()) {
      logits = logits.plus(given.get().slice(-1, 0, gateWidth));
    }
    Expr both = logits.sigmoid();
    Expr reset = both.slice(-1, 0, hidden);
    Expr keep = both.slice(-1, gateWidth - hidden, gateWidth);
    Expr proposed = reset.times(h).matmul(candidate.expr());
    if (given.isPresent()) {
      proposed = proposed.plus(given.get().slice(-1, gateWidth, gateWidth + hidden));
    }
    return proposed.tanh().minus(h).times(keep.negate().plus(1));
  }
}
