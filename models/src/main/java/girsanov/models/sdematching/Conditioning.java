package girsanov.models.sdematching;

/**
 * Which part of a training sequence an iteration uses, what of it q sees, and what is scored.
 *
 * <p>A model that forecasts needs q(· | prefix). Three ways to train it, each a bound on the
 * likelihood of what is scored: always show the same few first frames and score the whole (q is
 * then itself a forecaster); show a prefix of random length and score the whole; show a random
 * prefix and score that prefix alone, as if the sequence ended there (q then infers the present,
 * and what comes next is left to the prior). The papers use whole sequences; windows that begin
 * anywhere make many contexts of few sequences.
 *
 * @param window the number of consecutive observations that are used; if less than there are, they
 *     begin at a random one, at which time starts anew
 * @param frames the observations given to the encoder, from the first of the window on
 * @param shortest if less than {@code frames}, half of the time a sequence shows a prefix of random
 *     length between the two, uniform in its logarithm, and all frames otherwise
 */
public record Conditioning(int window, int frames, int shortest, Scored scored) {

  /** The observations that the bound covers. */
  public enum Scored {
    /** The whole window. */
    WHOLE,
    /** The prefix that is shown. */
    PREFIX
  }

  public Conditioning {
    if (shortest < 1 || shortest > frames || frames > window) {
      throw new IllegalArgumentException(
          "conditioning: expected 1 <= shortest <= frames <= window, got "
              + shortest
              + ", "
              + frames
              + " and "
              + window);
    }
    if ((scored == Scored.WHOLE ? window : shortest) < 2) {
      throw new IllegalArgumentException("conditioning: expected 2 observations or more to score");
    }
  }

  /** Whole sequences of a length, of which the posterior is always given the first frames. */
  public static Conditioning onFirst(int frames, int length) {
    return new Conditioning(length, frames, frames, Scored.WHOLE);
  }

  /** Whole sequences of a length, given whole. */
  public static Conditioning onAll(int length) {
    return onFirst(length, length);
  }

  boolean random() {
    return shortest < frames;
  }

  /** The number of observations to score where so many are shown. */
  int scored(int shown) {
    return scored == Scored.WHOLE ? window : shown;
  }

  /** How many observations to show, for u in (0, 1). */
  int shown(double u) {
    double ratio = (frames + 1.0) / shortest;
    return Math.min(frames, (int) (shortest * Math.pow(ratio, 2 * u)));
  }
}
