package girsanov.bench.compare;

import girsanov.bench.compare.Pictures.Look;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Products below the roof; elementary functions below the bandwidths. */
final class RooflinePicture {
  private static final int HEIGHT = 560;
  private static final int WIDTH = 860;
  private static final int NARROW = 560;
  private static final double LEAST_INTENSITY = 0.3;
  private static final double MOST_INTENSITY = 600;
  private static final double LEAST_RATE = 1;
  private static final double MOST_RATE = 1000;
  private static final int DARKEST = 0x50;
  private static final int LIGHTER = 0x28;

  /** Names of shapes stand above the roof, by turns so high, as parts of the peak. */
  private static final double[] HEIGHTS = {1.35, 1.75, 2.3, 3.0};

  private RooflinePicture() {}

  /** One picture, of one or two panels. */
  static void draw(Roofline roof, String machine, Path file) throws IOException {
    var panels = new ArrayList<XYChart>();
    String threads = roof.threads() > 1 ? roof.threads() + " threads" : "1 thread";
    XYChart products =
        Pictures.chart(
            "Products of floats on %s of %s".formatted(threads, machine),
            "operations for each byte that must be moved",
            "GFLOP/s",
            WIDTH,
            HEIGHT);
    roofs(products, roof);
    var style = products.getStyler();
    style.setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    style.setXAxisMin(LEAST_INTENSITY).setXAxisMax(MOST_INTENSITY);
    style.setYAxisMin(LEAST_RATE).setYAxisMax(MOST_RATE);
    List<Roofline.Point> points = roof.points().stream().filter(Roofline.Point::product).toList();
    label(products, roof, points);
    for (Look look : Look.values()) {
      List<Roofline.Point> its = points.stream().filter(p -> p.who().equals(look.who)).toList();
      double[] x = its.stream().mapToDouble(Roofline.Point::intensity).toArray();
      add(products, look, its, x);
    }
    panels.add(finish(products));
    List<Roofline.Point> functions = roof.points().stream().filter(p -> !p.product()).toList();
    if (!functions.isEmpty()) {
      panels.add(finish(functions(roof, functions)));
    }
    BitmapEncoder.saveBitmap(panels, 1, panels.size(), file.toString(), BitmapFormat.PNG);
  }

  private static XYChart finish(XYChart chart) {
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(org.knowm.xchart.style.Styler.LegendLayout.Horizontal);
    return chart;
  }

  private static void add(XYChart chart, Look look, List<Roofline.Point> points, double[] x) {
    if (!points.isEmpty()) {
      double[] y = points.stream().mapToDouble(point -> point.rate() * 1e-9).toArray();
      Pictures.points(chart, look.who, x, y, look);
    }
  }

  private static void roofs(XYChart chart, Roofline roof) {
    int grey = DARKEST;
    double peak = roof.limits().peak(roof.threads());
    double top = peak * 1e-9;
    for (Limit.Level level : Limit.Level.values()) {
      double bandwidth = roof.limits().bandwidth(level, roof.threads());
      double ridge = peak / bandwidth;
      Pictures.line(
          chart,
          String.format(Locale.ROOT, "%s: %.0f GB/s", level, bandwidth * 1e-9),
          new double[] {LEAST_INTENSITY, ridge},
          new double[] {LEAST_INTENSITY * bandwidth * 1e-9, top},
          new Color(grey, grey, grey),
          1.3f);
      grey += LIGHTER;
    }
    Pictures.line(
        chart,
        String.format(Locale.ROOT, "multiply-adds: %.0f GFLOP/s", top),
        new double[] {
          peak / roof.limits().bandwidth(Limit.Level.L1, roof.threads()), MOST_INTENSITY
        },
        new double[] {top, top},
        Color.BLACK,
        1.6f);
  }

  /** The shapes, above the roof, each with a thin line to our point. */
  private static void label(XYChart chart, Roofline roof, List<Roofline.Point> points) {
    double top = roof.limits().peak(roof.threads()) * 1e-9;
    List<Roofline.Point> ours =
        points.stream()
            .filter(point -> point.who().equals(Look.OURS.who))
            .sorted(Comparator.comparingDouble(Roofline.Point::intensity))
            .toList();
    for (int i = 0; i < ours.size(); i++) {
      Roofline.Point point = ours.get(i);
      double x = point.intensity();
      double height = top * HEIGHTS[i % HEIGHTS.length];
      Pictures.line(
          chart,
          "",
          new double[] {x, x},
          new double[] {point.rate() * 1e-9, 0.93 * height},
          new Color(0xc8d4e4),
          0.8f);
      annotate(chart, point.what(), x, 1.03 * height);
    }
  }

  private static void annotate(XYChart chart, String text, double x, double y) {
    chart.addAnnotation(new AnnotationText(text, x, y, false));
    chart.getStyler().setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
  }

  /** One column for each function and level. */
  private static XYChart functions(Roofline roof, List<Roofline.Point> points) {
    List<String> names = points.stream().map(Roofline.Point::what).distinct().toList();
    XYChart chart =
        Pictures.chart("Elementary functions", "where their numbers lie", "GB/s", NARROW, HEIGHT);
    int grey = DARKEST;
    for (Limit.Level level : Limit.Level.values()) {
      double[] ends = {0.5, names.size() + 0.5};
      double bandwidth = roof.limits().bandwidth(level, roof.threads()) * 1e-9;
      String name = String.format(Locale.ROOT, "%s: %.0f GB/s", level, bandwidth);
      Color color = new Color(grey, grey, grey);
      Pictures.line(chart, name, ends, new double[] {bandwidth, bandwidth}, color, 1.3f);
      grey += LIGHTER;
    }
    for (Look look : Look.values()) {
      List<Roofline.Point> its = points.stream().filter(p -> p.who().equals(look.who)).toList();
      double[] x = its.stream().mapToDouble(point -> names.indexOf(point.what()) + 1).toArray();
      add(chart, look, its, x);
    }
    var style = chart.getStyler();
    style.setYAxisLogarithmic(true).setYAxisMin(LEAST_RATE).setYAxisMax(MOST_RATE);
    style.setXAxisMin(0.5).setXAxisMax(names.size() + 0.5).setXAxisMaxLabelCount(names.size());
    style.setXAxisLabelRotation(90);
    style.setxAxisTickLabelsFormattingFunction(
        x -> x >= 1 && x <= names.size() && x == Math.rint(x) ? names.get((int) (x - 1)) : "");
    return chart;
  }
}
