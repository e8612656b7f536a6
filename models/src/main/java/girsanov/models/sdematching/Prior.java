package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.sde.NoiseClass;
import girsanov.sde.Sde;

/**
 * The generative process of the latent state (Eq. 6):
 *
 * <pre>
 *   z₀ ~ N(m, diag s²),    dz = h(z, t) dt + g(z, t) dw
 * </pre>
 *
 * <p>with diagonal g whose element k depends on z_k only. States are {@code [.., latent]}, times
 * broadcast against them; drift and diffusion have the shape of the states.
 */
public interface Prior {
  /** m and log s, each {@code [latent]}. */
  Gaussian initial();

  /** h. */
  Expr drift(Expr z, Expr t);

  /** The diagonal of g, positive. */
  Expr diffusion(Expr z, Expr t);

  default int latent() {
    return initial().mean().shape().dim(-1);
  }

  default Sde sde() {
    return Sde.ito(NoiseClass.DIAGONAL, this::drift, this::diffusion);
  }
}
