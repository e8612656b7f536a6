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

  /** The name on the command line, such as {@code file-peak}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
