package girsanov.models.sdematching;

import girsanov.autodiff.Expr;

/**
 * The approximate posterior, given by its marginals (Eq. 7 and 24):
 *
 * <pre>
 *   z_t = F(ε, t, X) = μ(X, t) + σ(X, t) ⊙ ε,    ε ~ N(0, I)
 * </pre>
 */
public interface Posterior {
  /** q(· | X): computes what does not depend on time, once for each sequence. */
  Marginals given(Observations observations);

  /** q(z_t | X) of each sequence as a differentiable function of time. */
  interface Marginals {
    /**
     * μ and log σ.
     *
     * @param t times in [0, horizon], {@code [batch, draws]}
     * @return distributions over {@code [batch, draws, latent]}
     */
    Gaussian at(Expr t);
  }
}
