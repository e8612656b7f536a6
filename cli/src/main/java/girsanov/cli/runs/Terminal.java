package girsanov.cli.runs;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reports. The launcher says in {@code -Dgirsanov.columns} how wide the terminal
 * is; without a terminal there is no such property, and progress is told in lines.
 *
 * @param out for what a user may want to keep
 */
public record Terminal(PrintWriter out) {

  /** A report of steps {@code start} to {@code end}. */
  public Report report(String task, long start, long end) {
    int columns = Integer.getInteger("girsanov.columns", 0);
    if (columns < 20) {
      return new LineReport(out, start, end);
    }
    var err = new FileOutputStream(FileDescriptor.err);
    var terminal = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), false);
    return new BarReport(terminal, columns, task, start, end);
  }

  public void println(String line) {
    out.println(line);
    out.flush();
  }
}
