package girsanov.models.frames;

import girsanov.autodiff.Expr;

/**
 * Some frames of some sequences, and noise.
 *
 * @param values {@code [frame, row, dim]}, zeros where not seen
 * @param seen 1 where a frame was observed, else 0, {@code [frame, row]}
 * @param within 1 up to the last observed frame of a row, then 0, {@code [frame, row]}
 * @param noise standard normal numbers, {@code [frame, row, draw, noise]}
 */
public record Given(Expr values, Expr seen, Expr within, Expr noise) {

  public int frames() {
    return seen.shape().dim(0);
  }

  public int rows() {
    return seen.shape().dim(1);
  }

  /** Monte-Carlo draws of the latent states. */
  public int draws() {
    return noise.shape().dim(2);
  }

  /** The sum over the observed frames, {@code [frame, row, ..] → [row, ..]}. */
  public Expr sumSeen(Expr terms) {
    return sum(terms, seen);
  }

  /** The sum over the frames up to the last observed one, {@code [frame, row, ..] → [row, ..]}. */
  public Expr sumWithin(Expr terms) {
    return sum(terms, within);
  }

  /** The same for each draw, {@code [frame, row, n] → [frame, row, draw, n]}. */
  public Expr eachDraw(Expr ofRow) {
    Expr one = ofRow.insertAxis(2);
    return one.broadcastTo(one.shape().with(2, draws()));
  }

  private static Expr sum(Expr terms, Expr weight) {
    Expr aligned = weight;
    while (aligned.shape().rank() < terms.shape().rank()) {
      aligned = aligned.insertAxis(-1);
    }
    return terms.times(aligned).sum(0);
  }
}
