package girsanov.models.metrics;

import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;

/**
 * The accuracy of predicted notes. For the notes of one frame,
 *
 * <pre>
 *   ACC = TP / (TP + FP + FN)
 * </pre>
 *
 * <p>the part of the notes played or predicted that are both; what is silent in both counts for
 * nothing. The mean is over the frames and draws of a sequence, then over sequences. Figures of
 * different {@link Decision}s or {@link Silence} must not be compared.
 *
 * <p>Sources: G. Poliner and D. Ellis, "A discriminative model for polyphonic piano transcription",
 * EURASIP J. Adv. Signal Process. (2007); M. Bay, A. Ehmann and J. S. Downie, "Evaluation of
 * multiple-F0 estimation and tracking systems", ISMIR (2009), who accumulate over all frames:
 * {@link #accumulated}.
 */
public final class FrameAccuracy implements FrameMetric {

  /** What counts as a predicted note, given its probability p. */
  public enum Decision {
    /** p > 1/2. */
    THRESHOLD,
    /** With chance p; a new choice for each draw. */
    SAMPLED
  }

  /** What becomes of frames in which nothing is played. */
  public enum Silence {
    /**
     * They are left out, whatever is predicted there, so that the frames that count are the same
     * for all models; a sequence of nothing but silence is left out of the mean over sequences.
     */
    EXCLUDED,
    /** They count as 0, whatever is predicted: the denominator is TP + FP + FN + 1e-8. */
    COUNTED_AS_ZERO
  }

  private static final double EPSILON = 1e-8;

  private final Decision decision;
  private final long seed;
  private final long stream;
  private final FloatTensor chances;
  private final double[] sounding;
  private final double[] guarded;
  private final long[] soundingFrames;
  private final long[] frames;
  private long bothPlayed;
  private long eitherPlayed;

  /**
   * An accuracy of nothing yet.
   *
   * @param sequences how many there are
   * @param dim notes that a frame can have
   * @param seed of the choices, where they are random
   * @param stream a random stream for each sequence from here on
   */
  public FrameAccuracy(Decision decision, int sequences, int dim, long seed, long stream) {
    this.decision = decision;
    this.seed = seed;
    this.stream = stream;
    chances = FloatTensor.zeros(Shape.of(dim));
    chances.fill(0.5);
    sounding = new double[sequences];
    guarded = new double[sequences];
    soundingFrames = new long[sequences];
    frames = new long[sequences];
  }

  @Override
  public int dim() {
    return chances.size();
  }

  /**
   * Adds one frame. The choices are a pure function of the seed, the sequence and how many of its
   * frames were added before.
   *
   * @param predicted probabilities of notes
   * @param truth above 1/2 for notes that are played
   */
  @Override
  public void addFrame(int sequence, Tensor predicted, int predictedAt, Tensor truth, int truthAt) {
    if (decision == Decision.SAMPLED) {
      Noise.uniform(seed, stream + sequence, frames[sequence] * dim(), chances);
    }
    int both = 0;
    int either = 0;
    int played = 0;
    for (int note = 0; note < dim(); note++) {
      boolean sounds = truth.at(truthAt + note) > 0.5;
      boolean expected = predicted.at(predictedAt + note) > chances.at(note);
      played += sounds ? 1 : 0;
      both += sounds && expected ? 1 : 0;
      either += sounds || expected ? 1 : 0;
    }
    frames[sequence]++;
    guarded[sequence] += both / (either + EPSILON);
    if (played > 0) {
      soundingFrames[sequence]++;
      sounding[sequence] += (double) both / either;
    }
    bothPlayed += both;
    eitherPlayed += either;
  }

  /** The mean over sequences of the means over their frames; not a number if there are none. */
  public double accuracy(Silence silence) {
    return switch (silence) {
      case EXCLUDED -> mean(sounding, soundingFrames);
      case COUNTED_AS_ZERO -> mean(guarded, frames);
    };
  }

  /** ΣTP / Σ(TP + FP + FN) over all frames of all sequences; not a number if all are silent. */
  public double accumulated() {
    return (double) bothPlayed / eitherPlayed;
  }

  private static double mean(double[] sums, long[] counts) {
    double sum = 0;
    int sequences = 0;
    for (int i = 0; i < sums.length; i++) {
      if (counts[i] > 0) {
        sum += sums[i] / counts[i];
        sequences++;
      }
    }
    return sum / sequences;
  }
}
