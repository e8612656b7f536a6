package girsanov.models.data;

import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;

/**
 * What can be said of frames without a model. A model that does not beat it has learned nothing.
 * The values of notes are probabilities, so that the same metrics apply.
 */
public enum FrameBaseline {
  /** The last frame observed. */
  COPY("copy the last observed", true),
  /** The observed frame nearest in time, the earlier of two as near. */
  NEAREST("nearest observed", false),
  /** On the line between the observed frames on both sides; beyond the outer ones, the nearest. */
  LINEAR("linear interpolation", false),
  ZERO("zero", true),
  /** The mean of each dim over the training frames. */
  MEAN("training mean", true);

  private static final int NONE = -1;

  private final String title;
  private final boolean causal;

  FrameBaseline(String title, boolean causal) {
    this.title = title;
    this.causal = causal;
  }

  public String title() {
    return title;
  }

  /** Whether a frame depends on none after it, so that one can {@link #predict}. */
  public boolean causal() {
    return causal;
  }

  /**
   * Fills in the frames that are held out; those observed are as observed. Where the frames that a
   * baseline goes by do not exist, as before the first observation, it gives the training mean.
   *
   * @param truth of which the observed frames are read, and no others
   * @param seen above 0 where a frame is observed, {@code [frame, segment]}
   * @param mean {@linkplain Segments#mean of the training segments}
   * @return {@code [segment, frame, dim]}
   */
  public FloatTensor fill(Segments truth, Tensor seen, double[] mean) {
    return frames(truth, seen, mean, false);
  }

  /**
   * Predicts every frame from those observed strictly before it; the training mean, where there are
   * none.
   *
   * @param truth of which the observed frames are read, and no others
   * @param seen above 0 where a frame is observed, {@code [frame, segment]}
   * @param mean {@linkplain Segments#mean of the training segments}
   * @return {@code [segment, frame, dim]}
   * @throws IllegalArgumentException for a baseline that looks ahead
   */
  public FloatTensor predict(Segments truth, Tensor seen, double[] mean) {
    if (!causal) {
      throw new IllegalArgumentException(
          "predict: expected a baseline that does not look ahead, such as COPY, got " + this);
    }
    return frames(truth, seen, mean, true);
  }

  private FloatTensor frames(Segments truth, Tensor seen, double[] mean, boolean strictly) {
    if (!seen.shape().equals(Shape.of(truth.frames(), truth.count()))
        || mean.length != truth.dim()) {
      throw new IllegalArgumentException(
          "expected seen [%d, %d] and a mean of %d dims, got %s and %d"
              .formatted(truth.frames(), truth.count(), truth.dim(), seen.shape(), mean.length));
    }
    FloatTensor values = FloatTensor.zeros(truth.values().shape());
    for (int segment = 0; segment < truth.count(); segment++) {
      int before = NONE;
      for (int frame = 0; frame < truth.frames(); frame++) {
        boolean observed = seen.at(frame * truth.count() + segment) > 0;
        before = observed && !strictly ? frame : before;
        int after = causal ? NONE : next(seen, frame, segment);
        for (int dim = 0; dim < truth.dim(); dim++) {
          double value =
              before == frame
                  ? truth.at(segment, frame, dim)
                  : value(truth, segment, frame, dim, before, after, mean[dim]);
          values.put((segment * truth.frames() + frame) * truth.dim() + dim, value);
        }
        before = observed ? frame : before;
      }
    }
    return values;
  }

  /** A value from the observed frames on both sides; {@value #NONE} where there is none. */
  private double value(
      Segments truth, int segment, int frame, int dim, int before, int after, double mean) {
    if (this == ZERO) {
      return 0;
    }
    if (this == MEAN || (before == NONE && after == NONE)) {
      return mean;
    }
    if (after == NONE) {
      return truth.at(segment, before, dim);
    }
    if (before == NONE) {
      return truth.at(segment, after, dim);
    }
    double place = (double) (frame - before) / (after - before);
    double right = this == LINEAR ? place : place > 0.5 ? 1 : 0;
    return (1 - right) * truth.at(segment, before, dim) + right * truth.at(segment, after, dim);
  }

  private static int next(Tensor seen, int frame, int segment) {
    int segments = seen.shape().dim(1);
    for (int next = frame; next < seen.shape().dim(0); next++) {
      if (seen.at(next * segments + segment) > 0) {
        return next;
      }
    }
    return NONE;
  }
}
