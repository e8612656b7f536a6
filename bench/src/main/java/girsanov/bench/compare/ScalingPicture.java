package girsanov.bench.compare;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Time against size, a panel for each size that grows, both logarithmic: slopes are exponents. */
final class ScalingPicture {
  private static final int WIDTH = 430;
  private static final int HEIGHT = 500;
  private static final double LEAST_MILLIS = 0.1;
  private static final double MOST_MILLIS = 1000;

  /** So far above the last point guides end. */
  private static final double ABOVE = 2;

  private ScalingPicture() {}

  static void draw(List<Scaling.Curve> curves, Path file) throws IOException {
    Color[] colors = {Pictures.BLUE, Pictures.ORANGE, Pictures.GREEN};
    var panels = new ArrayList<XYChart>();
    for (int i = 0; i < curves.size(); i++) {
      panels.add(panel(curves.get(i), colors[i]));
    }
    BitmapEncoder.saveBitmap(panels, 1, panels.size(), file.toString(), BitmapFormat.PNG);
  }

  private static XYChart panel(Scaling.Curve curve, Color color) {
    Scaling.Axis axis = curve.axis();
    XYChart chart =
        Pictures.chart("at " + axis.rest(), axis.name(), "milliseconds a step", WIDTH, HEIGHT);
    double[] x = Arrays.stream(axis.sizes()).asDoubleStream().toArray();
    double[] y = millis(curve.seconds(0.5));
    int from = curve.upperHalf();
    double exponent = Math.rint(curve.exponent(curve.multiplyAdds(), from));
    for (int slope = 1; slope <= Math.max(1, exponent); slope++) {
      double end = y[y.length - 1] * ABOVE;
      double start = end * Math.pow(x[from] / x[x.length - 1], slope);
      Color grey = slope == 1 ? Pictures.GREY : Color.BLACK;
      double[] ends = {x[from], x[x.length - 1]};
      Pictures.line(chart, "slope " + slope, ends, new double[] {start, end}, grey, 1);
    }
    double[] line = curve.line(y, from);
    double[] fitted = {x[from], x[x.length - 1]};
    double[] at =
        Arrays.stream(fitted).map(v -> Math.exp(line[0] + line[1] * Math.log(v))).toArray();
    String name =
        String.format(Locale.ROOT, "fit from %d on: slope %.2f", axis.sizes()[from], line[1]);
    Pictures.line(chart, name, fitted, at, color, 1.6f);
    double[] least = millis(curve.seconds(0));
    double[] most = millis(curve.seconds(1));
    for (int i = 0; i < x.length; i++) {
      double[] spread = {least[i], most[i]};
      Pictures.line(chart, "", new double[] {x[i], x[i]}, spread, color, 3);
    }
    Pictures.points(chart, "median; bars: all rounds", x, y, Pictures.Look.OURS, color);
    var style = chart.getStyler();
    style.setYAxisLogarithmic(true).setYAxisMin(LEAST_MILLIS).setYAxisMax(MOST_MILLIS);
    style.setXAxisLogarithmic(true).setXAxisMin(decade(Math.floor(Math.log10(x[0]))));
    style.setXAxisMax(decade(Math.ceil(Math.log10(x[x.length - 1]))));
    style.setLegendPosition(LegendPosition.OutsideS);
    return chart;
  }

  private static double decade(double exponent) {
    return Math.pow(10, exponent);
  }

  private static double[] millis(double[] seconds) {
    return Arrays.stream(seconds).map(s -> 1e3 * s).toArray();
  }
}
