package girsanov.cli.runs;

import girsanov.cli.settings.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads a {@link MetricsFile} back. */
public final class MetricsTable {
  private MetricsTable() {}

  /** The values of each column; NaN where there is none. */
  public static SequencedMap<String, double[]> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw UserException.failure("cannot read " + file + ": " + RunFolder.reason(e), e);
    }
    String[] names = lines.isEmpty() ? new String[0] : lines.getFirst().split(",", -1);
    var columns = new LinkedHashMap<String, double[]>();
    for (String name : names) {
      columns.put(name, new double[lines.size() - 1]);
    }
    for (int row = 1; row < lines.size(); row++) {
      String[] cells = lines.get(row).split(",", -1);
      int column = 0;
      for (double[] values : columns.values()) {
        String cell = column < cells.length ? cells[column] : "";
        values[row - 1] = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        column++;
      }
    }
    return columns;
  }
}
