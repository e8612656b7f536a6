package girsanov.sde;

import girsanov.autodiff.Expr;

/**
 * A one-step method for an {@link Sde}. Its orders are part of it, and the tests measure them: with
 * steps of length δ the strong error E|z_T − ẑ_T| is O(δ^strong) and the weak error |E φ(z_T) − E
 * φ(ẑ_T)| is O(δ^weak) for smooth φ.
 */
public interface Scheme {
  /** The equations the scheme is meant for; on others it converges to the wrong process. */
  Interpretation interpretation();

  double strongOrder(NoiseClass noise);

  double weakOrder(NoiseClass noise);

  /**
   * The state after one step.
   *
   * @param z states {@code [batch, dim]}
   * @param t the time at the left end, a scalar
   * @param dt the length of the step, a scalar
   * @param dw the Brownian increment over the step {@code [batch, dim]}
   */
  Expr step(Sde sde, Expr z, Expr t, Expr dt, Expr dw);
}
