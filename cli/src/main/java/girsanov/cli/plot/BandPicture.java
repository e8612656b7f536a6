package girsanov.cli.plot;

import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Forecasts or interpolations with their uncertainty, beside the truth: a panel a quantity. */
public final class BandPicture {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 330;

  private BandPicture() {}

  /**
   * One quantity of one sequence.
   *
   * @param unit of the values, the title of the upright axis
   * @param truthTimes of the truth
   * @param truthTitle what the truth is called
   * @param truth {@code [time]}; the same as {@code seen} where nothing more is known
   * @param seen what the model was given, {@code [time]}; NaN where it was given nothing
   */
  public record Panel(
      String title,
      String unit,
      Band band,
      double[] truthTimes,
      String truthTitle,
      double[] truth,
      double[] seen) {}

  /**
   * The picture.
   *
   * @param bandTitle what the band is, such as {@code 90 % of 50 samples}
   * @param timeTitle of the axis
   */
  public static byte[] png(String title, String bandTitle, String timeTitle, List<Panel> panels) {
    List<XYChart> charts =
        panels.stream().map(panel -> chart(panel, bandTitle, timeTitle)).toList();
    return Sheet.png(title, charts, charts.size() == 1 ? 1 : 2);
  }

  private static XYChart chart(Panel panel, String bandTitle, String timeTitle) {
    XYChart chart = Sheet.chart(WIDTH, HEIGHT, panel.title(), timeTitle, panel.unit());
    chart.getStyler().setXAxisDecimalPattern("0.0#").setYAxisDecimalPattern("#,##0.##");
    chart.getStyler().setXAxisTickMarkSpacingHint(70);
    Band band = panel.band();
    int n = band.times().length;
    double[] outlineTimes = new double[2 * n];
    double[] outline = new double[2 * n];
    for (int i = 0; i < n; i++) {
      outlineTimes[i] = band.times()[i];
      outline[i] = band.high()[i];
      outlineTimes[2 * n - 1 - i] = band.times()[i];
      outline[2 * n - 1 - i] = band.low()[i];
    }
    XYSeries area = chart.addSeries(bandTitle, outlineTimes, outline);
    area.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    area.setFillColor(Sheet.translucent(Sheet.BLUE, 60));
    area.setMarker(SeriesMarkers.NONE).setLineColor(Sheet.CLEAR);
    Sheet.line(chart, "mean", band.times(), band.mean(), Sheet.BLUE, 1.8f);
    if (Arrays.stream(panel.seen()).anyMatch(Double::isNaN)) {
      Sheet.line(chart, panel.truthTitle(), panel.truthTimes(), panel.truth(), Sheet.INK, 1.4f);
    }
    if (Arrays.stream(panel.seen()).anyMatch(v -> !Double.isNaN(v))) {
      XYSeries seen = chart.addSeries("observed", panel.truthTimes(), panel.seen());
      seen.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      seen.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Sheet.VERMILION);
    }
    padUpright(chart, band, panel.truth());
    double first = Math.min(band.times()[0], panel.truthTimes()[0]);
    double last = Math.max(band.times()[n - 1], panel.truthTimes()[panel.truth().length - 1]);
    double pad = 0.02 * (last - first);
    chart.getStyler().setXAxisMin(first - pad).setXAxisMax(last + pad).setMarkerSize(5);
    return chart;
  }

  /** A little room above and below. */
  private static void padUpright(XYChart chart, Band band, double[] truth) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double[] values : List.of(band.low(), band.high(), truth)) {
      for (double value : values) {
        least = Double.isNaN(value) ? least : Math.min(least, value);
        most = Double.isNaN(value) ? most : Math.max(most, value);
      }
    }
    double pad = 0.04 * (most - least) + 1e-9;
    chart.getStyler().setYAxisMin(least - pad).setYAxisMax(most + pad);
  }
}
