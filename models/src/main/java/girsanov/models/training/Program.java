package girsanov.models.training;

import girsanov.autodiff.Graph;
import girsanov.autodiff.Interpreter;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Tensor;
import java.util.List;
import java.util.stream.Collectors;

/** Stands in for the compiled program until that exists: the same calls, interpreted. */
record Program(Graph graph, Precision precision) {

  static Program compile(Graph graph, Precision precision) {
    return new Program(graph, precision);
  }

  Execution newExecution() {
    return new Execution(this);
  }

  static final class Execution {
    private final Program program;
    private final List<Tensor> inputs;
    private final List<Tensor> outputs;

    private Execution(Program program) {
      this.program = program;
      inputs =
          program.graph.inputs().stream()
              .map(x -> Tensor.zeros(program.precision, x.shape()))
              .collect(Collectors.toList());
      outputs =
          program.graph.outputs().stream()
              .map(x -> Tensor.zeros(program.precision, x.shape()))
              .collect(Collectors.toList());
    }

    Tensor input(int i) {
      return inputs.get(i);
    }

    Tensor output(int i) {
      return outputs.get(i);
    }

    void bindInput(int i, Tensor tensor) {
      inputs.set(i, tensor);
    }

    void bindOutput(int i, Tensor tensor) {
      outputs.set(i, tensor);
    }

    void run() {
      List<DoubleTensor> results = Interpreter.run(program.graph, inputs);
      for (int i = 0; i < outputs.size(); i++) {
        outputs.get(i).copyFrom(results.get(i));
      }
    }
  }
}
