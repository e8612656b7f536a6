package girsanov.cli.runs;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is drawn over itself in the last line of a terminal. */
public final class BarReport implements Report {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter terminal;
  private final ProgressBar bar;
  private String validation = "";

  /**
   * A bar for steps {@code start} to {@code end}.
   *
   * @param columns the terminal's width
   */
  public BarReport(PrintWriter terminal, int columns, String task, long start, long end) {
    this.terminal = terminal;
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(end)
            .startsFrom(start, Duration.ZERO)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(200)
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, columns - 1))
            .build();
  }

  @Override
  public void step(long done, double loss) {
    bar.stepTo(done);
    bar.setExtraMessage(String.format(Locale.ROOT, "loss %.4g", loss) + validation);
  }

  @Override
  public void validated(long done, double figure, boolean best) {
    validation = "   " + LineReport.validation(figure, best);
  }

  @Override
  public void note(String sentence) {
    synchronized (terminal) {
      terminal.print(CLEAR_LINE + sentence + "\n");
      terminal.flush();
    }
    bar.refresh();
  }

  @Override
  public void close() {
    bar.close();
    terminal.println();
    terminal.flush();
  }

  private void draw(String line) {
    synchronized (terminal) {
      terminal.print("\r" + line);
      terminal.flush();
    }
  }
}
