package girsanov.models.data;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.Iterator;
import java.util.List;

/**
 * Reads sequences of equal length from comma-separated text: a header {@code seq,trial,frame,…} and
 * one row for each frame, in order. Every way in which a file can be wrong ends in a message with
 * the file, the line, what was expected and what was found.
 *
 * @param file the name for messages
 * @param sequences how many there must be
 * @param frames of each sequence
 * @param names of the values of a frame, as in the header
 */
record SequenceTable(String file, int sequences, int frames, List<String> names) {
  private static final List<String> KEYS = List.of("seq", "trial", "frame");

  /** Values {@code [sequence, frame, name]}. */
  DoubleTensor parse(String text) {
    Iterator<String> lines = text.lines().iterator();
    checkHeader(lines.hasNext() ? lines.next() : "");
    DoubleTensor values = DoubleTensor.zeros(Shape.of(sequences, frames, names.size()));
    int rows = 0;
    while (lines.hasNext()) {
      if (rows == sequences * frames) {
        throw wrong(rows + 2, "the end of the file after " + rows + " rows", "another row");
      }
      parse(lines.next(), rows++, values);
    }
    if (rows < sequences * frames) {
      throw new DataException(
          file
              + ": expected "
              + sequences * frames
              + " rows ("
              + sequences
              + " sequences of "
              + frames
              + " frames), found "
              + rows
              + "; the file is cut short");
    }
    return values;
  }

  private void parse(String line, int row, DoubleTensor values) {
    String[] cells = line.split(",", -1);
    int columns = KEYS.size() + names.size();
    if (cells.length != columns) {
      throw wrong(row + 2, columns + " columns", cells.length + "");
    }
    if (!cells[0].equals("" + row / frames) || !cells[2].equals("" + row % frames)) {
      throw wrong(
          row + 2,
          "frame " + row % frames + " of sequence " + row / frames,
          "frame " + cells[2] + " of sequence " + cells[0]);
    }
    for (int k = 0; k < names.size(); k++) {
      String cell = cells[KEYS.size() + k];
      double value = number(cell);
      if (!Double.isFinite(value)) {
        throw wrong(row + 2, "a finite number in column " + names.get(k), "'" + cell + "'");
      }
      values.put(row * names.size() + k, value);
    }
  }

  /** The number, or NaN for what is none. */
  private static double number(String cell) {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  private void checkHeader(String line) {
    List<String> header = List.of(line.split(",", -1));
    if (header.size() != KEYS.size() + names.size()) {
      throw wrong(1, KEYS.size() + names.size() + " columns", header.size() + "");
    }
    for (int k = 0; k < header.size(); k++) {
      String name = k < KEYS.size() ? KEYS.get(k) : names.get(k - KEYS.size());
      if (!header.get(k).equals(name)) {
        throw wrong(1, "'" + name + "' as column " + k, "'" + header.get(k) + "'");
      }
    }
  }

  private DataException wrong(int line, String expected, String found) {
    return new DataException(
        file + ", line " + line + ": expected " + expected + ", found " + found);
  }
}
