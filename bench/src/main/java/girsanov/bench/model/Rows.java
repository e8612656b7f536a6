package girsanov.bench.model;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;

/** Copies the rows of a block out of a whole batch. */
final class Rows {
  private Rows() {}

  /** Normal numbers, the same in every run. */
  static FloatTensor normal(long stream, int... dims) {
    var tensor = FloatTensor.zeros(Shape.of(dims));
    Noise.normal(0, stream, 0, tensor);
    return tensor;
  }

  /** {@code [batch, ..] → [rows, ..]}, from a row on. */
  static void copy(FloatTensor batch, int from, Tensor block) {
    int stride = batch.size() / batch.shape().dim(0);
    copy(batch, from * stride, block, 0, block.size());
  }

  /** {@code [time, batch, ..] → [time, rows, ..]}, from a row on. */
  static void copySteps(FloatTensor batch, int from, Tensor block) {
    int steps = block.shape().dim(0);
    int stride = batch.size() / (steps * batch.shape().dim(1));
    int size = block.size() / steps;
    for (int t = 0; t < steps; t++) {
      int start = (t * batch.shape().dim(1) + from) * stride;
      copy(batch, start, block, t * size, size);
    }
  }

  private static void copy(FloatTensor source, int from, Tensor target, int to, int size) {
    switch (target) {
      case FloatTensor f ->
          System.arraycopy(
              source.array(), source.offset() + from, f.array(), f.offset() + to, size);
      case DoubleTensor d -> {
        for (int i = 0; i < size; i++) {
          d.put(to + i, source.at(from + i));
        }
      }
    }
  }
}
