package girsanov.models.metrics;

import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;

/**
 * A figure of predicted frames against the true ones that is collected as predictions come, so that
 * no draws need be kept: first a mean over the frames and draws of each sequence, then one over
 * sequences. Not for two threads at once.
 */
public sealed interface FrameMetric permits FrameAccuracy, SequenceError {

  /** Numbers of a frame. */
  int dim();

  /**
   * Adds one predicted frame.
   *
   * @param sequence from 0
   * @param predicted holds the prediction from flat position {@code predictedAt} on
   * @param truth holds the true frame from flat position {@code truthAt} on
   */
  void addFrame(int sequence, Tensor predicted, int predictedAt, Tensor truth, int truthAt);

  /**
   * Adds the scored frames of some sequences and draws, as models give them.
   *
   * @param first the number of the sequence of row 0
   * @param predicted {@code [frame, row, draw, dim]}
   * @param truth {@code [frame, row, dim]}
   * @param scored above 0 where a frame counts, as the observed ones or those held out, {@code
   *     [frame, row]}
   */
  default void addBatch(int first, Tensor predicted, Tensor truth, Tensor scored) {
    Shape all = predicted.shape();
    Shape frames = truth.shape();
    if (all.rank() != 4
        || !all.without(2).equals(frames)
        || all.dim(3) != dim()
        || !frames.without(2).equals(scored.shape())) {
      throw new IllegalArgumentException(
          "expected [frame, row, draw, %d], [frame, row, %1$d] and [frame, row], got %s, %s and %s"
              .formatted(dim(), all, frames, scored.shape()));
    }
    int rows = frames.dim(1);
    int draws = all.dim(2);
    for (int i = 0; i < scored.size(); i++) {
      for (int draw = 0; scored.at(i) > 0 && draw < draws; draw++) {
        addFrame(first + i % rows, predicted, (i * draws + draw) * dim(), truth, i * dim());
      }
    }
  }

  /**
   * Adds the scored frames of whole segments, as baselines give them.
   *
   * @param predicted {@code [segment, frame, dim]}
   * @param truth {@code [segment, frame, dim]}
   * @param scored above 0 where a frame counts, {@code [frame, segment]}
   */
  default void addSegments(Tensor predicted, Tensor truth, Tensor scored) {
    Shape all = truth.shape();
    if (all.rank() != 3
        || !predicted.shape().equals(all)
        || all.dim(2) != dim()
        || !scored.shape().equals(Shape.of(all.dim(1), all.dim(0)))) {
      throw new IllegalArgumentException(
          "expected [segment, frame, %d] twice and [frame, segment], got %s, %s and %s"
              .formatted(dim(), predicted.shape(), all, scored.shape()));
    }
    int segments = all.dim(0);
    int frames = all.dim(1);
    for (int segment = 0; segment < segments; segment++) {
      for (int frame = 0; frame < frames; frame++) {
        if (scored.at(frame * segments + segment) > 0) {
          int at = (segment * frames + frame) * dim();
          addFrame(segment, predicted, at, truth, at);
        }
      }
    }
  }
}
