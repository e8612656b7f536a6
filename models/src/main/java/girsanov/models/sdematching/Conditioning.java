package girsanov.models.sdematching;

/**
 * What q sees of a training sequence, and what it is scored on.
 *
 * <p>A model that forecasts needs q(· | prefix). Three ways to train it, each a bound on the
 * likelihood of what is scored: always show the same first frames and score the whole sequence (q
 * is then itself a forecaster); show a prefix of random length and score the whole; show a random
 * prefix and score that prefix alone, as if the sequence ended there (q then infers the present,
 * and what comes next is left to the prior). The last can also let a sequence begin anywhere.
 *
 * @param frames the observations given to the encoder, from the first on
 * @param shortest if less than {@code frames}, half of the time a sequence shows a prefix of random
 *     length between the two, uniform in its logarithm, and all frames otherwise
 */
public record Conditioning(int frames, int shortest, Scored scored) {

  /** The observations that a sequence is scored on. */
  public enum Scored {
    WHOLE,
    /** The prefix that is shown. */
    PREFIX,
    /** As PREFIX, of the sequence from a random observation on, at which time starts anew. */
    WINDOW
  }

  public Conditioning {
    if (shortest < 1 || shortest > frames) {
      throw new IllegalArgumentException(
          "conditioning: expected 1 <= shortest <= frames, got " + shortest + " and " + frames);
    }
    if (scored != Scored.WHOLE && shortest < 2) {
      throw new IllegalArgumentException(
          "conditioning: expected prefixes of 2 observations or more to score, got " + shortest);
    }
  }

  /** Always the first frames, the whole sequence scored. */
  public static Conditioning onFirst(int frames) {
    return new Conditioning(frames, frames, Scored.WHOLE);
  }

  /** Whether what is shown is all that is scored. */
  boolean closed() {
    return scored != Scored.WHOLE;
  }

  boolean random() {
    return shortest < frames;
  }

  /** A length for u in (0, 1). */
  int length(double u) {
    double ratio = (frames + 1.0) / shortest;
    return Math.min(frames, (int) (shortest * Math.pow(ratio, 2 * u)));
  }
}
