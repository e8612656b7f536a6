package girsanov.cli.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts in rows under one title, and the look that all of them share. */
final class Sheet {
  /** Colours that people with any colour vision tell apart (Okabe and Ito 2008). */
  static final Color BLUE = new Color(0x0072B2);

  static final Color VERMILION = new Color(0xD55E00);
  static final Color GREEN = new Color(0x009E73);
  static final Color PURPLE = new Color(0xCC79A7);
  static final Color ORANGE = new Color(0xE69F00);
  static final Color INK = new Color(0x222222);
  static final Color GREY = new Color(0x8A8A8A);
  static final Color FAINT = new Color(0xDDDDDD);
  static final Color CLEAR = new Color(0, 0, 0, 0);

  private static final int PIXELS = 2;
  private static final int MARGIN = 16;
  private static final int TITLE = 50;

  /** Above each chart, for its title. */
  private static final int HEADING = 22;

  /** Below each chart and its legend. */
  private static final int FOOT = 10;

  private Sheet() {}

  /** An empty chart with titled axes. */
  static XYChart chart(int width, int height, String title, String x, String y) {
    var chart = new XYChart(width, height, ChartTheme.XChart);
    chart.setTitle(title);
    chart.setXAxisTitle(x);
    chart.setYAxisTitle(y);
    var style = chart.getStyler();
    // Sheets draw titles themselves: the library gives each the height of its own letters, and
    // plots side by side would start at different heights.
    style.setChartTitleVisible(false);
    style.setChartBackgroundColor(Color.WHITE).setChartFontColor(INK).setChartPadding(6);
    style.setLegendFont(font(Font.PLAIN, 11)).setLegendBorderColor(CLEAR);
    style.setLegendBackgroundColor(CLEAR);
    style.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
    style.setLegendSeriesLineLength(18);
    style.setAxisTitleFont(font(Font.PLAIN, 12)).setAxisTickLabelsFont(font(Font.PLAIN, 11));
    style.setPlotBackgroundColor(Color.WHITE).setPlotBorderVisible(false);
    style.setPlotGridLinesColor(FAINT).setPlotGridLinesStroke(new BasicStroke(0.6f));
    style.setAxisTitlePadding(8).setPlotMargin(0).setPlotContentSize(1);
    style.setMarkerSize(0);
    return chart;
  }

  /**
   * Sets the upright axis to the range of finite values and a little more. Values that are all as
   * good as one have no range, in which the library would look for marks for ever.
   */
  static void fitUpright(XYChart chart, Iterable<double[]> curves) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] curve : curves) {
      for (double value : curve) {
        low = Double.isFinite(value) ? Math.min(low, value) : low;
        high = Double.isFinite(value) ? Math.max(high, value) : high;
      }
    }
    double size = Math.max(Math.abs(low), Math.abs(high));
    double flat = size == 0 || size == Double.POSITIVE_INFINITY ? 1 : 0.01 * size;
    double pad = Math.max(0.05 * (high - low), flat);
    boolean none = low > high;
    chart.getStyler().setYAxisMin(none ? 0 : low - pad).setYAxisMax(none ? 1 : high + pad);
  }

  /** A plain line. */
  static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color color, float width) {
    XYSeries series = chart.addSeries(name, withSecond(x), withSecond(y));
    series.setMarker(SeriesMarkers.NONE).setLineColor(color).setLineWidth(width);
    series.setLineStyle(SeriesLines.SOLID);
    return series;
  }

  /**
   * The values with one more between the first two: over evenly spaced points the library marks the
   * axis at some of them, and not at round numbers.
   */
  private static double[] withSecond(double[] values) {
    double[] longer = new double[values.length + 1];
    longer[0] = values[0];
    longer[1] = values[0] + 0.3 * (values[Math.min(1, values.length - 1)] - values[0]);
    System.arraycopy(values, 1, longer, 2, values.length - 1);
    return longer;
  }

  static Color translucent(Color color, int alpha) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
  }

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /** The picture of charts of one size. */
  static byte[] png(String title, List<XYChart> charts, int columns) {
    return png(title, charts, columns, (_, _) -> {});
  }

  /** Draws more on a chart that has been painted. */
  @FunctionalInterface
  interface Addition {
    void draw(int chart, Graphics2D cell);
  }

  /** The picture of charts of one size, in columns unless they are fewer. */
  static byte[] png(String title, List<XYChart> charts, int most, Addition addition) {
    int columns = Math.min(most, charts.size());
    int width = charts.getFirst().getWidth();
    int height = charts.getFirst().getHeight();
    int rows = Math.ceilDiv(charts.size(), columns);
    List<Legend> legends = charts.stream().map(chart -> legend(chart, width)).toList();
    int below = FOOT + legends.stream().mapToInt(Legend::height).max().orElse(0);
    return page(
        title,
        columns * width,
        rows * height,
        page -> {
          for (int i = 0; i < charts.size(); i++) {
            var cell =
                (Graphics2D) page.create(i % columns * width, i / columns * height, width, height);
            cell.setColor(INK);
            cell.setFont(font(Font.BOLD, 13));
            String name = charts.get(i).getTitle();
            cell.drawString(name, (width - cell.getFontMetrics().stringWidth(name)) / 2, 16);
            int room = height - HEADING - below;
            var chart = (Graphics2D) cell.create(0, HEADING, width, room);
            charts.get(i).paint(chart, width, room);
            addition.draw(i, chart);
            chart.dispose();
            cell.translate(0, height - below);
            legends.get(i).draw(cell, charts.get(i).getStyler().getMarkerSize());
            cell.dispose();
          }
        });
  }

  /** The legend of a chart that has it below: in its place the library draws none. */
  private static Legend legend(XYChart chart, int width) {
    var style = chart.getStyler();
    boolean below = style.isLegendVisible() && style.getLegendPosition() == LegendPosition.OutsideS;
    if (below) {
      style.setLegendVisible(false);
    }
    return new Legend(below ? chart.getSeriesMap().values() : List.of(), width);
  }

  /**
   * A picture with a title, at two pixels a point.
   *
   * @param width of what is drawn below the title, in points
   * @param height likewise
   * @param drawing where its upper left corner is (0, 0)
   */
  static byte[] page(String title, int width, int height, Consumer<Graphics2D> drawing) {
    var image =
        new BufferedImage(
            PIXELS * (width + 2 * MARGIN),
            PIXELS * (height + TITLE + MARGIN),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D page = image.createGraphics();
    page.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    page.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    page.scale(PIXELS, PIXELS);
    page.setColor(Color.WHITE);
    page.fillRect(0, 0, image.getWidth(), image.getHeight());
    page.setColor(INK);
    page.setFont(font(Font.BOLD, 16));
    page.drawString(title, MARGIN + 8, 32);
    var body = (Graphics2D) page.create(MARGIN, TITLE, width, height);
    drawing.accept(body);
    body.dispose();
    page.dispose();
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
