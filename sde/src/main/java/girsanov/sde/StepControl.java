package girsanov.sde;

/**
 * The length of the next step from the errors of this one and the one before, in units of the
 * tolerance: proportional-integral control, which keeps the steps of mildly stiff equations from
 * swinging,
 *
 * <pre>
 *   δ ← δ · 0.9 · error^−(1/order − ¾β) · previous^β,   β = 0.2 / order
 * </pre>
 *
 * <p>within [0.2, 10]; it does not grow right after a rejection. Sources: K. Gustafsson, "Control
 * theoretic techniques for stepsize selection in explicit Runge–Kutta methods", ACM TOMS 17 (1991);
 * the constants of Hairer, Nørsett and Wanner (1993), section II.4, and the code DOPRI5.
 */
final class StepControl {
  private static final double SAFETY = 0.9;
  private static final double LEAST = 0.2;
  private static final double MOST = 10;
  private static final double SMALLEST_ERROR = 1e-4;

  private final double exponent;
  private final double beta;
  private double previous = SMALLEST_ERROR;
  private boolean rejected;

  StepControl(int order) {
    beta = 0.2 / order;
    exponent = 1.0 / order - 0.75 * beta;
  }

  /** The factor after a step of error 1 or less. */
  double afterAccepting(double error) {
    double factor = SAFETY * Math.pow(error, -exponent) * Math.pow(previous, beta);
    double most = rejected ? 1 : MOST;
    previous = Math.max(error, SMALLEST_ERROR);
    rejected = false;
    return Math.clamp(factor, LEAST, most);
  }

  /** The factor after a step of error more than 1, or not a number. */
  double afterRejecting(double error) {
    rejected = true;
    double factor = SAFETY * Math.pow(error, -exponent);
    return factor > LEAST ? factor : LEAST;
  }
}
