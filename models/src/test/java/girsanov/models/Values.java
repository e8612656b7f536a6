package girsanov.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Interpreter;
import girsanov.autodiff.Vjp;
import girsanov.autodiff.compile.Program;
import girsanov.models.nn.Initial;
import girsanov.models.nn.Parameter;
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
public final class Values {
  private final Map<Expr, Tensor> inputs = new LinkedHashMap<>();
  private final Map<List<Expr>, Program> programs = new HashMap<>();

  /** A model's parameters at their start. */
  public static Values of(Record model, long seed) {
    var values = new Values();
    Parameters.flatten(model)
        .forEach((name, p) -> values.put(p.expr(), p.initial().values(p.shape(), seed, name)));
    return values;
  }

  /** All parameters of a model normal with one standard deviation, those too that start at 0. */
  public static Values shaken(Record model, long stream, double std) {
    var values = new Values();
    Parameters.flatten(model)
        .forEach(
            (name, p) -> {
              DoubleTensor value = DoubleTensor.zeros(p.shape());
              Noise.normal(stream, Initial.stream(name), 0, value);
              for (int i = 0; i < value.size(); i++) {
                value.put(i, std * value.at(i));
              }
              values.put(p.expr(), value);
            });
    return values;
  }

  public Values put(Expr input, Tensor value) {
    inputs.put(input, value);
    return this;
  }

  public Tensor get(Expr input) {
    Tensor value = inputs.get(input);
    if (value == null) {
      throw new IllegalArgumentException("no value for " + input);
    }
    return value;
  }

  /** Inputs of a loss as an objective fills them. */
  public Values fill(Objective objective, Objective.Loss loss, long iteration, int from) {
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

  public List<Tensor> run(List<Expr> outputs) {
    Program program =
        programs.computeIfAbsent(
            outputs,
            _ ->
                Program.compile(
                    new Graph(List.copyOf(inputs.keySet()), outputs), Precision.DOUBLE));
    return program.run(List.copyOf(inputs.values()));
  }

  public Tensor run(Expr output) {
    return run(List.of(output)).getFirst();
  }

  /** The same by the interpreter: slow, and nothing to compile. */
  public List<DoubleTensor> plain(List<Expr> outputs) {
    var graph = new Graph(List.copyOf(inputs.keySet()), outputs);
    return Interpreter.run(graph, List.copyOf(inputs.values()));
  }

  public DoubleTensor plain(Expr output) {
    return plain(List.of(output)).getFirst();
  }

  /** Every parameter's gradient along one random direction, by central differences. */
  public void checkGradient(Expr loss, Record model) {
    List<Expr> leaves = Parameters.flatten(model).values().stream().map(Parameter::expr).toList();
    List<Tensor> gradient = run(Vjp.gradient(loss, leaves));
    for (int p = 0; p < leaves.size(); p++) {
      Expr leaf = leaves.get(p);
      DoubleTensor direction = normals(100 + p, get(leaf).shape().dims());
      double expected = 0;
      for (int i = 0; i < direction.size(); i++) {
        expected += gradient.get(p).at(i) * direction.at(i);
      }
      double step = 1e-5;
      double above = moved(leaf, direction, step).run(loss).at(0);
      double below = moved(leaf, direction, -2 * step).run(loss).at(0);
      moved(leaf, direction, step);
      double quotient = (above - below) / (2 * step);
      assertEquals(quotient, expected, 1e-6 * Math.max(1, Math.abs(quotient)), leaf::where);
    }
  }

  private Values moved(Expr leaf, DoubleTensor direction, double by) {
    Tensor value = get(leaf);
    for (int i = 0; i < value.size(); i++) {
      value.put(i, value.at(i) + by * direction.at(i));
    }
    return this;
  }

  public static DoubleTensor normals(long stream, int... dims) {
    DoubleTensor tensor = DoubleTensor.zeros(new Shape(dims));
    Noise.normal(99, stream, 0, tensor);
    return tensor;
  }

  /** Uniform on (0, 1). */
  public static DoubleTensor units(long stream, int... dims) {
    DoubleTensor tensor = DoubleTensor.zeros(new Shape(dims));
    Noise.uniform(99, stream, 0, tensor);
    return tensor;
  }
}
