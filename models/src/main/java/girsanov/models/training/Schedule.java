package girsanov.models.training;

/** The learning rate of each iteration, counted from 0. */
@FunctionalInterface
public interface Schedule {

  double at(long iteration);

  static Schedule constant(double rate) {
    return _ -> rate;
  }

  /** rate · decay^iteration. */
  static Schedule exponential(double rate, double decay) {
    // StrictMath: the same bits from the interpreter, either compiler, and every machine.
    return iteration -> rate * StrictMath.pow(decay, (double) iteration);
  }
}
