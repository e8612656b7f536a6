package girsanov.cli.experiment;

import girsanov.cli.plot.RollPicture;
import girsanov.cli.plot.WavePicture;
import girsanov.models.data.Segments;
import girsanov.readers.Kind;
import girsanov.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pictures of music and speech, as PNG. */
public final class FramePictures {
  /** Frames of speech that are shown close by. */
  private static final int CLOSE_BY = 12;

  private static final boolean[] NONE_SEEN = {};

  private FramePictures() {}

  /** A segment as a model has it, beside the truth. */
  public static byte[] interpolation(
      Kind kind, String title, Interpolation interpolation, int segment) {
    FloatTensor truth = interpolation.truth(segment);
    FloatTensor filled = interpolation.filled(segment);
    double rate = interpolation.truth().framesPerSecond();
    return switch (kind) {
      case MUSIC -> {
        var panels =
            List.of(
                new RollPicture.Panel("truth", truth, NONE_SEEN),
                new RollPicture.Panel(from(interpolation), filled, interpolation.seen()));
        yield RollPicture.png(title, rate, panels, 1);
      }
      case SPEECH -> {
        var panel = wave(interpolation.done(), interpolation, segment);
        yield waves(title, interpolation.truth(), List.of(panel));
      }
    };
  }

  private static String from(Interpolation interpolation) {
    return interpolation.done()
        + switch (interpolation.regime()) {
          case PREDICTED -> ": each frame from those marked before it";
          case ASSIMILATED -> ": each frame from those marked up to it";
          case SMOOTHED -> " between the frames that are marked";
        };
  }

  /** A segment of speech as a model has it. */
  public static WavePicture.Panel wave(String title, Interpolation interpolation, int segment) {
    FloatTensor truth = interpolation.truth(segment);
    int dim = truth.shape().dim(1);
    double[] seen = truth.toArray();
    for (int frame = 0; frame < truth.shape().dim(0); frame++) {
      if (!interpolation.seen()[frame]) {
        Arrays.fill(seen, frame * dim, (frame + 1) * dim, Double.NaN);
      }
    }
    double[] filled = interpolation.filled(segment).toArray();
    return new WavePicture.Panel(title, truth.toArray(), filled, seen);
  }

  /** Sounds of the form of some segments. */
  public static byte[] waves(String title, Segments like, List<WavePicture.Panel> panels) {
    int dim = like.dim();
    return WavePicture.png(title, like.framesPerSecond() * dim, CLOSE_BY * dim, panels);
  }

  /**
   * Segments that were drawn from a model.
   *
   * @param drawn {@code [segment, frame, dim]}
   */
  public static byte[] samples(Kind kind, String title, double framesPerSecond, FloatTensor drawn) {
    int dim = drawn.shape().dim(2);
    return switch (kind) {
      case MUSIC -> {
        var panels = new ArrayList<RollPicture.Panel>();
        for (int i = 0; i < drawn.shape().dim(0); i++) {
          panels.add(new RollPicture.Panel("sample " + (i + 1), drawn.row(i), NONE_SEEN));
        }
        yield RollPicture.png(title, framesPerSecond, panels, 1);
      }
      case SPEECH -> {
        var panels = new ArrayList<WavePicture.Panel>();
        for (int i = 0; i < drawn.shape().dim(0); i++) {
          panels.add(
              new WavePicture.Panel(
                  "sample " + (i + 1), new double[0], drawn.row(i).toArray(), new double[0]));
        }
        yield WavePicture.png(title, framesPerSecond * dim, CLOSE_BY * dim, panels);
      }
    };
  }
}
