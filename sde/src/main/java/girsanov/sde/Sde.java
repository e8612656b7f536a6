package girsanov.sde;

import girsanov.autodiff.Expr;

/**
 * A stochastic differential equation with diagonal noise,
 *
 * <pre>
 *   dz_k = h_k(z, t) dt + g_k(z_k, t) dw_k,   k = 1..dim
 * </pre>
 *
 * <p>for a batch of states {@code z [batch, dim]} that move independently; w is a standard Brownian
 * motion of the same shape.
 *
 * @param interpretation what the integral against dw means
 * @param noise how g depends on z; a promise that the numerics rely on and cannot check
 * @param drift h
 * @param diffusion the diagonal of g
 */
public record Sde(
    Interpretation interpretation, NoiseClass noise, Coefficient drift, Coefficient diffusion) {

  /** One coefficient as a function of state and time. */
  @FunctionalInterface
  public interface Coefficient {
    /**
     * The coefficient at a batch of states.
     *
     * @param z states, {@code [.., dim]}
     * @param t times, of any shape that broadcasts against {@code z}: a scalar, or {@code [.., 1]}
     * @return values, of the shape of {@code z}
     */
    Expr at(Expr z, Expr t);
  }

  public static Sde ito(NoiseClass noise, Coefficient drift, Coefficient diffusion) {
    return new Sde(Interpretation.ITO, noise, drift, diffusion);
  }
}
