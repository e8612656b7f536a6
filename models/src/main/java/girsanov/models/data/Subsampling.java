package girsanov.models.data;

import girsanov.tensor.Philox;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;

/**
 * Which frames of a sequence are observed: {@code round(rate · frames)} of them, one at least.
 *
 * @param rate the observed part of the frames, in (0, 1]
 */
public record Subsampling(Kind kind, double rate) {

  /** How the observed frames lie in the sequence. */
  public enum Kind {
    /**
     * Frame 0 and then evenly: observation j is frame ⌊j · frames / observed⌋, every (1/rate)-th
     * where that is whole; gaps differ by one frame at most. The same for all rows.
     */
    REGULAR,
    /** A subset of the frames, each subset of the size as likely, drawn anew for each row. */
    IRREGULAR
  }

  private static final double WORD = 0x1p-32;

  public Subsampling {
    if (!(rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "subsampling: expected a rate in (0, 1], got " + rate + "; 0.25 is every fourth frame");
    }
  }

  /** Evenly, as the VSDN paper tests. */
  public static Subsampling regular(double rate) {
    return new Subsampling(Kind.REGULAR, rate);
  }

  /** Drawn for each row, as the VSDN paper trains. */
  public static Subsampling irregular(double rate) {
    return new Subsampling(Kind.IRREGULAR, rate);
  }

  /** The number of observed frames among so many. */
  public int observed(int frames) {
    return Math.clamp(Math.round(rate * frames), 1, frames);
  }

  /**
   * Fills {@code seen} with 1 where a frame is observed and 0 elsewhere. A row is a pure function
   * of (seed, stream, its absolute number), however rows are cut into calls. Allocates nothing.
   *
   * @param seed of all random streams
   * @param stream a random stream of which nothing else is drawn
   * @param firstRow the absolute number of row 0 of {@code seen}
   * @param seen {@code [frame, row]}
   */
  public void fill(long seed, long stream, long firstRow, Tensor seen) {
    Shape shape = seen.shape();
    if (shape.rank() != 2 || shape.dim(0) < 1 || firstRow < 0) {
      throw new IllegalArgumentException(
          "subsampling: expected seen [frame, row] and a first row of 0 or more, got "
              + shape
              + " and "
              + firstRow);
    }
    for (int row = 0; row < shape.dim(1); row++) {
      switch (kind) {
        case REGULAR -> spread(row, seen);
        case IRREGULAR -> draw(seed, stream, firstRow + row, row, seen);
      }
    }
  }

  private void spread(int row, Tensor seen) {
    int frames = seen.shape().dim(0);
    int rows = seen.shape().dim(1);
    long observed = observed(frames);
    for (int frame = 0; frame < frames; frame++) {
      // Frame ⌊j · frames / observed⌋ is the last with ⌈frame · observed / frames⌉ = j.
      boolean next =
          Math.ceilDiv((frame + 1) * observed, frames) > Math.ceilDiv(frame * observed, frames);
      seen.put(frame * rows + row, next ? 1 : 0);
    }
  }

  /**
   * Selection sampling: of {@code left} frames from here on {@code wanted} must still be taken, so
   * this one is with chance wanted / left (Fan, Muller and Rezucha, "Development of sampling plans
   * by using sequential (item by item) selection techniques", JASA 57 (1962); Knuth, TAOCP 2,
   * algorithm 3.4.2 S). Two frames share one call of the generator.
   */
  private void draw(long seed, long stream, long absolute, int row, Tensor seen) {
    int frames = seen.shape().dim(0);
    int rows = seen.shape().dim(1);
    int wanted = observed(frames);
    long block = absolute * Math.ceilDiv(frames, 2);
    long words = 0;
    for (int frame = 0; frame < frames; frame++) {
      words = frame % 2 == 0 ? Philox.words(seed, stream, block + frame / 2, false) : words >>> 32;
      double uniform = ((words & 0xFFFFFFFFL) + 0.5) * WORD;
      boolean take = uniform * (frames - frame) < wanted;
      seen.put(frame * rows + row, take ? 1 : 0);
      wanted -= take ? 1 : 0;
    }
  }
}
