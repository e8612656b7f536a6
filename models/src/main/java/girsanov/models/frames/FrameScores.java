package girsanov.models.frames;

import girsanov.models.metrics.FrameAccuracy;
import girsanov.models.metrics.FrameAccuracy.Silence;
import girsanov.models.metrics.PredictedScale;
import girsanov.models.metrics.SequenceError;
import java.util.Map;

/**
 * All figures of a model on segments of which some frames are observed.
 *
 * @param observed observed frames of a segment
 * @param dim numbers of a frame
 * @param nll a bound on −log p of the observed frames, each given those before it, in nats of a
 *     segment; exact where nothing is latent
 * @param divergence what of {@code nll} is the divergence of the latent states
 * @param nllError standard error of {@code nll} over its draws
 * @param importance the importance-weighted bound, likewise
 * @param predicted the figures of frames that were observed, by what was known of each
 * @param heldOut the figures of frames that were not, likewise
 */
public record FrameScores(
    int observed,
    int dim,
    double nll,
    double divergence,
    double nllError,
    double importance,
    Map<Regime, Figures> predicted,
    Map<Regime, Figures> heldOut) {

  public FrameScores {
    predicted = Map.copyOf(predicted);
    heldOut = Map.copyOf(heldOut);
  }

  /**
   * How near predicted frames are. Accuracies are those of {@link
   * girsanov.models.metrics.FrameAccuracy}; not a number for frames that are not bits.
   *
   * @param thresholdSounding decided at 1/2, silent frames left out
   * @param threshold decided at 1/2, silent frames counted as 0
   * @param sampledSounding drawn, silent frames left out
   * @param sampled drawn, silent frames counted as 0: the figure of VSDN's authors
   * @param accumulated decided at 1/2, accumulated over all frames
   * @param std the geometric mean of the predicted standard deviations, in the unit of the data;
   *     not a number for bits
   * @param rmse root mean squared error of the mean over draws, of each sequence, averaged
   */
  public record Figures(
      double thresholdSounding,
      double threshold,
      double sampledSounding,
      double sampled,
      double accumulated,
      double std,
      double rmse) {

    /** The figures gathered; those to which nothing was added are not a number. */
    public static Figures of(
        FrameAccuracy sampled, FrameAccuracy threshold, PredictedScale scale, SequenceError error) {
      return new Figures(
          threshold.accuracy(Silence.EXCLUDED),
          threshold.accuracy(Silence.COUNTED_AS_ZERO),
          sampled.accuracy(Silence.EXCLUDED),
          sampled.accuracy(Silence.COUNTED_AS_ZERO),
          threshold.accumulated(),
          scale.value(),
          error.value());
    }
  }

  /** Nats of an observed frame: table 1. */
  public double nllOfFrame() {
    return nll / observed;
  }

  /** Nats of one number of an observed frame: table 2. */
  public double nllOfDim() {
    return nll / observed / dim;
  }
}
