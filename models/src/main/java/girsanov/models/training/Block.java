package girsanov.models.training;

import girsanov.autodiff.compile.Program;
import girsanov.models.training.Objective.Loss;

/** The loss of a block of so many rows, traced and compiled. */
record Block(int rows, Loss loss, Program program) {

  /**
   * Traces and compiles.
   *
   * @param gradients whether the program also gives the gradient
   */
  static Block of(Objective objective, ParameterVector parameters, int rows, boolean gradients) {
    Loss loss = objective.trace(rows);
    return new Block(
        rows,
        loss,
        Lane.compile(loss, parameters.parameters().values(), parameters.precision(), gradients));
  }
}
