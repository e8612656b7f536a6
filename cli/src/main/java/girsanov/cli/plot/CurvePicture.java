package girsanov.cli.plot;

import java.awt.Color;
import java.util.List;
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
    return Sheet.png(title, panels.stream().map(CurvePicture::chart).toList(), columns);
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
    style.setXAxisDecimalPattern("0.###").setYAxisDecimalPattern("#,##0.####");
    style.setLegendPosition(LegendPosition.OutsideE).setLegendLayout(LegendLayout.Vertical);
    style.setMarkerSize(6).setPlotContentSize(0.95);
    return chart;
  }
}
