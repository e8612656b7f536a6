package girsanov.bench.compare;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What the pictures of {@code docs/results/performance.md} have in common. */
final class Pictures {
  static final Color BLUE = new Color(0x1f5fa8);
  static final Color ORANGE = new Color(0xd9730d);
  static final Color GREEN = new Color(0x3a8f3a);
  static final Color GREY = new Color(0x909090);

  private Pictures() {}

  static XYChart chart(String title, String x, String y, int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    var style = chart.getStyler();
    style.setChartBackgroundColor(Color.WHITE).setLegendBorderColor(Color.WHITE);
    style.setPlotGridLinesColor(new Color(0xe4e4e4));
    style.setMarkerSize(8);
    return chart;
  }

  /** A line without markers; one without a name is not in the legend. */
  static void line(XYChart chart, String name, double[] x, double[] y, Color color, float width) {
    String key = name.isEmpty() ? "line " + chart.getSeriesMap().size() : name;
    XYSeries series = chart.addSeries(key, x, y);
    series.setMarker(SeriesMarkers.NONE).setLineColor(color);
    series.setLineStyle(SeriesLines.SOLID).setLineWidth(width).setShowInLegend(!name.isEmpty());
  }

  /** Markers without a line. */
  static void points(XYChart chart, String name, double[] x, double[] y, Look look) {
    points(chart, name, x, y, look, look.color);
  }

  static void points(XYChart chart, String name, double[] x, double[] y, Look look, Color color) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(look.marker).setMarkerColor(color);
  }

  /** How a contender's points look: hollow, so that none hides another. */
  enum Look {
    EJML("EJML", GREY, SeriesMarkers.CROSS),
    OJALGO("ojAlgo", new Color(0xc9a227), SeriesMarkers.CROSS),
    VECTOR_BLAS("VectorBLAS", new Color(0x8250a0), SeriesMarkers.CROSS),
    PYTORCH("PyTorch", new Color(0xc23b6b), hollow(Pictures::diamond)),
    MKL("MKL", GREEN, hollow(square -> square)),
    OPENBLAS("OpenBLAS", ORANGE, hollow(Pictures::triangle)),
    OURS("girsanov", BLUE, hollow(b -> new Ellipse2D.Double(b.x, b.y, b.width, b.height)));

    final String who;
    final Color color;
    final Marker marker;

    Look(String who, Color color, Marker marker) {
      this.who = who;
      this.color = color;
      this.marker = marker;
    }
  }

  /** The outline of a shape in a square. */
  static Marker hollow(Function<Rectangle2D.Double, Shape> shape) {
    return new Marker() {
      @Override
      public void paint(Graphics2D g, double x, double y, int size) {
        g.setStroke(new BasicStroke(1.7f));
        g.draw(shape.apply(new Rectangle2D.Double(x - size / 2.0, y - size / 2.0, size, size)));
      }
    };
  }

  private static Shape diamond(Rectangle2D.Double b) {
    return polygon(
        new double[] {b.getCenterX(), b.getMaxX(), b.getCenterX(), b.x},
        new double[] {b.y, b.getCenterY(), b.getMaxY(), b.getCenterY()});
  }

  private static Shape triangle(Rectangle2D.Double b) {
    return polygon(
        new double[] {b.getCenterX(), b.getMaxX(), b.x},
        new double[] {b.y, b.getMaxY(), b.getMaxY()});
  }

  private static Shape polygon(double[] x, double[] y) {
    var path = new Path2D.Double();
    path.moveTo(x[0], y[0]);
    for (int i = 1; i < x.length; i++) {
      path.lineTo(x[i], y[i]);
    }
    path.closePath();
    return path;
  }
}
