package girsanov.models.sdematching;

import girsanov.autodiff.Expr;

/** Turns observations into a summary that can be asked for at any time. */
public interface Encoder {
  /** Computes what does not depend on time, once for each sequence. */
  Context encode(Observations observations);

  /** The length of a context vector. */
  int width();

  /** The summary of each sequence as a differentiable function of time. */
  interface Context {
    /**
     * Context vectors.
     *
     * @param s times as fractions of the horizon, {@code [batch, draws]}
     * @return {@code [batch, draws, width]}
     */
    Expr at(Expr s);
  }
}
