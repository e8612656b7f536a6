package girsanov.cli.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The loss and its terms over the iterations, and what validation says: a panel for each. */
public final class LossPicture {
  private static final int WIDTH = 500;
  private static final int HEIGHT = 320;

  /** Of more steps than this a piece is drawn as its extremes. */
  private static final int PIECES = 1200;

  /** The smoothed curve is of so many parts of the steps. */
  private static final int PARTS = 50;

  private static final String STEPS = "each step";

  private LossPicture() {}

  /**
   * What decides which model is kept.
   *
   * @param iterations that had been taken when it was made
   * @param values less is better
   */
  public record Validation(String title, String unit, double[] iterations, double[] values) {}

  /**
   * The picture.
   *
   * @param unit of all curves
   * @param iterations the iteration of each row
   * @param curves values of each row by the panel's title
   */
  public static byte[] png(
      String title,
      String unit,
      double[] iterations,
      SequencedMap<String, double[]> curves,
      Optional<Validation> validation) {
    double last = iterations[iterations.length - 1] + 1;
    var charts = new ArrayList<XYChart>();
    curves.forEach((name, values) -> charts.add(panel(name, unit, last, iterations, values)));
    validation.ifPresent(figure -> charts.add(panel(figure, last)));
    return Sheet.png(title, charts, charts.size() == 1 ? 1 : charts.size() < 5 ? 2 : 3);
  }

  private static XYChart panel(
      String name, String unit, double last, double[] iterations, double[] values) {
    int half = values.length / PARTS / 2;
    double[] mean = runningMean(values, half);
    LossScale scale = LossScale.of(values, mean);
    XYChart chart = chart(name, unit, last, scale);
    double[] shown = Arrays.stream(values).map(scale::within).toArray();
    boolean smooth = half > 0;
    Color color = smooth ? Sheet.translucent(Sheet.BLUE, 70) : Sheet.BLUE;
    steps(chart, iterations, shown, color, smooth ? 0.8f : 1.4f);
    if (smooth) {
      String title = "mean of the " + (2 * half + 1) + " steps around";
      double[] shownMean = Arrays.stream(mean).map(scale::within).toArray();
      Sheet.line(chart, title, iterations, shownMean, Sheet.BLUE, 1.8f);
    }
    // Inside, or half of each sign would be cut.
    double inside = 0.015 * (scale.high() - scale.low());
    beyond(chart, "above", iterations, values, scale.high() - inside, v -> v > scale.high());
    beyond(chart, "below", iterations, values, scale.low() + inside, v -> v < scale.low());
    return chart;
  }

  private static XYChart panel(Validation validation, double last) {
    double[] values = validation.values;
    XYChart chart = chart(validation.title, validation.unit, last, LossScale.of(values, values));
    Sheet.line(chart, "line", validation.iterations, values, Sheet.BLUE, 1.4f)
        .setShowInLegend(false);
    points(chart, "each validation", validation.iterations, values, SeriesMarkers.CIRCLE)
        .setMarkerColor(Sheet.BLUE);
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] < values[best] ? i : best;
    }
    String title = "kept: iteration " + Math.round(validation.iterations[best]);
    points(
        chart,
        title,
        new double[] {validation.iterations[best]},
        new double[] {values[best]},
        SeriesMarkers.DIAMOND);
    return chart;
  }

  private static XYChart chart(String name, String unit, double last, LossScale scale) {
    XYChart chart = Sheet.chart(WIDTH, HEIGHT, name, "iteration", unit);
    var style = chart.getStyler();
    scale.apply(style);
    // The library leaves out a mark at the very edge.
    style.setXAxisMin(-0.01 * last).setXAxisMax(1.01 * last);
    style.setXAxisDecimalPattern("#,##0").setXAxisTickMarkSpacingHint(80);
    style.setMarkerSize(6);
    return chart;
  }

  /** Steps that the axis has no room for, at its edge. */
  private static void beyond(
      XYChart chart,
      String where,
      double[] iterations,
      double[] values,
      double edge,
      DoublePredicate is) {
    double[] at =
        IntStream.range(0, values.length)
            .filter(i -> is.test(values[i]))
            .mapToDouble(i -> iterations[i])
            .toArray();
    if (at.length > 0) {
      double[] edges = new double[at.length];
      Arrays.fill(edges, edge);
      String title = at.length + (at.length == 1 ? " step " : " steps ") + where + " the axis";
      Marker marker =
          where.equals("above") ? SeriesMarkers.TRIANGLE_UP : SeriesMarkers.TRIANGLE_DOWN;
      points(chart, title, at, edges, marker);
    }
  }

  private static XYSeries points(
      XYChart chart, String title, double[] x, double[] y, Marker marker) {
    XYSeries series = chart.addSeries(title, x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(marker).setMarkerColor(Sheet.VERMILION).setLineStyle(SeriesLines.NONE);
    return series;
  }

  /** The mean of each value and of so many on both sides, or those that there are. */
  static double[] runningMean(double[] values, int half) {
    double[] sums = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    double[] mean = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, i - half);
      int to = Math.min(values.length, i + half + 1);
      mean[i] = (sums[to] - sums[from]) / (to - from);
    }
    return mean;
  }

  /** Steps as a line: of more than can be told apart, the least and the greatest of each piece. */
  private static void steps(
      XYChart chart, double[] iterations, double[] values, Color color, float width) {
    int stride = Math.ceilDiv(values.length, PIECES);
    if (stride == 1) {
      Sheet.line(chart, STEPS, iterations, values, color, width);
      return;
    }
    int pieces = Math.ceilDiv(values.length, stride);
    double[] x = new double[2 * pieces];
    double[] y = new double[2 * pieces];
    for (int piece = 0; piece < pieces; piece++) {
      int from = piece * stride;
      int to = Math.min(values.length, from + stride);
      x[2 * piece] = iterations[from];
      x[2 * piece + 1] = iterations[to - 1];
      y[2 * piece] = Arrays.stream(values, from, to).min().orElseThrow();
      y[2 * piece + 1] = Arrays.stream(values, from, to).max().orElseThrow();
    }
    Sheet.line(chart, STEPS, x, y, color, width);
  }
}
