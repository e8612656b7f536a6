package girsanov.cli.experiment;

import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameSampler;
import girsanov.models.frames.Regime;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;

/**
 * Segments of which a model was given some frames, regularly, and what it makes of them.
 *
 * @param regime what it knew of each frame
 * @param seen whether each frame was given
 * @param filled what it expects, {@code [segment, frame, dim]}; where it knew all given frames,
 *     those as they were, and else what it expects of them too
 */
public record Interpolation(Segments truth, Regime regime, boolean[] seen, FloatTensor filled) {

  /** Interpolates all segments from all given frames. */
  public static Interpolation of(
      FrameSampler sampler, Segments truth, Subsampling regular, int draws) {
    return of(sampler, truth, regular, Regime.SMOOTHED, draws);
  }

  /** What is expected of all segments in a regime. */
  public static Interpolation of(
      FrameSampler sampler, Segments truth, Subsampling regular, Regime regime, int draws) {
    int frames = truth.frames();
    FloatTensor mask = FloatTensor.zeros(Shape.of(frames, 1));
    regular.fill(0, 0, 0, mask);
    boolean[] seen = new boolean[frames];
    for (int frame = 0; frame < frames; frame++) {
      seen[frame] = mask.at(frame) > 0;
    }
    FloatTensor filled = sampler.expected(truth, regular, regime, draws);
    if (regime == Regime.SMOOTHED) {
      keep(truth, seen, filled);
    }
    return new Interpolation(truth, regime, seen, filled);
  }

  private static void keep(Segments truth, boolean[] seen, FloatTensor filled) {
    for (int segment = 0; segment < truth.count(); segment++) {
      for (int frame = 0; frame < seen.length; frame++) {
        if (seen[frame]) {
          filled.row(segment).row(frame).copyFrom(truth.values().row(segment).row(frame));
        }
      }
    }
  }

  /** What was done to the frames, as in the name of a file. */
  public String done() {
    return switch (regime) {
      case PREDICTED -> "predicted";
      case ASSIMILATED -> "assimilated";
      case SMOOTHED -> "interpolated";
    };
  }

  /** The act, as in the name of a picture. */
  public String name() {
    return switch (regime) {
      case PREDICTED -> "prediction";
      case ASSIMILATED -> "assimilation";
      case SMOOTHED -> "interpolation";
    };
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
