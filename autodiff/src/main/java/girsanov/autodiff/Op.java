package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * A primitive of the graph language. The set is closed by <em>kind</em>: every pass switches over
 * the eight kinds and never over the single operations, so that an operation is written in one
 * place (shape rule, meaning and derivative) and a new kind fails to compile wherever it matters.
 *
 * <p>Operations are values: two nodes with equal operations and identical arguments compute the
 * same, which is what common subexpression elimination compares.
 */
public sealed interface Op permits Input, Constant, Elementwise, Linear, MatMul, Max, Scan, Item {

  /** Lower-case name, as graphs print it. */
  String symbol();

  /**
   * Shape of the result.
   *
   * @throws IllegalArgumentException if the arguments do not fit; the message says expected and got
   */
  Shape shape(List<Shape> args);

  /** The meaning in double precision, as {@link Interpreter} runs it. */
  DoubleTensor evaluate(Shape shape, List<DoubleTensor> args);
}
