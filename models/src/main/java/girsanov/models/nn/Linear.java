package girsanov.models.nn;

import girsanov.autodiff.Expr;
import girsanov.tensor.Tensor;

/**
 * y = x W + b, with x {@code [.., in]}, W {@code [in, out]}, b {@code [out]}, y {@code [.., out]}.
 * The weight is stored as it is multiplied, so no step transposes it; PyTorch stores its transpose.
 *
 * <p>W and b start uniform on (−1/√in, 1/√in), PyTorch's default.
 */
public record Linear(Parameter weight, Parameter bias) {

  public static Linear of(int in, int out) {
    double bound = 1 / Math.sqrt(in);
    return new Linear(
        Parameter.uniform("weight", bound, in, out), Parameter.uniform("bias", bound, out));
  }

  /** The same layer with a bias that starts at given values. */
  public Linear startingAt(Tensor start) {
    return new Linear(weight, Parameter.of("bias", start));
  }

  public Expr apply(Expr x) {
    return x.matmul(weight.expr()).plus(bias.expr());
  }
}
