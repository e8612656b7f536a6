package girsanov.models.training;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Vjp;
import girsanov.autodiff.compile.Program;
import girsanov.models.nn.Parameter;
import girsanov.models.training.Objective.Loss;
import girsanov.tensor.Precision;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of the loss of a block, used by one caller at a time: its inputs and what it made.
 * The parameters are read where they are; the gradient lands where the caller wants it.
 */
final class Lane {
  private final Program.Execution execution;
  private final List<Tensor> inputs;
  private final List<Tensor> scalars;
  private @Nullable ParameterVector gradient;

  Lane(Block block, ParameterVector parameters, Workers workers) {
    Loss loss = block.loss();
    execution = block.program().newExecution(workers);
    int given = loss.inputs().size();
    var filled = new ArrayList<Tensor>();
    for (int i = 0; i < given; i++) {
      filled.add(execution.input(i));
    }
    inputs = List.copyOf(filled);
    int next = given;
    for (Tensor tensor : parameters.tensors().values()) {
      execution.bindInput(next++, tensor);
    }
    var results = new ArrayList<Tensor>();
    for (int i = 0; i <= loss.terms().size(); i++) {
      results.add(execution.output(i));
    }
    scalars = List.copyOf(results);
  }

  /**
   * The graph that lanes run. Inputs: those of the loss, then the parameters. Outputs: the terms,
   * the total and, if wanted, the total's gradient by each parameter.
   */
  static Program compile(
      Loss loss, Iterable<Parameter> parameters, Precision precision, boolean gradients) {
    var leaves = new ArrayList<Expr>();
    parameters.forEach(parameter -> leaves.add(parameter.expr()));
    var inputs = new ArrayList<>(loss.inputs());
    inputs.addAll(leaves);
    var outputs = new ArrayList<>(loss.terms().values());
    outputs.add(loss.total());
    if (gradients) {
      outputs.addAll(Vjp.gradient(loss.total(), leaves));
    }
    return Program.compile(new Graph(inputs, outputs), precision);
  }

  /** Runs a block and stores its terms and, last, its total. */
  void run(Objective objective, long iteration, int from, double[] terms) {
    objective.fill(iteration, from, inputs);
    execution.run();
    for (int i = 0; i < terms.length; i++) {
      terms[i] = scalars.get(i).at(0);
    }
  }

  /** Leaves the gradient there from now on. */
  void leaveIn(ParameterVector vector) {
    if (gradient != vector) {
      gradient = vector;
      int next = scalars.size();
      for (Tensor tensor : vector.inOrder()) {
        execution.bindOutput(next++, tensor);
      }
    }
  }
}
