package girsanov.cli.runs;

import girsanov.cli.settings.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures by iteration, as comma-separated text whose first column is the iteration. Each row is in
 * the file as soon as it is known; of a row that does not fit on the disk nothing stays.
 */
public final class MetricsFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final int columns;

  private MetricsFile(Path file, FileChannel channel, int columns) {
    this.file = file;
    this.channel = channel;
    this.columns = columns;
  }

  /** A new file. */
  public static MetricsFile create(Path file, List<String> columns) {
    return open(file, List.of(String.join(",", columns)), columns.size());
  }

  /** The file of an earlier run up to, and without, the row of an iteration. */
  public static MetricsFile resume(Path file, List<String> columns, long iteration) {
    var kept = new ArrayList<String>();
    kept.add(String.join(",", columns));
    if (Files.exists(file)) {
      for (String line : lines(file)) {
        int comma = line.indexOf(',');
        boolean row = comma > 0 && Character.isDigit(line.charAt(0));
        if (row && Long.parseLong(line.substring(0, comma)) < iteration) {
          kept.add(line);
        }
      }
    }
    return open(file, kept, columns.size());
  }

  /** A row; NaN for what this iteration has not. */
  public void row(long iteration, double... values) {
    if (values.length != columns - 1) {
      throw new IllegalArgumentException(
          "expected " + (columns - 1) + " values after the iteration, got " + values.length);
    }
    var line = new StringBuilder().append(iteration);
    for (double value : values) {
      line.append(',');
      if (!Double.isNaN(value)) {
        line.append(value);
      }
    }
    append(line.append('\n').toString());
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw RunFolder.cannotWrite(file, e);
    }
  }

  private void append(String text) {
    try {
      long before = channel.position();
      try {
        for (var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            bytes.hasRemaining(); ) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        channel.truncate(before);
        throw e;
      }
    } catch (IOException e) {
      throw RunFolder.cannotWrite(file, e);
    }
  }

  private static MetricsFile open(Path file, List<String> lines, int columns) {
    try {
      var channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      var metrics = new MetricsFile(file, channel, columns);
      metrics.append(String.join("\n", lines) + "\n");
      return metrics;
    } catch (IOException e) {
      throw RunFolder.cannotWrite(file, e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw UserException.failure("cannot read " + file + ": " + RunFolder.reason(e), e);
    }
  }
}
