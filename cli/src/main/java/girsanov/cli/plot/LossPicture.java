package girsanov.cli.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.SequencedMap;
import org.knowm.xchart.XYChart;

/** The loss and its terms over the iterations, a panel for each. */
public final class LossPicture {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 300;
  private static final int POINTS = 1200;

  /** A logarithmic axis has numbers at powers of ten only: a narrower range may cross none. */
  private static final double DECADE = 10;

  /** Values that differ by a smaller factor are as good as one, which no axis has marks for. */
  private static final double FLAT = 1.01;

  private LossPicture() {}

  /**
   * The picture.
   *
   * @param iterations the iteration of each row
   * @param curves values of each row by the panel's title, in nats a sequence
   */
  public static byte[] png(
      String title, double[] iterations, SequencedMap<String, double[]> curves) {
    var charts = new ArrayList<XYChart>();
    curves.forEach((name, values) -> charts.add(panel(name, iterations, values)));
    return Sheet.png(title, charts, charts.size() == 1 ? 1 : 2);
  }

  private static XYChart panel(String name, double[] iterations, double[] values) {
    double least = Arrays.stream(values).min().orElse(0);
    double most = Arrays.stream(values).max().orElse(0);
    boolean logarithmic = least > 0 && most > DECADE * least;
    XYChart chart = Sheet.chart(WIDTH, HEIGHT, name, "iteration", "nats per sequence");
    var style = chart.getStyler();
    style.setYAxisLogarithmic(logarithmic);
    style.setXAxisMin(iterations[0]).setXAxisMax(iterations[iterations.length - 1] + 1);
    style.setXAxisDecimalPattern("#,##0").setXAxisTickMarkSpacingHint(80);
    style.setYAxisDecimalPattern(logarithmic ? "" : "#,##0.###");
    int window = Math.max(1, values.length / 50);
    double[] mean = runningMean(values, window);
    if (!logarithmic) {
      double[] shown = visibleRange(mean);
      style.setYAxisMin(shown[0]).setYAxisMax(shown[1]);
      values = within(shown, values);
      mean = within(shown, mean);
    }
    int stride = Math.ceilDiv(values.length, POINTS);
    double[] x = thin(iterations, stride);
    if (window == 1) {
      Sheet.line(chart, "each step", x, thin(values, stride), Sheet.BLUE, 1.4f);
      return chart;
    }
    Sheet.line(
        chart, "each step", x, thin(values, stride), Sheet.translucent(Sheet.BLUE, 70), 0.8f);
    Sheet.line(chart, "mean of " + window + " steps", x, thin(mean, stride), Sheet.BLUE, 1.8f);
    return chart;
  }

  /** The mean of each value and those before it in the window. */
  static double[] runningMean(double[] values, int window) {
    double[] mean = new double[values.length];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] - (i >= window ? values[i - window] : 0);
      mean[i] = sum / Math.min(i + 1, window);
    }
    return mean;
  }

  /**
   * Losses fall from very high at the start; what is seen is what is reached after a fifth of the
   * iterations.
   */
  private static double[] visibleRange(double[] mean) {
    double[] later = Arrays.copyOfRange(mean, mean.length / 5, mean.length);
    double low = Arrays.stream(later).min().orElse(0);
    double high = Arrays.stream(later).max().orElse(1);
    double size = Math.max(Math.abs(low), Math.abs(high));
    double flat = size == 0 ? 1 : (FLAT - 1) * size;
    double pad = Math.max(0.05 * (high - low), flat);
    return new double[] {low - pad, high + pad};
  }

  private static double[] within(double[] range, double[] values) {
    return Arrays.stream(values)
        .map(v -> v >= range[0] && v <= range[1] ? v : Double.NaN)
        .toArray();
  }

  private static double[] thin(double[] values, int stride) {
    var kept = new ArrayList<Double>();
    for (int i = 0; i < values.length; i += stride) {
      kept.add(values[i]);
    }
    return kept.stream().mapToDouble(v -> v).toArray();
  }
}
