package girsanov.cli.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
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
   * @param dashed further values of some of the systems, in the same colours and not in the legend
   */
  public record Panel(
      String title,
      String xTitle,
      String yTitle,
      double[] x,
      SequencedMap<String, double[]> curves,
      SequencedMap<String, double[]> dashed) {

    /** A figure of one curve a system. */
    public Panel(
        String title,
        String xTitle,
        String yTitle,
        double[] x,
        SequencedMap<String, double[]> curves) {
      this(title, xTitle, yTitle, x, curves, new LinkedHashMap<>());
    }
  }

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

  private static void look(XYSeries series, Color color, Marker marker) {
    series.setLineStyle(SeriesLines.SOLID).setLineColor(color).setLineWidth(1.6f);
    series.setMarker(marker).setMarkerColor(color);
  }

  private static XYChart chart(Panel panel) {
    XYChart chart = Sheet.chart(WIDTH, HEIGHT, panel.title, panel.xTitle, panel.yTitle);
    var names = new LinkedHashSet<>(panel.curves.keySet());
    names.addAll(panel.dashed.keySet());
    int next = 0;
    for (String name : names) {
      Color color = COLORS[next % COLORS.length];
      Marker marker = MARKERS[next % MARKERS.length];
      double[] solid = panel.curves.get(name);
      if (solid != null) {
        look(chart.addSeries(name, panel.x, solid), color, marker);
      }
      double[] dashes = panel.dashed.get(name);
      if (dashes != null) {
        XYSeries second = chart.addSeries(name + ", dashed", panel.x, dashes);
        look(second, color, marker);
        second.setLineStyle(SeriesLines.DASH_DASH).setShowInLegend(false);
      }
      next++;
    }
    var all = new ArrayList<>(panel.curves.values());
    all.addAll(panel.dashed.values());
    Sheet.fitUpright(chart, all);
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
