package girsanov.readers;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import girsanov.models.data.DataException;
import girsanov.models.data.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A list in a folder that says what each file is for: {@code files.csv} or {@code utterances.csv},
 * with the columns {@code file}, a path inside the folder, and {@code split}, one of train, valid
 * and test. A column {@code source} may name the song or speaker; where it is empty, {@link
 * Sources} does. Other columns are ignored. A file of that name without these columns, or without
 * rows, is refused: were it ignored, a misspelt title would deal the files out at random.
 *
 * @param title the list's file name
 * @param rows by file, in order
 */
record Listing(String title, Map<String, Row> rows) {
  private static final List<String> TITLES = List.of("files.csv", "utterances.csv");

  private static final List<String> COLUMNS = List.of("file", "split");

  record Row(Part part, @Nullable String source) {}

  /** The list of a folder, where there is one. */
  static Optional<Listing> find(Path folder) {
    for (String title : TITLES) {
      Path file = folder.resolve(title);
      if (Files.isRegularFile(file)) {
        try {
          return Optional.of(
              parse(title, new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
        } catch (IOException e) {
          throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * @throws DataException if the columns are not there, no row is, or a row is malformed, names
   *     another part, or a file a second time
   */
  static Listing parse(String title, String text) {
    Map<String, Row> rows = new LinkedHashMap<>();
    try (var records = CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(text)) {
      for (NamedCsvRecord record : records) {
        if (!record.getHeader().containsAll(COLUMNS)) {
          throw unusable(title, "the columns " + String.join(", ", record.getHeader()));
        }
        String file = record.findField("file").orElse("").replace('\\', '/');
        String source = record.findField("source").filter(s -> !s.isBlank()).orElse(null);
        var row = new Row(part(title, record), source);
        if (rows.put(file, row) != null) {
          throw wrong(title, record, "each file once", file + " again");
        }
      }
    } catch (CsvParseException | UncheckedIOException e) {
      throw new DataException(title + ": expected comma-separated text: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("text in memory is read without input or output", e);
    }
    if (rows.isEmpty()) {
      throw unusable(title, "no row below its header");
    }
    return new Listing(title, rows);
  }

  private static Part part(String title, NamedCsvRecord record) {
    String split = record.findField("split").orElse("").strip();
    for (Part part : Part.values()) {
      if (part.name().toLowerCase(Locale.ROOT).equals(split)) {
        return part;
      }
    }
    throw wrong(title, record, "train, valid or test as split", "'" + split + "'");
  }

  private static DataException unusable(String title, String found) {
    return new DataException(
        "%s: expected the columns %s, separated by commas, and a row for each file, found %s; mend it, or give it another name to have files dealt out at random"
            .formatted(title, String.join(" and ", COLUMNS), found));
  }

  private static DataException wrong(
      String title, NamedCsvRecord record, String expected, String found) {
    return new DataException(
        "%s, line %d: expected %s, found %s"
            .formatted(title, record.getStartingLineNumber(), expected, found));
  }
}
