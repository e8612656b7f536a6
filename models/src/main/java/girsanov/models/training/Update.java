package girsanov.models.training;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.compile.Program;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of {@link Adam} where the vectors lie. First the gradient and its norm, so that a gradient
 * that is not finite is found before anything has changed; then θ, m and v, each element read and
 * written once.
 */
final class Update {
  private final Adam adam;
  private final Program.Execution collect;
  private final Program.Execution step;

  /** What is left to multiply the gradient by, beside clipping. */
  private final double divisor;

  /**
   * A step from the sum of {@code parts} by {@code divisor}.
   *
   * @param state θ, m and v
   */
  Update(Adam adam, List<Tensor> parts, double divisor, List<Tensor> state, Workers workers) {
    this.adam = adam;
    Precision precision = parts.getFirst().precision();
    int length = parts.getFirst().size();
    collect =
        Program.compile(collect(parts.size(), length, divisor), precision).newExecution(workers);
    for (int i = 0; i < parts.size(); i++) {
      collect.bindInput(i, parts.get(i));
    }
    step = Program.compile(adam.step(length), precision).newExecution(workers);
    boolean one = parts.size() == 1;
    this.divisor = one ? divisor : 1;
    step.bindInput(3, one ? parts.getFirst() : collect.output(1));
    for (int i = 0; i < state.size(); i++) {
      step.bindInput(4 + i, state.get(i));
      step.bindOutput(i, state.get(i));
    }
  }

  /** Adds up the parts; the norm of their sum by the divisor. */
  double norm() {
    collect.run();
    return collect.output(0).at(0);
  }

  /** Moves θ, m and v, after {@link #norm}. */
  void step(long iteration, double norm) {
    step.input(0).put(0, adam.rate(iteration));
    step.input(1).put(0, adam.scale(iteration));
    step.input(2).put(0, adam.clip(norm) / divisor);
    step.run();
  }

  /**
   * Inputs: the parts. Outputs: the norm of their sum by the divisor and, if there are several,
   * that vector. The parts are added pairwise, in a tree of fixed form, and so are the squares:
   * first the rows of a matrix, for the threads, where they are made.
   */
  private static Graph collect(int parts, int length, double divisor) {
    var inputs = new ArrayList<Expr>();
    for (int i = 0; i < parts; i++) {
      inputs.add(Expr.input("gradient" + i, length));
    }
    int rows = length % ParameterVector.BLOCK == 0 ? length / ParameterVector.BLOCK : 1;
    var matrix = new Shape(rows, length / rows);
    Expr mean = treeSum(inputs).times(1 / divisor);
    Expr elements =
        parts == 1 ? inputs.getFirst().reshape(matrix).times(1 / divisor) : mean.reshape(matrix);
    Expr norm = elements.square().sum(1).sum().sqrt();
    return new Graph(inputs, parts == 1 ? List.of(norm) : List.of(norm, mean));
  }

  private static Expr treeSum(List<Expr> parts) {
    int half = parts.size() / 2;
    return half == 0
        ? parts.getFirst()
        : treeSum(parts.subList(0, half)).plus(treeSum(parts.subList(half, parts.size())));
  }
}
