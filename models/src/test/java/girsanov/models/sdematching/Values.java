package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.compile.Program;
import girsanov.models.nn.Parameters;
import girsanov.models.training.Objective;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Inputs by expression, and what expressions come to under them, in double precision. */
final class Values {
  private final Map<Expr, Tensor> inputs = new LinkedHashMap<>();
  private final Map<List<Expr>, Program> programs = new HashMap<>();

  /** A model's parameters at their start. */
  static Values of(Record model, long seed) {
    var values = new Values();
    Parameters.flatten(model)
        .forEach((name, p) -> values.put(p.expr(), p.initial().values(p.shape(), seed, name)));
    return values;
  }

  Values put(Expr input, Tensor value) {
    inputs.put(input, value);
    return this;
  }

  Tensor get(Expr input) {
    Tensor value = inputs.get(input);
    if (value == null) {
      throw new IllegalArgumentException("no value for " + input);
    }
    return value;
  }

  /** Inputs of a loss as an objective fills them. */
  Values fill(Objective objective, Objective.Loss loss, long iteration, int from) {
    var tensors = new ArrayList<Tensor>();
    for (Expr input : loss.inputs()) {
      tensors.add(DoubleTensor.zeros(input.shape()));
    }
    objective.fill(iteration, from, tensors);
    for (int i = 0; i < tensors.size(); i++) {
      put(loss.inputs().get(i), tensors.get(i));
    }
    return this;
  }

  List<Tensor> run(List<Expr> outputs) {
    Program program =
        programs.computeIfAbsent(
            outputs,
            _ ->
                Program.compile(
                    new Graph(List.copyOf(inputs.keySet()), outputs), Precision.DOUBLE));
    return program.run(List.copyOf(inputs.values()));
  }

  Tensor run(Expr output) {
    return run(List.of(output)).getFirst();
  }

  static DoubleTensor normals(long stream, int... dims) {
    DoubleTensor tensor = DoubleTensor.zeros(new Shape(dims));
    Noise.normal(99, stream, 0, tensor);
    return tensor;
  }

  /** Uniform on (0, 1). */
  static DoubleTensor units(long stream, int... dims) {
    DoubleTensor tensor = DoubleTensor.zeros(new Shape(dims));
    Noise.uniform(99, stream, 0, tensor);
    return tensor;
  }
}
