package girsanov.models.training;

import girsanov.models.nn.Parameter;
import girsanov.models.nn.Parameters;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One number for each scalar parameter of a model (its value, gradient or moment), in one vector:
 * the parameters one after the other in the order of {@link Parameters#flatten}, each starting at a
 * 64-byte boundary. The optimiser sees one vector, a graph sees each parameter's tensor, and both
 * are the same memory. What lies between parameters is zero whenever the whole vector is read.
 */
public final class ParameterVector {
  /** The length is a multiple of this, so that sums over the vector go by rows of so many. */
  static final int BLOCK = 1024;

  private final SequencedMap<String, Parameter> parameters;
  private final Tensor flat;
  private final SequencedMap<String, Tensor> tensors;

  private final Tensor[] inOrder;

  private ParameterVector(SequencedMap<String, Parameter> parameters, Precision precision) {
    this.parameters = parameters;
    int length = 0;
    for (Parameter parameter : parameters.values()) {
      length = Math.addExact(length, precision.pad(parameter.shape().size()));
    }
    int blocks = Math.max(1, Math.ceilDiv(length, BLOCK));
    flat = Tensor.zerosOnLines(precision, Shape.of(Math.multiplyExact(blocks, BLOCK)));
    var views = new LinkedHashMap<String, Tensor>();
    int offset = flat.offset();
    for (var entry : parameters.entrySet()) {
      Shape shape = entry.getValue().shape();
      views.put(entry.getKey(), view(offset, shape));
      offset += precision.pad(shape.size());
    }
    tensors = Collections.unmodifiableSequencedMap(views);
    inOrder = views.values().toArray(Tensor[]::new);
  }

  public static ParameterVector zeros(Record model, Precision precision) {
    return new ParameterVector(Parameters.flatten(model), precision);
  }

  /** The values a model starts with: a pure function of the seed and the parameters' names. */
  public static ParameterVector initial(Record model, Precision precision, long seed) {
    ParameterVector vector = zeros(model, precision);
    vector.parameters.forEach(
        (name, parameter) ->
            vector
                .tensor(name)
                .copyFrom(parameter.initial().values(parameter.shape(), seed, name)));
    return vector;
  }

  /** Zeros for the same parameters, in the same precision. */
  public ParameterVector zerosLike() {
    return new ParameterVector(parameters, precision());
  }

  /** A copy that shares nothing. */
  public ParameterVector copy() {
    return to(precision());
  }

  /** A copy in another precision. */
  public ParameterVector to(Precision precision) {
    var copy = new ParameterVector(parameters, precision);
    copy.tensors.forEach((name, tensor) -> tensor.copyFrom(tensor(name)));
    return copy;
  }

  public Precision precision() {
    return flat.precision();
  }

  /** The parameters by name, in the order of the vector. */
  public SequencedMap<String, Parameter> parameters() {
    return parameters;
  }

  /** Each parameter's numbers by name, as views of {@link #flat}. */
  public SequencedMap<String, Tensor> tensors() {
    return tensors;
  }

  /** One parameter's numbers, a view of {@link #flat}. */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "expected a parameter among " + tensors.keySet() + ", got '" + name + "'");
    }
    return tensor;
  }

  /** The whole vector {@code [length]}, with what lies between the parameters. */
  public Tensor flat() {
    return flat;
  }

  /** Sets to zero what lies between the parameters: kernels may have written there. */
  void clearPadding() {
    for (Tensor tensor : inOrder) {
      int from = tensor.offset() + tensor.size();
      int to = tensor.offset() + precision().pad(tensor.size());
      switch (flat) {
        case FloatTensor f -> Arrays.fill(f.array(), from, to, 0);
        case DoubleTensor d -> Arrays.fill(d.array(), from, to, 0);
      }
    }
  }

  /** The same as the values of {@link #tensors}; walking this allocates nothing. */
  Tensor[] inOrder() {
    return inOrder;
  }

  private Tensor view(int offset, Shape shape) {
    return switch (flat) {
      case FloatTensor f -> FloatTensor.view(f.array(), offset, shape);
      case DoubleTensor d -> DoubleTensor.view(d.array(), offset, shape);
    };
  }
}
