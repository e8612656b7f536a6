package girsanov.bench.compare;

import girsanov.bench.compare.Pictures.Look;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Products below the roof; elementary functions below the bandwidths. */
final class RooflinePicture {
  private static final int HEIGHT = 560;
  private static final int WIDTH = 1100;
  private static final double LEAST_INTENSITY = 0.3;
  private static final double MOST_INTENSITY = 600;
  private static final double LEAST_RATE = 1;
  private static final double MOST_RATE = 1000;
  private static final int DARKEST = 0x50;
  private static final int LIGHTER = 0x28;

  /** Names of shapes stand above the roof, by turns so high, as parts of the peak. */
  private static final double[] HEIGHTS = {1.3, 1.65, 2.1, 2.65, 3.3};

  /** The names of functions stand so high. */
  private static final double NAMES = 1.5;

  private RooflinePicture() {}

  /** Products below the roof. */
  static void products(Roofline roof, String machine, Path file) throws IOException {
    XYChart chart =
        Pictures.chart(
            "Products of floats on %s of %s".formatted(threads(roof), machine),
            "operations for each byte that must be moved",
            "GFLOP/s",
            WIDTH,
            HEIGHT);
    roofs(chart, roof);
    var style = chart.getStyler();
    style.setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    style.setXAxisMin(LEAST_INTENSITY).setXAxisMax(MOST_INTENSITY);
    style.setYAxisMin(LEAST_RATE).setYAxisMax(MOST_RATE);
    List<Roofline.Point> points = roof.points().stream().filter(Roofline.Point::product).toList();
    label(chart, roof, points);
    for (Look look : Look.values()) {
      List<Roofline.Point> its = points.stream().filter(p -> p.who().equals(look.who)).toList();
      double[] x = its.stream().mapToDouble(Roofline.Point::intensity).toArray();
      add(chart, look, its, x);
    }
    save(chart, file);
  }

  private static String threads(Roofline roof) {
    return roof.threads() > 1 ? roof.threads() + " threads" : "1 thread";
  }

  private static void save(XYChart chart, Path file) throws IOException {
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
  }

  private static void add(XYChart chart, Look look, List<Roofline.Point> points, double[] x) {
    if (!points.isEmpty()) {
      double[] y = points.stream().mapToDouble(point -> point.rate() * 1e-9).toArray();
      Pictures.points(chart, look.who, x, y, look);
    }
  }

  private static void roofs(XYChart chart, Roofline roof) {
    double peak = roof.limits().peak(roof.threads());
    double top = peak * 1e-9;
    levels(
        chart,
        roof,
        bandwidth -> new double[] {LEAST_INTENSITY, top / bandwidth},
        bandwidth -> new double[] {LEAST_INTENSITY * bandwidth, top});
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

  /** A line for each level, from its bandwidth in GB/s; the farther from the core, the lighter. */
  private static void levels(
      XYChart chart, Roofline roof, DoubleFunction<double[]> x, DoubleFunction<double[]> y) {
    int grey = DARKEST;
    for (Limit.Level level : Limit.Level.values()) {
      double bandwidth = roof.limits().bandwidth(level, roof.threads()) * 1e-9;
      String name = String.format(Locale.ROOT, "%s: %.0f GB/s", level, bandwidth);
      Color color = new Color(grey, grey, grey);
      Pictures.line(chart, name, x.apply(bandwidth), y.apply(bandwidth), color, 1.3f);
      grey += LIGHTER;
    }
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

  /** Elementary functions below the bandwidths: a column for each function and level. */
  static void functions(Roofline roof, String machine, Path file) throws IOException {
    List<Roofline.Point> points = roof.points().stream().filter(p -> !p.product()).toList();
    List<String> names = points.stream().map(Roofline.Point::what).distinct().toList();
    String title = "Functions of floats on %s of %s".formatted(threads(roof), machine);
    String where = "function, and the level where its numbers lie";
    XYChart chart = Pictures.chart(title, where, "GB/s read and written", WIDTH, HEIGHT);
    double[] ends = {0.5, names.size() + 0.5};
    levels(chart, roof, _ -> ends, bandwidth -> new double[] {bandwidth, bandwidth});
    for (int i = 0; i < names.size(); i++) {
      annotate(chart, names.get(i), i + 1, NAMES);
    }
    for (Look look : Look.values()) {
      List<Roofline.Point> its = points.stream().filter(p -> p.who().equals(look.who)).toList();
      double[] x = its.stream().mapToDouble(point -> names.indexOf(point.what()) + 1).toArray();
      add(chart, look, its, x);
    }
    var style = chart.getStyler();
    style.setYAxisLogarithmic(true).setYAxisMin(LEAST_RATE).setYAxisMax(MOST_RATE);
    style.setXAxisMin(0.5).setXAxisMax(names.size() + 0.5).setXAxisTicksVisible(false);
    save(chart, file);
  }
}
