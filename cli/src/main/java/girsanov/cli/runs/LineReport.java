package girsanov.cli.runs;

import java.io.PrintWriter;
import java.util.Locale;

/** Lines for a file or a pipe: the first step, each twentieth of the way, and twice a minute. */
public final class LineReport implements Report {
  private static final int LINES = 20;
  private static final double SECONDS_BETWEEN = 30;

  private final PrintWriter out;
  private final long start;
  private final long end;
  private long lastNanos = System.nanoTime();
  private long lastDone;
  private String validation = "";
  private long validated;

  /** Lines for steps {@code start} to {@code end}. */
  public LineReport(PrintWriter out, long start, long end) {
    this.out = out;
    this.start = start;
    this.end = end;
    lastDone = start;
  }

  @Override
  public void step(long done, double loss) {
    long now = System.nanoTime();
    double elapsed = (now - lastNanos) * 1e-9;
    boolean milestone = done * LINES / end > (done - 1) * LINES / end;
    if (!milestone && elapsed < SECONDS_BETWEEN && done != start + 1) {
      return;
    }
    double each = elapsed / (done - lastDone);
    lastNanos = now;
    lastDone = done;
    int digits = Long.toString(end).length();
    String line =
        String.format(
            Locale.ROOT, "iteration %" + digits + "d / %d   loss %10.4g", done, end, loss);
    if (!validation.isEmpty()) {
      line += "   " + validation + (validated == done ? "" : " at " + validated);
      validation = "";
    }
    if (done > start + 1 && done < end) {
      double left = each * (end - done);
      line += "   " + duration(each) + " a step";
      line += left < 1 ? "" : ", " + duration(left) + " left";
    }
    note(line);
  }

  @Override
  public void validated(long done, double figure, boolean best) {
    validated = done;
    validation = validation(figure, best);
  }

  /** As it stands after a loss. */
  static String validation(double figure, boolean best) {
    return String.format(Locale.ROOT, "validation %.4g%s", figure, best ? " (best)" : "");
  }

  @Override
  public void note(String sentence) {
    out.println(sentence);
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }

  /** Seconds as people say them. */
  public static String duration(double seconds) {
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.0f ms", 1e3 * seconds);
    } else if (seconds < 90) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    double hours = seconds / 3600;
    return hours < 3
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : hours < 72
            ? String.format(Locale.ROOT, "%.0f hours", hours)
            : String.format(Locale.ROOT, "%.0f days", hours / 24);
  }
}
