package girsanov.cli.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.knowm.xchart.XYChart;

/** Sound over time: a model's beside the truth, as a whole and a part of it close by. */
public final class WavePicture {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 260;

  /** Points of a whole sound in the picture: the extremes of as many pieces. */
  private static final int PIECES = 400;

  /** Between marks of the axis, in points: labels must not touch. */
  private static final int HINT = 90;

  private WavePicture() {}

  /**
   * One sound.
   *
   * @param truth what it is, {@code [sample]}; empty for what is drawn from nothing
   * @param model what a model makes of it, {@code [sample]}
   * @param seen the truth where the model was given it, else NaN, {@code [sample]}; may be empty
   */
  public record Panel(String title, double[] truth, double[] model, double[] seen) {}

  /**
   * The picture: for each sound a whole and, beside it, where it is loudest, of the truth if there
   * is one: elsewhere may be silence.
   *
   * @param closeBy samples of the piece
   */
  public static byte[] png(String title, double samplesPerSecond, int closeBy, List<Panel> panels) {
    var charts = new ArrayList<XYChart>();
    for (Panel panel : panels) {
      int samples = panel.model.length;
      int from = loudest(panel.truth.length == 0 ? panel.model : panel.truth, closeBy);
      charts.add(whole(panel, samplesPerSecond));
      charts.add(part(panel, samplesPerSecond, from, Math.min(samples, from + closeBy)));
    }
    return Sheet.png(title, charts, 2);
  }

  /** Where the piece of a length begins that has the most power. */
  static int loudest(double[] sound, int length) {
    double power = 0;
    double most = 0;
    int from = 0;
    for (int i = 0; i < sound.length; i++) {
      power += sound[i] * sound[i];
      if (i >= length) {
        power -= sound[i - length] * sound[i - length];
      }
      if (i >= length - 1 && power > most) {
        most = power;
        from = i - length + 1;
      }
    }
    return from;
  }

  private static XYChart whole(Panel panel, double samplesPerSecond) {
    XYChart chart = chart(panel, panel.title);
    int stride = Math.max(1, panel.model.length / PIECES);
    double[] times = new double[2 * Math.ceilDiv(panel.model.length, stride)];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1000 * 0.5 * i * stride / samplesPerSecond;
    }
    frame(chart, times);
    addLines(chart, times, panel, values -> extremes(values, stride), 1);
    return chart;
  }

  private static XYChart part(Panel panel, double samplesPerSecond, int from, int to) {
    XYChart chart = chart(panel, panel.title + ", close by where loudest");
    double[] times = new double[to - from];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1000 * (from + i) / samplesPerSecond;
    }
    frame(chart, times);
    addLines(
        chart,
        times,
        panel,
        values ->
            Arrays.copyOfRange(values, Math.min(from, values.length), Math.min(to, values.length)),
        1.4f);
    return chart;
  }

  /** The truth, what the model was given of it, and what it makes of all that it does not keep. */
  private static void addLines(
      XYChart chart, double[] times, Panel panel, UnaryOperator<double[]> shown, float width) {
    double[] made = panel.model.clone();
    for (int i = 0; i < panel.seen.length; i++) {
      made[i] = made[i] == panel.seen[i] ? Double.NaN : made[i];
    }
    addLine(chart, "truth", times, shown.apply(panel.truth), Sheet.GREY, width);
    addLine(chart, "model", times, shown.apply(made), Sheet.BLUE, width);
    addLine(chart, "given", times, shown.apply(panel.seen), Sheet.VERMILION, width);
  }

  /** Nothing where there is no value. */
  private static void addLine(
      XYChart chart, String name, double[] times, double[] values, Color color, float width) {
    if (Arrays.stream(values).anyMatch(value -> !Double.isNaN(value))) {
      Sheet.line(chart, name, times, values, color, width);
    }
  }

  private static XYChart chart(Panel panel, String title) {
    XYChart chart = Sheet.chart(WIDTH, HEIGHT, title, "time (ms)", "amplitude");
    chart.getStyler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.0#");
    chart.getStyler().setXAxisTickMarkSpacingHint(HINT);
    // Of what is drawn from nothing there is one line, which the title names.
    chart.getStyler().setLegendVisible(panel.truth.length > 0);
    Sheet.fitUpright(chart, List.of(panel.truth, panel.model));
    return chart;
  }

  /** A little room on both sides: the library leaves out a mark at the very edge. */
  private static void frame(XYChart chart, double[] times) {
    double last = times[times.length - 1];
    double pad = 0.01 * (last - times[0]);
    chart.getStyler().setXAxisMin(times[0] - pad).setXAxisMax(last + pad);
  }

  /** The least and the greatest value of each piece, one after the other; NaN where it has none. */
  private static double[] extremes(double[] values, int stride) {
    double[] extremes = new double[2 * Math.ceilDiv(values.length, stride)];
    for (int piece = 0; piece < extremes.length / 2; piece++) {
      int from = piece * stride;
      int to = Math.min(values.length, from + stride);
      double[] known =
          Arrays.stream(values, from, to).filter(value -> !Double.isNaN(value)).toArray();
      extremes[2 * piece] = Arrays.stream(known).min().orElse(Double.NaN);
      extremes[2 * piece + 1] = Arrays.stream(known).max().orElse(Double.NaN);
    }
    return extremes;
  }
}
