package girsanov.cli.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Sound over time: a model's beside the truth, as a whole and a part of it close by. */
public final class WavePicture {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 260;

  /** Points of a whole sound in the picture: the extremes of as many pieces. */
  private static final int PIECES = 400;

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
   * The picture: for each sound a whole and, beside it, a piece in its middle.
   *
   * @param closeBy samples of the piece
   */
  public static byte[] png(String title, double samplesPerSecond, int closeBy, List<Panel> panels) {
    var charts = new ArrayList<XYChart>();
    for (Panel panel : panels) {
      int samples = panel.model.length;
      int from = Math.max(0, (samples - closeBy) / 2);
      charts.add(whole(panel, samplesPerSecond));
      charts.add(part(panel, samplesPerSecond, from, Math.min(samples, from + closeBy)));
    }
    return Sheet.png(title, charts, 2);
  }

  private static XYChart whole(Panel panel, double samplesPerSecond) {
    XYChart chart = chart(panel, panel.title);
    int stride = Math.max(1, panel.model.length / PIECES);
    double[] times = new double[2 * Math.ceilDiv(panel.model.length, stride)];
    for (int i = 0; i < times.length; i++) {
      times[i] = (i / 2) * stride / samplesPerSecond;
    }
    if (panel.truth.length > 0) {
      Sheet.line(chart, "truth", times, extremes(panel.truth, stride), Sheet.GREY, 1);
    }
    Sheet.line(chart, "model", times, extremes(panel.model, stride), Sheet.BLUE, 1);
    return chart;
  }

  private static XYChart part(Panel panel, double samplesPerSecond, int from, int to) {
    XYChart chart = chart(panel, panel.title + ", close by");
    double[] times = new double[to - from];
    for (int i = 0; i < times.length; i++) {
      times[i] = (from + i) / samplesPerSecond;
    }
    if (panel.truth.length > 0) {
      double[] truth = Arrays.copyOfRange(panel.truth, from, to);
      Sheet.line(chart, "truth", times, truth, Sheet.GREY, 1.4f);
    }
    double[] model = Arrays.copyOfRange(panel.model, from, to);
    Sheet.line(chart, "model", times, model, Sheet.BLUE, 1.4f);
    if (panel.seen.length > 0) {
      double[] seen = Arrays.copyOfRange(panel.seen, from, to);
      if (Arrays.stream(seen).anyMatch(v -> !Double.isNaN(v))) {
        Sheet.line(chart, "given", times, seen, Sheet.VERMILION, 1.8f);
      }
    }
    return chart;
  }

  private static XYChart chart(Panel panel, String title) {
    XYChart chart = Sheet.chart(WIDTH, HEIGHT, title, "time (s)", "amplitude");
    chart.getStyler().setXAxisDecimalPattern("0.0##").setYAxisDecimalPattern("0.0#");
    chart.getStyler().setXAxisTickMarkSpacingHint(80);
    Sheet.fitUpright(chart, List.of(panel.truth, panel.model));
    return chart;
  }

  /** The least and the greatest value of each piece, one after the other. */
  private static double[] extremes(double[] values, int stride) {
    double[] extremes = new double[2 * Math.ceilDiv(values.length, stride)];
    for (int piece = 0; piece < extremes.length / 2; piece++) {
      int from = piece * stride;
      int to = Math.min(values.length, from + stride);
      extremes[2 * piece] = Arrays.stream(values, from, to).min().orElse(0);
      extremes[2 * piece + 1] = Arrays.stream(values, from, to).max().orElse(0);
    }
    return extremes;
  }
}
