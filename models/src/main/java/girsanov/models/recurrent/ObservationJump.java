package girsanov.models.recurrent;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Gru;
import girsanov.models.nn.Parameter;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * What an observation does to a state: each number of the frame, and what was expected of it, pass
 * through a small layer of their own, and a GRU reads all of those side by side:
 *
 * <pre>
 *   p_d = relu(Σ_f feature_fd w_fd + b_d) ∈ R^k,   h′ = GRU(h; p_1, …, p_dim)
 * </pre>
 *
 * <p>De Brouwer et al., "GRU-ODE-Bayes", 2019, section 2.3; biases start at 0.1 as in its code.
 *
 * @param weight {@code [feature, k, dim]}: dim last, so that all numbers of a frame lie in a row
 * @param bias {@code [k, dim]}
 */
public record ObservationJump(Parameter weight, Parameter bias, Gru gru) {
  private static final double BIAS = 0.1;

  /**
   * A fresh jump.
   *
   * @param features of each number
   * @param prepared k
   */
  public static ObservationJump of(int features, int dim, int prepared, int hidden) {
    DoubleTensor bias = DoubleTensor.zeros(Shape.of(prepared, dim));
    bias.fill(BIAS);
    double bound = 1 / Math.sqrt(features);
    return new ObservationJump(
        Parameter.uniform("weight", bound, features, prepared, dim),
        Parameter.of("bias", bias),
        Gru.of(dim * prepared, hidden));
  }

  /**
   * The state after the observation.
   *
   * @param h {@code [row, hidden]}
   * @param features each {@code [row, dim]}
   */
  public Expr apply(Expr h, List<Expr> features) {
    Expr prepared = bias.expr();
    for (int f = 0; f < features.size(); f++) {
      Expr feature = features.get(f).insertAxis(1);
      prepared = prepared.plus(feature.times(weight.expr().get(0, f)));
    }
    int rows = h.shape().dim(0);
    return gru.step(h, prepared.relu().reshape(rows, gru.weightIh().shape().dim(0)));
  }
}
