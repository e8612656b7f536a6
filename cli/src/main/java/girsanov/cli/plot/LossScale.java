package girsanov.cli.plot;

import java.util.Arrays;
import org.knowm.xchart.style.XYStyler;

/**
 * The upright axis of a loss: logarithmic where that is possible and worth it. Else it holds each
 * of the last 90 % of the steps and the whole of the smoothed curve, unless they would be lost in
 * its range; steps beyond it are drawn at its edge and counted.
 */
record LossScale(boolean logarithmic, double low, double high) {
  /** A narrower range is as readable on a linear axis. */
  private static final double DECADE = 10;

  /** Values that differ by a smaller factor are as good as one, which no axis has marks for. */
  private static final double FLAT = 1.01;

  private static final double MARGIN = 0.05;

  /** Beside a range so many times larger, the last 90 % of the steps would be a flat line. */
  private static final double LOST = 20;

  /**
   * The axis for some values.
   *
   * @param values of the steps, in order
   * @param mean the smoothed curve
   */
  static LossScale of(double[] values, double[] mean) {
    double least = least(values);
    double most = most(values);
    if (least > 0 && most > DECADE * least) {
      return decades(least / (1 + MARGIN), most * (1 + MARGIN));
    }
    double[] later = Arrays.copyOfRange(values, values.length / 10, values.length);
    double low = least(later);
    double high = most(later);
    boolean lost = most(mean) - least(mean) > LOST * (high - low);
    if (!lost) {
      low = Math.min(low, least(mean));
      high = Math.max(high, most(mean));
    }
    double size = Math.max(Math.abs(low), Math.abs(high));
    double flat = size == 0 ? 1 : (FLAT - 1) * size;
    double pad = Math.max(MARGIN * (high - low), flat);
    return new LossScale(false, low - pad, high + pad);
  }

  /** Numbers stand at powers of ten only: two of them say what the scale is, one does not. */
  private static LossScale decades(double low, double high) {
    double first = Math.ceil(Math.log10(low));
    double last = Math.floor(Math.log10(high));
    if (last > first) {
      return new LossScale(true, low, high);
    }
    // A little beyond, for the library leaves out a mark at the very edge.
    double below = Math.pow(10, first - 1) / 1.03;
    double above = Math.pow(10, last + 1) * 1.03;
    return low / below < above / high
        ? new LossScale(true, below, high)
        : new LossScale(true, low, above);
  }

  void apply(XYStyler style) {
    style.setYAxisLogarithmic(logarithmic).setYAxisMin(low).setYAxisMax(high);
    style.setYAxisDecimalPattern(logarithmic ? "#,##0.######" : "#,##0.###");
  }

  /** The value, or the edge that it is beyond. */
  double within(double value) {
    return Math.clamp(value, low, high);
  }

  private static double least(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
  }

  private static double most(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
  }
}
