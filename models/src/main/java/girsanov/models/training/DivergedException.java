package girsanov.models.training;

/**
 * A loss or gradient that is no finite number. The trainer's parameters and moments are still those
 * before the step that failed.
 */
public final class DivergedException extends RuntimeException {
  private final long iteration;
  private final String part;

  DivergedException(long iteration, String part, double value) {
    super(
        "iteration "
            + iteration
            + ": expected a finite "
            + part
            + ", got "
            + value
            + "; the parameters are those before this step: lower the learning rate or clip the"
            + " gradient's norm");
    this.iteration = iteration;
    this.part = part;
  }

  public long iteration() {
    return iteration;
  }

  /** What was not finite: a term of the loss, or the gradient and the parameter it belongs to. */
  public String part() {
    return part;
  }
}
