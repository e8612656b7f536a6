package girsanov.cli.experiment;

import girsanov.tensor.Tensor;

/** A number of data that others have not: of their shapes and of all their numbers in order. */
public final class Fingerprint {
  /** 2⁶⁴ over the golden ratio; any odd number whose bits are mixed would do. */
  private static final long MIXED = 0x9E3779B97F4A7C15L;

  private static final int HALF = 32;

  private Fingerprint() {}

  /** As text. */
  public static String of(Tensor... data) {
    long hash = data.length;
    for (Tensor values : data) {
      hash = mix(hash, values.shape().hashCode());
      for (int i = 0; i < values.size(); i++) {
        hash = mix(hash, Double.doubleToLongBits(values.at(i)));
      }
    }
    return Long.toHexString(hash);
  }

  /** A product carries bits upwards alone, and the number 1 has only high ones. */
  private static long mix(long hash, long bits) {
    long product = (hash ^ bits) * MIXED;
    return product ^ (product >>> HALF);
  }

  /**
   * What earlier versions wrote down, for their runs to go on: of music it often is the same for
   * others too.
   */
  public static String former(Tensor values) {
    long hash = values.shape().hashCode();
    for (int i = 0; i < values.size(); i++) {
      hash = 31 * hash + Double.doubleToLongBits(values.at(i));
    }
    return Long.toHexString(hash);
  }
}
