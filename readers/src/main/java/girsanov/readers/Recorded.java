package girsanov.readers;

import girsanov.models.data.DataException;
import java.util.function.Supplier;

/**
 * What is known of a file that was read. Its content may be let go of meanwhile: a large folder
 * does not fit into memory, while the segments that are taken from it do.
 *
 * @param file its path inside the folder
 * @param segments how many whole ones it has
 * @param peak the largest |sample| of sound; 0 for music
 * @param content held, or read again each time
 */
record Recorded(String file, int segments, int peak, Supplier<Recording> content) {

  /** Held in memory. */
  static Recorded held(String file, Recording recording) {
    return new Recorded(file, recording.segments(), recording.peak(), () -> recording);
  }

  /** Known, and to be read again when it is needed. */
  static Recorded known(String file, Recording recording, Supplier<Recording> again) {
    return new Recorded(file, recording.segments(), recording.peak(), again);
  }

  /**
   * The content.
   *
   * @throws DataException if it was read again and is another
   */
  Recording recording() {
    Recording recording = content.get();
    if (recording.segments() != segments || recording.peak() != peak) {
      throw new DataException(
          file + ": expected it as it was a moment ago, found it changed; start again");
    }
    return recording;
  }
}
