package girsanov.models.nn;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.nio.charset.StandardCharsets;

/**
 * How a parameter starts: a pure function of the seed and the parameter's full name, so that adding
 * a layer to a model leaves the start of all others as it was.
 */
@FunctionalInterface
public interface Initial {

  DoubleTensor values(Shape shape, long seed, String name);

  static Initial zeros() {
    return (shape, _, _) -> DoubleTensor.zeros(shape);
  }

  /** Given values, whatever the seed; a later change of {@code value} is not seen. */
  static Initial of(Tensor value) {
    var copy = DoubleTensor.zeros(value.shape());
    copy.copyFrom(value);
    return (_, _, _) -> copy.copy();
  }

  /** Uniform on (−bound, bound). */
  static Initial uniform(double bound) {
    return (shape, seed, name) -> {
      var values = DoubleTensor.zeros(shape);
      Noise.uniform(seed, stream(name), 0, values);
      for (int i = 0; i < values.size(); i++) {
        values.put(i, bound * (2 * values.at(i) - 1));
      }
      return values;
    };
  }

  /**
   * The random stream of a name: its 64-bit FNV-1a hash (Fowler, Noll, Vo), far from the small
   * stream numbers that data and training noise use.
   */
  static long stream(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
