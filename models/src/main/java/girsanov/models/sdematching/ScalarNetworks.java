package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Parameter;

/**
 * One network 1 → hidden → 1 for each coordinate, all evaluated at once:
 *
 * <pre>
 *   y_k = floor + (1 − floor) · sigmoid(b_k + Σ_j v_kj softplus(u_kj x_k + a_kj))
 * </pre>
 *
 * <p>so that y_k depends on x_k only and lies in (floor, 1). With a floor of 0 (the papers' choice)
 * 1/y² is unbounded. Parameters: {@code weightIn}, {@code biasIn}, {@code weightOut [n, hidden]}
 * for u, a, v and {@code biasOut [n]} for b, starting uniform on ±1, ±1, ±1/√hidden, ±1/√hidden as
 * the separate networks would.
 */
public record ScalarNetworks(
    Parameter weightIn, Parameter biasIn, Parameter weightOut, Parameter biasOut, double floor) {

  public ScalarNetworks {
    if (!(floor >= 0 && floor < 1)) {
      throw new IllegalArgumentException("floor: expected a number in [0, 1), got " + floor);
    }
  }

  public static ScalarNetworks of(int n, int hidden, double floor) {
    double bound = 1 / Math.sqrt(hidden);
    return new ScalarNetworks(
        Parameter.uniform("weight_in", 1, n, hidden),
        Parameter.uniform("bias_in", 1, n, hidden),
        Parameter.uniform("weight_out", bound, n, hidden),
        Parameter.uniform("bias_out", bound, n),
        floor);
  }

  /** {@code [.., n] → [.., n]}. */
  public Expr apply(Expr x) {
    Expr hidden = x.insertAxis(-1).times(weightIn.expr()).plus(biasIn.expr()).softplus();
    Expr logit = hidden.times(weightOut.expr()).sum(-1).plus(biasOut.expr());
    Expr y = logit.sigmoid();
    return floor == 0 ? y : y.times(1 - floor).plus(floor);
  }
}
