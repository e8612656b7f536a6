package girsanov.cli.experiment;

import girsanov.cli.settings.UserException;
import java.util.function.Supplier;

/** What settings are held to. */
final class Checks {
  private Checks() {}

  /**
   * What settings make, or an error of the user that says why they make nothing: whatever is wrong
   * with an argument before any work has begun, settings are to blame for. Later it is our fault.
   */
  static <T> T made(Supplier<T> of) {
    try {
      return of.get();
    } catch (IllegalArgumentException e) {
      throw UserException.failure(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The model that an experiment's settings make, or an error that says which makes it too large.
   */
  static <T> T model(Experiment experiment, Supplier<T> of) {
    try {
      return of.get();
    } catch (IllegalArgumentException e) {
      throw UserException.failure(
          "the model is too large: " + e.getMessage() + " To do so, " + experiment.remedy(), e);
    }
  }

  static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + ": expected " + least + " or more, got " + value);
    }
  }

  static void above0(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + ": expected a number above 0, got " + value);
    }
  }
}
