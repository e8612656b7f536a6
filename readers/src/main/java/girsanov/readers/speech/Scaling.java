package girsanov.readers.speech;

import java.util.Locale;

/**
 * Which sample becomes 1. The VSDN paper does not say; that a model which predicts nothing has an
 * RMSE of 0.1165 there fits a peak of the file or segment, and no constant such as 32,768. Silence
 * stays 0.
 */
public enum Scaling {
  /** The largest |sample| of the file, what is dropped at its end among it. The default. */
  FILE_PEAK,
  /** The largest |sample| of the segment, so that loud and soft seconds look alike. */
  SEGMENT_PEAK,
  /**
   * The largest |sample| of all files to learn from: one factor for all, which keeps who is loud
   * and who is not. Segments of the other sets may go beyond 1.
   */
  GLOBAL;

  /**
   * The |sample| that becomes 1 in a segment, at least 1: what is all silent stays so.
   *
   * @param filePeak the largest |sample| of the file
   * @param globalPeak that of all files to learn from
   */
  public int one(Waveform sound, int segment, int filePeak, int globalPeak) {
    int one =
        switch (this) {
          case FILE_PEAK -> filePeak;
          case SEGMENT_PEAK -> sound.peak(segment);
          case GLOBAL -> globalPeak;
        };
    return Math.max(one, 1);
  }

  /** The name on the command line, such as {@code file-peak}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
