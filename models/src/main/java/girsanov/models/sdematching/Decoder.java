package girsanov.models.sdematching;

import girsanov.autodiff.Expr;

/** The likelihood of an observation given the latent state at its time, p(x | z). */
public interface Decoder {
  /** The distribution of x {@code [.., dim]} at states z {@code [.., latent]}. */
  Gaussian given(Expr z);
}
