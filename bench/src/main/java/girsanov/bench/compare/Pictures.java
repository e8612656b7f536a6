package girsanov.bench.compare;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The pictures of {@code docs/results/performance.md}. */
final class Pictures {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 480;
  private static final Color BLUE = new Color(0x1f5fa8);
  private static final Color ORANGE = new Color(0xd9730d);
  private static final Color GREEN = new Color(0x3a8f3a);
  private static final double LEAST_INTENSITY = 0.3;
  private static final double MOST_INTENSITY = 400;
  private static final int DARKEST = 0x50;
  private static final int LIGHTER = 0x28;
  private static final double LEAST_RATE = 1;
  private static final double MOST_RATE = 400;

  private Pictures() {}

  /** Time against size, both logarithmic: a straight line's slope is the exponent. */
  static void scaling(List<Scaling.Curve> curves, Path file) throws IOException {
    XYChart chart =
        chart("SDE Matching step on 2 threads, against its sizes", "size", "milliseconds a step");
    Color[] colors = {BLUE, ORANGE, GREEN};
    for (int i = 0; i < curves.size(); i++) {
      Scaling.Curve curve = curves.get(i);
      var sizes = new double[curve.seconds().length];
      var millis = new double[sizes.length];
      for (int k = 0; k < sizes.length; k++) {
        sizes[k] = curve.axis().sizes()[k];
        millis[k] = 1e3 * curve.seconds()[k];
      }
      int from = curve.upperHalf();
      String name =
          String.format(
              Locale.ROOT,
              "%s (%s): exponent %.2f from %d on",
              curve.axis().name(),
              curve.axis().rest(),
              curve.exponent(from),
              curve.axis().sizes()[from]);
      XYSeries series = chart.addSeries(name, sizes, millis);
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colors[i]).setLineColor(colors[i]);
      series.setLineStyle(SeriesLines.SOLID).setLineWidth(1.6f);
    }
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    save(chart, file);
  }

  /** The roof, and below it what kernels reach. */
  static void roofline(Roofline roof, Path file) throws IOException {
    String threads = roof.threads() > 1 ? roof.threads() + " threads" : "1 thread";
    XYChart chart =
        chart(
            "Single-precision kernels on " + threads,
            "operations a byte that must be moved",
            "GFLOP/s");
    int grey = DARKEST;
    for (Limit.Level level : Limit.Level.values()) {
      addRoof(chart, roof, level, new Color(grey, grey, grey));
      grey += LIGHTER;
    }
    for (Look look : Look.values()) {
      List<Roofline.Point> points =
          roof.points().stream().filter(point -> point.who().equals(look.who)).toList();
      if (!points.isEmpty()) {
        double[] x = points.stream().mapToDouble(Roofline.Point::intensity).toArray();
        double[] y = points.stream().mapToDouble(point -> point.rate() * 1e-9).toArray();
        XYSeries series = chart.addSeries(look.who, x, y);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(look.marker).setMarkerColor(look.color);
      }
    }
    chart.getStyler().setXAxisMin(LEAST_INTENSITY).setXAxisMax(MOST_INTENSITY);
    chart.getStyler().setYAxisMin(LEAST_RATE).setYAxisMax(MOST_RATE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    save(chart, file);
  }

  private static void addRoof(XYChart chart, Roofline roof, Limit.Level level, Color color) {
    double bandwidth = roof.bandwidths().getOrDefault(level, Double.NaN);
    double ridge = roof.peak() / bandwidth;
    double top = roof.peak() * 1e-9;
    XYSeries line =
        chart.addSeries(
            String.format(Locale.ROOT, "%s %.0f GB/s", level, bandwidth * 1e-9),
            new double[] {LEAST_INTENSITY, ridge, MOST_INTENSITY},
            new double[] {LEAST_INTENSITY * bandwidth * 1e-9, top, top});
    line.setMarker(SeriesMarkers.NONE).setLineColor(color);
    line.setLineStyle(SeriesLines.SOLID).setLineWidth(1.3f);
  }

  /** How a contender's points look; the later ones are drawn over the earlier. */
  private enum Look {
    EJML("EJML", new Color(0xb0b0b0), SeriesMarkers.CROSS),
    OJALGO("ojAlgo", new Color(0xc9a227), SeriesMarkers.CROSS),
    VECTOR_BLAS("VectorBLAS", new Color(0x8250a0), SeriesMarkers.CROSS),
    PYTORCH("PyTorch", new Color(0xc23b6b), SeriesMarkers.DIAMOND),
    MKL("MKL", GREEN, SeriesMarkers.SQUARE),
    OPENBLAS("OpenBLAS", ORANGE, SeriesMarkers.TRIANGLE_UP),
    OURS("girsanov", BLUE, SeriesMarkers.CIRCLE);

    private final String who;
    private final Color color;
    private final Marker marker;

    Look(String who, Color color, Marker marker) {
      this.who = who;
      this.color = color;
      this.marker = marker;
    }
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    var style = chart.getStyler();
    style.setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    style.setChartBackgroundColor(Color.WHITE).setLegendBorderColor(Color.WHITE);
    style.setPlotGridLinesColor(new Color(0xe4e4e4));
    style.setMarkerSize(7);
    return chart;
  }

  private static void save(XYChart chart, Path file) throws IOException {
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
  }
}
