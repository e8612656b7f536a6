package girsanov.cli.plot;

import girsanov.tensor.FloatTensor;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Piano rolls: time to the right, pitch upwards, the darker the more a model expects a note. Frames
 * that a model was given are marked above the roll.
 */
public final class RollPicture {
  private static final int LEFT = 46;
  private static final int RIGHT = 24;
  private static final int ABOVE = 34;
  private static final int BELOW = 34;
  private static final int ROW = 3;

  /** Of the key below all panels, and of the shades in it. */
  private static final int KEY = 18;

  private static final int BAR = 120;

  private static final int OCTAVE = 12;
  private static final double TICK_SECONDS = 10;

  private final int width;
  private final int low;
  private final int high;
  private final double framesPerSecond;

  private RollPicture(int width, int low, int high, double framesPerSecond) {
    this.width = width;
    this.low = low;
    this.high = high;
    this.framesPerSecond = framesPerSecond;
  }

  /**
   * One roll.
   *
   * @param values from 0 to 1, {@code [frame, pitch]}
   * @param seen the frames that a model was given; none for data, or what is drawn from nothing
   */
  public record Panel(String title, FloatTensor values, boolean[] seen) {
    int frames() {
      return values.shape().dim(0);
    }

    /** Whether there is more in it than notes and none, which need no key. */
    boolean uncertain() {
      return Arrays.stream(values.toArray()).anyMatch(value -> value > 0 && value < 1);
    }

    double at(int frame, int pitch) {
      return values.at(frame * values.shape().dim(1) + pitch);
    }
  }

  /**
   * The picture.
   *
   * @param panels row by row, with as many frames each
   * @param columns panels in a row
   */
  public static byte[] png(String title, double framesPerSecond, List<Panel> panels, int columns) {
    int frames = panels.getFirst().frames();
    int[] pitches = pitches(panels);
    int cell = Math.max(1, 960 / columns / frames);
    var roll = new RollPicture(cell * frames, pitches[0], pitches[1], framesPerSecond);
    int width = LEFT + roll.width + RIGHT;
    int height = ABOVE + ROW * (pitches[1] - pitches[0]) + BELOW;
    int rows = Math.ceilDiv(panels.size(), columns);
    boolean given = panels.stream().anyMatch(panel -> panel.seen.length > 0);
    boolean keyed = given || panels.stream().anyMatch(Panel::uncertain);
    return Sheet.page(
        title,
        columns * width,
        rows * height + (keyed ? KEY : 0),
        page -> {
          for (int i = 0; i < panels.size(); i++) {
            var part =
                (Graphics2D) page.create(i % columns * width, i / columns * height, width, height);
            roll.draw(part, panels.get(i), cell);
            part.dispose();
          }
          page.translate(LEFT, rows * height);
          if (keyed) {
            key(page, given);
          }
        });
  }

  /** What the colours say. */
  private static void key(Graphics2D page, boolean given) {
    page.setFont(Sheet.font(Font.PLAIN, 11));
    String title = "probability of a note: 0";
    int bar = page.getFontMetrics().stringWidth(title) + 6;
    page.setColor(Sheet.INK);
    page.drawString(title, 0, 12);
    page.drawString("1", bar + BAR + 6, 12);
    for (int x = 0; x < BAR; x++) {
      page.setColor(shade((x + 0.5) / BAR));
      page.fillRect(bar + x, 3, 1, 10);
    }
    page.setColor(Sheet.GREY);
    page.drawRect(bar, 3, BAR, 10);
    if (given) {
      int mark = bar + BAR + 44;
      page.setColor(Sheet.VERMILION);
      page.fillRect(mark, 6, 12, 4);
      page.setColor(Sheet.INK);
      page.drawString("frame that the model was given", mark + 18, 12);
    }
  }

  /** From a C below the lowest note to one above the highest, of the data if there are any. */
  private static int[] pitches(List<Panel> all) {
    List<Panel> data = all.stream().filter(panel -> panel.seen.length == 0).toList();
    List<Panel> panels = data.isEmpty() ? all : data;
    int low = Integer.MAX_VALUE;
    int high = 0;
    for (Panel panel : panels) {
      for (int frame = 0; frame < panel.frames(); frame++) {
        for (int pitch = 0; pitch < panel.values.shape().dim(1); pitch++) {
          if (panel.at(frame, pitch) >= 0.5) {
            low = Math.min(low, pitch);
            high = Math.max(high, pitch);
          }
        }
      }
    }
    int dim = panels.getFirst().values.shape().dim(1);
    if (low > high) {
      return new int[] {0, dim};
    }
    return new int[] {low / OCTAVE * OCTAVE, Math.min(dim, (high / OCTAVE + 1) * OCTAVE)};
  }

  private void draw(Graphics2D page, Panel panel, int cell) {
    page.setFont(Sheet.font(Font.BOLD, 12));
    page.setColor(Sheet.INK);
    page.drawString(panel.title, LEFT, 14);
    int top = ABOVE;
    int bottom = ABOVE + ROW * (high - low);
    page.setFont(Sheet.font(Font.PLAIN, 10));
    for (int pitch = low; pitch < high; pitch += OCTAVE) {
      int y = bottom - ROW * (pitch - low);
      page.setColor(Sheet.FAINT);
      page.drawLine(LEFT, y, LEFT + width, y);
      page.setColor(Sheet.INK);
      page.drawString("C" + (pitch / OCTAVE - 1), 18, y + 1);
    }
    for (int frame = 0; frame < panel.frames(); frame++) {
      for (int pitch = low; pitch < high; pitch++) {
        double value = Math.clamp(panel.at(frame, pitch), 0, 1);
        if (value > 0.02) {
          page.setColor(shade(value));
          page.fillRect(LEFT + cell * frame, bottom - ROW * (pitch + 1 - low), cell, ROW);
        }
      }
      if (frame < panel.seen.length && panel.seen[frame]) {
        page.setColor(Sheet.VERMILION);
        page.fillRect(LEFT + cell * frame, top - 6, cell, 4);
      }
    }
    page.setColor(Sheet.GREY);
    page.drawRect(LEFT, top, width, bottom - top);
    times(page, panel.frames(), cell, bottom);
  }

  private void times(Graphics2D page, int frames, int cell, int bottom) {
    double seconds = frames / framesPerSecond;
    double step = seconds > 2 * TICK_SECONDS ? TICK_SECONDS : seconds / 4;
    for (int tick = 0; tick * step <= seconds; tick++) {
      int x = LEFT + (int) Math.round(tick * step * framesPerSecond * cell);
      page.setColor(Sheet.GREY);
      page.drawLine(x, bottom, x, bottom + 4);
      page.setColor(Sheet.INK);
      String format = step == Math.rint(step) ? "%.0f s" : "%.2f s";
      page.drawString(String.format(Locale.ROOT, format, tick * step), x - 8, bottom + 16);
    }
  }

  /** From white to blue. */
  private static Color shade(double value) {
    return new Color(
        (int) (255 - value * (255 - Sheet.BLUE.getRed())),
        (int) (255 - value * (255 - Sheet.BLUE.getGreen())),
        (int) (255 - value * (255 - Sheet.BLUE.getBlue())));
  }
}
