package girsanov.sde;

/**
 * How accurate each step of an {@link AdaptiveSolver} is: the root mean square over the elements of
 * the state of error / (absolute + relative · |y|) is kept below 1. The error at the end is of this
 * size times how much the equation amplifies errors.
 *
 * @param mostSteps after so many steps, accepted or not, the solver gives up
 */
public record Tolerance(double relative, double absolute, int mostSteps) {
  private static final int MOST_STEPS = 100_000;

  public Tolerance {
    if (!(relative >= 0 && absolute >= 0 && relative + absolute > 0)
        || !Double.isFinite(relative + absolute)
        || mostSteps < 1) {
      throw new IllegalArgumentException(
          "Expected tolerances of 0 or more, not both 0, and 1 step or more, got "
              + relative
              + ", "
              + absolute
              + " and "
              + mostSteps
              + " steps.");
    }
  }

  public static Tolerance of(double relative, double absolute) {
    return new Tolerance(relative, absolute, MOST_STEPS);
  }
}
