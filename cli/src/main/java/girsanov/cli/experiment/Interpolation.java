package girsanov.cli.experiment;

import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameSampler;
import girsanov.models.frames.Regime;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;

/**
 * Segments of which a model was given some frames, regularly, and what it puts in place of the
 * others.
 *
 * @param seen whether each frame was given
 * @param filled the given frames as they were, the others as expected from all given ones, {@code
 *     [segment, frame, dim]}
 */
public record Interpolation(Segments truth, boolean[] seen, FloatTensor filled) {

  /** Interpolates all segments. */
  public static Interpolation of(
      FrameSampler sampler, Segments truth, Subsampling regular, int draws) {
    int frames = truth.frames();
    FloatTensor mask = FloatTensor.zeros(Shape.of(frames, 1));
    regular.fill(0, 0, 0, mask);
    boolean[] seen = new boolean[frames];
    for (int frame = 0; frame < frames; frame++) {
      seen[frame] = mask.at(frame) > 0;
    }
    FloatTensor filled = sampler.expected(truth, regular, Regime.SMOOTHED, draws);
    for (int segment = 0; segment < truth.count(); segment++) {
      for (int frame = 0; frame < frames; frame++) {
        if (seen[frame]) {
          filled.row(segment).row(frame).copyFrom(truth.values().row(segment).row(frame));
        }
      }
    }
    return new Interpolation(truth, seen, filled);
  }

  /** A segment as it was, {@code [frame, dim]}. */
  public FloatTensor truth(int segment) {
    return truth.values().row(segment);
  }

  /** A segment as the model has it, {@code [frame, dim]}. */
  public FloatTensor filled(int segment) {
    return filled.row(segment);
  }
}
