package girsanov.cli.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Figures of several systems over one quantity: a panel a figure, a curve a system. */
public final class CurvePicture {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 320;
  private static final Color[] COLORS = {
    Sheet.GREY, Sheet.INK, Sheet.BLUE, Sheet.GREEN, Sheet.VERMILION, Sheet.ORANGE, Sheet.PURPLE
  };
  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP
  };

  private static final int TICK = 4;

  /** The part of the panel that curves may fill. */
  private static final double FILLED = 0.95;

  private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ROOT);

  private CurvePicture() {}

  /**
   * One figure.
   *
   * @param x of all curves
   * @param curves values at each x by the name of the system
   */
  public record Panel(
      String title,
      String xTitle,
      String yTitle,
      double[] x,
      SequencedMap<String, double[]> curves) {}

  /** The picture. */
  public static byte[] png(String title, List<Panel> panels, int columns) {
    List<XYChart> charts = panels.stream().map(CurvePicture::chart).toList();
    return Sheet.png(
        title, charts, columns, (i, cell) -> mark(charts.get(i), panels.get(i).x, cell));
  }

  /** The library marks round numbers on the level axis; what was measured is at these. */
  private static void mark(XYChart chart, double[] x, Graphics2D cell) {
    var style = chart.getStyler();
    double low = chart.getScreenYFromChart(style.getYAxisMin());
    double high = chart.getScreenYFromChart(style.getYAxisMax());
    double first = chart.getScreenXFromChart(Arrays.stream(x).min().orElse(0));
    double last = chart.getScreenXFromChart(Arrays.stream(x).max().orElse(1));
    double margin = (1 - FILLED) / 2 / FILLED;
    int axis = (int) Math.round(low + margin * (low - high));
    int pad = (int) Math.round(margin * (last - first));
    cell.setFont(Sheet.font(Font.PLAIN, 11));
    cell.setColor(Sheet.GREY);
    cell.drawLine((int) first - pad, axis, (int) last + pad, axis);
    for (double value : x) {
      int at = (int) Math.round(chart.getScreenXFromChart(value));
      cell.setColor(Sheet.GREY);
      cell.drawLine(at, axis, at, axis + TICK);
      cell.setColor(Sheet.INK);
      String label = new DecimalFormat("0.###", SYMBOLS).format(value);
      int width = cell.getFontMetrics().stringWidth(label);
      cell.drawString(label, at - width / 2, axis + TICK + cell.getFontMetrics().getAscent() + 1);
    }
  }

  private static XYChart chart(Panel panel) {
    XYChart chart = Sheet.chart(WIDTH, HEIGHT, panel.title, panel.xTitle, panel.yTitle);
    int next = 0;
    for (var curve : panel.curves.entrySet()) {
      XYSeries series = chart.addSeries(curve.getKey(), panel.x, curve.getValue());
      series.setLineColor(COLORS[next % COLORS.length]).setLineWidth(1.6f);
      series.setMarker(MARKERS[next % MARKERS.length]).setMarkerColor(COLORS[next % COLORS.length]);
      next++;
    }
    Sheet.fitUpright(chart, panel.curves.values());
    var style = chart.getStyler();
    style.setYAxisDecimalPattern("#,##0.####");
    // Room is kept for the labels that are drawn in their place.
    style.setXAxisTickLabelsColor(Sheet.CLEAR).setXAxisTickMarksColor(Sheet.CLEAR);
    style.setPlotGridVerticalLinesVisible(false);
    style.setLegendPosition(LegendPosition.OutsideE).setLegendLayout(LegendLayout.Vertical);
    style.setMarkerSize(6).setPlotContentSize(FILLED);
    return chart;
  }
}
