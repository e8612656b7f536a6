package girsanov.readers;

import girsanov.models.data.DataException;
import girsanov.models.data.Part;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.util.Locale;
import java.util.Map;

/**
 * Whether segments fit into memory. Each number of a frame takes 4 bytes: a minute of music at 4
 * frames a second 0.12 MB, and a second of speech 0.06 MB.
 *
 * @param counts of the segments of each set
 * @param frames of a segment
 * @param dim of a frame
 * @param memory bytes that Java may use
 */
record Room(Map<Part, Integer> counts, int frames, int dim, long memory) {

  /** This part of the memory leaves room for training. */
  private static final int EASY = 4;

  /** This part leaves room for what is made of held-out segments, several times their size. */
  private static final int EASY_TO_JUDGE = 40;

  /**
   * Before any of them is made.
   *
   * @throws DataException if a set does not fit into a Java array, or all do not fit into memory,
   *     with the settings of {@link Reading} that help
   */
  void require() {
    int most = Integer.MAX_VALUE / (frames * dim);
    counts.forEach(
        (part, segments) -> {
          if (segments > most) {
            throw new DataException(
                "expected at most %,d segments for %s, which a Java array can hold, found %,d; take fewer by the setting %s, or name a part of the folder"
                    .formatted(
                        most,
                        part.name().toLowerCase(Locale.ROOT),
                        segments,
                        part == Part.TRAIN ? "segments" : "heldOut"));
          }
        });
    if (all() > most()) {
      throw tooMany();
    }
  }

  /** The values of a set, to be filled in. */
  FloatTensor zeros(Part part) {
    try {
      return FloatTensor.zeros(Shape.of(count(part), frames, dim));
    } catch (OutOfMemoryError e) {
      throw tooMany();
    }
  }

  private int count(Part part) {
    return counts.getOrDefault(part, 0);
  }

  private long all() {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** How many there is memory for, if it is for nothing else. */
  private long most() {
    return memory / ((long) frames * dim * Float.BYTES);
  }

  private DataException tooMany() {
    return new DataException(
        "expected segments that leave room in Java's memory, whose %,d MB %,d of them fill, found %,d to learn from, %,d to validate on and %,d to report on; take fewer by the settings segments and heldOut, such as %d and %d, or give Java more by JAVA_TOOL_OPTIONS=-Xmx..."
            .formatted(
                memory >> 20,
                most(),
                count(Part.TRAIN),
                count(Part.VALID),
                count(Part.TEST),
                Math.max(1, most() / EASY),
                Math.max(1, most() / EASY_TO_JUDGE)));
  }
}
