package girsanov.models.nn;

import girsanov.autodiff.Expr;

/** How a network's output becomes a standard deviation or a diffusion. */
public enum Positive {
  /** log(1 + exp y) + 10⁻⁴. */
  SOFTPLUS,
  /** exp y. */
  EXP;

  private static final double FLOOR = 1e-4;

  public Expr apply(Expr y) {
    return switch (this) {
      case SOFTPLUS -> y.softplus().plus(FLOOR);
      case EXP -> y.exp();
    };
  }
}
