package girsanov.cli.runs;

import girsanov.models.data.DataException;
import girsanov.models.data.TimeSeries;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences as comma-separated text: a header {@code sequence,time,…} with a column for each dim,
 * then a row for each time of sequence 1, of sequence 2, and so on, all at the same times. Draws
 * have a column {@code sample} before these.
 */
public final class SequenceFile {
  private static final int KEYS = 2;

  private SequenceFile() {}

  /**
   * Reads sequences of a user.
   *
   * @param names of the dims that are expected
   * @param units theirs
   * @throws DataException naming the line, what was expected and what was found
   */
  public static TimeSeries read(Path file, List<String> names, List<String> units) {
    String header = "sequence,time," + String.join(",", names);
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new DataException(
          file
              + ": expected comma-separated text with the header '"
              + header
              + "', found "
              + what(file),
          e);
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + RunFolder.reason(e), e);
    }
    String found = lines.isEmpty() ? "an empty file" : "'" + lines.getFirst() + "'";
    if (!found.equals("'" + header + "'")) {
      throw new DataException(file + ": expected the header '" + header + "', found " + found);
    }
    var rows = new ArrayList<double[]>();
    for (int line = 1; line < lines.size(); line++) {
      rows.add(numbers(file, line + 1, lines.get(line), KEYS + names.size()));
    }
    int length = length(file, rows);
    int sequences = rows.size() / length;
    double[] times = IntStream.range(0, length).mapToDouble(i -> rows.get(i)[1]).toArray();
    DoubleTensor values = DoubleTensor.zeros(Shape.of(sequences, length, names.size()));
    for (int row = 0; row < rows.size(); row++) {
      double[] numbers = rows.get(row);
      int sequence = row / length;
      if (numbers[0] != sequence + 1 || numbers[1] != times[row % length]) {
        throw new DataException(
            file
                + ", line "
                + (row + 2)
                + ": expected sequence "
                + (sequence + 1)
                + " at time "
                + times[row % length]
                + ", as all sequences have the same times, found sequence "
                + (long) numbers[0]
                + " at time "
                + numbers[1]);
      }
      for (int dim = 0; dim < names.size(); dim++) {
        values.put(row * names.size() + dim, numbers[KEYS + dim]);
      }
    }
    return new TimeSeries(times, values, names, units);
  }

  /**
   * Draws as text.
   *
   * @param draws {@code [sample, sequence, time, dim]}
   */
  public static byte[] write(double[] times, DoubleTensor draws, List<String> names) {
    Shape shape = draws.shape();
    var text = new StringBuilder("sample,sequence,time,").append(String.join(",", names));
    text.append('\n');
    int next = 0;
    for (int sample = 0; sample < shape.dim(0); sample++) {
      for (int sequence = 0; sequence < shape.dim(1); sequence++) {
        for (double time : times) {
          text.append(sample + 1).append(',').append(sequence + 1).append(',').append(time);
          for (int dim = 0; dim < names.size(); dim++) {
            text.append(',').append((float) draws.at(next++));
          }
          text.append('\n');
        }
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What a file is that is no text, by its first bytes. */
  private static String what(Path file) {
    byte[] first = {};
    try (var in = Files.newInputStream(file)) {
      first = in.readNBytes(4);
    } catch (IOException _) {
      // It has been read before, and is no text whatever it is.
    }
    return switch (new String(first, StandardCharsets.ISO_8859_1)) {
      case "MThd" -> "a MIDI file, which a model of music takes";
      case "RIFF" -> "a WAV file, which a model of speech takes";
      case "NIST" -> "a SPHERE file, which a model of speech takes";
      default -> "a file that is no text";
    };
  }

  /** The number of rows of sequence 1, of which the file must be a multiple. */
  private static int length(Path file, List<double[]> rows) {
    int length = (int) rows.stream().takeWhile(row -> row[0] == 1).count();
    if (length == 0 || rows.size() % length != 0) {
      throw new DataException(
          file
              + ": expected sequence 1 first and as many rows for each sequence, found "
              + length
              + " rows of sequence 1 among "
              + rows.size());
    }
    return length;
  }

  private static double[] numbers(Path file, int line, String text, int columns) {
    String[] cells = text.split(",", -1);
    String where = file + ", line " + line + ": expected ";
    if (cells.length != columns) {
      throw new DataException(where + columns + " columns, found " + cells.length);
    }
    double[] numbers = new double[columns];
    for (int i = 0; i < columns; i++) {
      try {
        numbers[i] = Double.parseDouble(cells[i]);
      } catch (NumberFormatException _) {
        numbers[i] = Double.NaN;
      }
      if (!Double.isFinite(numbers[i])) {
        throw new DataException(where + "a finite number, found '" + cells[i] + "'");
      }
    }
    return numbers;
  }
}
