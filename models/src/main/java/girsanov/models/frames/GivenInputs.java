package girsanov.models.frames;

import girsanov.autodiff.Expr;
import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Tensor;
import java.util.List;

/**
 * The inputs of a graph over {@link Given} frames, and what fills them.
 *
 * @param noises standard normal numbers of a frame and draw
 * @param redrawn whether each iteration observes other frames, where those are drawn
 */
record GivenInputs(
    Segments data, Subsampling subsampling, int draws, int noises, boolean redrawn, long seed) {
  /** Out of the way of the streams of iterations. */
  static final long OBSERVED_ONCE = 1L << 59;

  private static final int STREAMS = 2;

  /** Inputs for a number of rows, in the order that {@link #fill} expects. */
  record Traced(Given given, List<Expr> inputs) {}

  Traced trace(int rows) {
    int frames = data.frames();
    Expr values = Expr.input("values", frames, rows, data.dim());
    Expr seen = Expr.input("seen", frames, rows);
    Expr within = Expr.input("within", frames, rows);
    // Rows first, so that a row's noise is one piece of a random stream.
    Expr noise = Expr.input("noise", rows, frames, draws, Math.max(1, noises));
    var given = new Given(values, seen, within, noise.transpose(1, 0, 2, 3));
    return new Traced(given, List.of(values, seen, within, noise));
  }

  /** Which segment stands at a position of a sequence of segments. */
  @FunctionalInterface
  interface Order {
    int segment(long position);
  }

  /**
   * Fills the inputs of a block.
   *
   * @param from the absolute number of the block's first row, on which noise depends
   * @param first the position of the block's first row in the order
   */
  void fill(long iteration, int from, Order order, long first, List<Tensor> inputs) {
    Tensor values = inputs.get(0);
    Tensor seen = inputs.get(1);
    Tensor within = inputs.get(2);
    Tensor noise = inputs.get(3);
    long perRow = noise.size() / noise.shape().dim(0);
    Noise.normal(seed, iteration * STREAMS, from * perRow, noise);
    subsampling.fill(seed, redrawn ? iteration * STREAMS + 1 : OBSERVED_ONCE, from, seen);
    values.fill(0);
    int rows = seen.shape().dim(1);
    for (int row = 0; row < rows; row++) {
      int segment = order.segment(first + row);
      boolean observedLater = false;
      for (int frame = data.frames() - 1; frame >= 0; frame--) {
        int place = frame * rows + row;
        boolean observed = seen.at(place) > 0;
        observedLater |= observed;
        within.put(place, observedLater ? 1 : 0);
        if (observed) {
          copy(segment, frame, values, place * data.dim());
        }
      }
    }
  }

  private void copy(int segment, int frame, Tensor to, int at) {
    float[] source = data.values().array();
    int first = data.values().offset() + (segment * data.frames() + frame) * data.dim();
    switch (to) {
      case FloatTensor x -> System.arraycopy(source, first, x.array(), x.offset() + at, data.dim());
      case DoubleTensor x -> {
        for (int d = 0; d < data.dim(); d++) {
          x.put(at + d, source[first + d]);
        }
      }
    }
  }
}
