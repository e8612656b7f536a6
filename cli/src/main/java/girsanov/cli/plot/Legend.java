package girsanov.cli.plot;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;

/**
 * What the series of a chart are, in lines below it. The library sets each entry by the height of
 * its own letters and sign; here all of a line stand on one.
 */
final class Legend {
  static final int LINE = 18;

  private static final int SIGN = 18;
  private static final int GAP = 5;
  private static final int BETWEEN = 14;
  private static final Font FONT = Sheet.font(Font.PLAIN, 11);
  private static final FontRenderContext TEXT = new FontRenderContext(null, true, true);

  private final int width;
  private final List<List<XYSeries>> lines = new ArrayList<>();

  /** The legend of some series below a chart of a width, in as few lines as it takes. */
  Legend(Collection<XYSeries> all, int width) {
    this.width = width;
    int free = 0;
    for (XYSeries series : all) {
      if (!series.isShowInLegend()) {
        continue;
      }
      int needed = width(series) + BETWEEN;
      if (lines.isEmpty() || needed > free) {
        lines.add(new ArrayList<>());
        free = width;
      }
      lines.getLast().add(series);
      free -= needed;
    }
  }

  int height() {
    return LINE * lines.size();
  }

  /** Draws it from (0, 0) down. */
  void draw(Graphics2D page, int markerSize) {
    page.setFont(FONT);
    for (int line = 0; line < lines.size(); line++) {
      int whole = lines.get(line).stream().mapToInt(series -> width(series) + BETWEEN).sum();
      int x = (width - whole + BETWEEN) / 2;
      int middle = line * LINE + LINE / 2;
      for (XYSeries series : lines.get(line)) {
        sign(page, series, x, middle, markerSize);
        page.setColor(Sheet.INK);
        page.drawString(series.getLabel(), x + SIGN + GAP, middle + 4);
        x += width(series) + BETWEEN;
      }
    }
  }

  private static void sign(Graphics2D page, XYSeries series, int x, int middle, int markerSize) {
    if (series.getXYSeriesRenderStyle() == XYSeriesRenderStyle.PolygonArea) {
      page.setColor(series.getFillColor());
      page.fillRect(x, middle - 5, SIGN, 10);
      return;
    }
    if (series.getXYSeriesRenderStyle() != XYSeriesRenderStyle.Scatter) {
      page.setColor(series.getLineColor());
      page.setStroke(new BasicStroke(Math.max(1.2f, series.getLineWidth())));
      page.drawLine(x, middle, x + SIGN, middle);
    }
    if (series.getMarkerColor() != null) {
      page.setColor(series.getMarkerColor());
      series.getMarker().paint(page, x + SIGN / 2.0, middle, markerSize);
    }
  }

  private static int width(XYSeries series) {
    return SIGN + GAP + (int) Math.ceil(FONT.getStringBounds(series.getLabel(), TEXT).getWidth());
  }
}
