package girsanov.models.nn;

import girsanov.autodiff.Expr;
import java.util.function.UnaryOperator;

/** What follows a linear layer, element by element. */
public enum Activation {
  IDENTITY(x -> x),
  RELU(Expr::relu),
  ELU(Expr::elu),
  SILU(Expr::silu),
  SOFTPLUS(Expr::softplus),
  SIGMOID(Expr::sigmoid),
  TANH(Expr::tanh);

  private final UnaryOperator<Expr> function;

  Activation(UnaryOperator<Expr> function) {
    this.function = function;
  }

  public Expr apply(Expr x) {
    return function.apply(x);
  }
}
