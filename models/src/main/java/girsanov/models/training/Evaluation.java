package girsanov.models.training;

/** The loss of an objective without gradients, on fresh noise. */
public final class Evaluation {
  /** The number that the first draw of an evaluation has in place of an iteration's. */
  public static final long FIRST_DRAW = 1L << 40;

  private Evaluation() {}
}
