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
 * and test. A column {@code source} may name the song or speaker. Other columns are ignored, and so
 * is a file of that name without these columns.
 *
 * @param title the list's file name
 * @param rows by file, in order
 */
record Listing(String title, Map<String, Row> rows) {
  private static final List<String> TITLES = List.of("files.csv", "utterances.csv");

  record Row(Part part, @Nullable String source) {}

  /** The list of a folder, where there is one. */
  static Optional<Listing> find(Path folder) {
    for (String title : TITLES) {
      Path file = folder.resolve(title);
      if (Files.isRegularFile(file)) {
        try {
          Optional<Listing> listing =
              parse(title, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
          if (listing.isPresent()) {
            return listing;
          }
        } catch (IOException e) {
          throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * @return nothing if the columns are not there
   * @throws DataException if a row is malformed, names another part, or a file a second time
   */
  static Optional<Listing> parse(String title, String text) {
    Map<String, Row> rows = new LinkedHashMap<>();
    try (var records = CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(text)) {
      for (NamedCsvRecord record : records) {
        if (!record.getHeader().containsAll(List.of("file", "split"))) {
          return Optional.empty();
        }
        String file = record.findField("file").orElse("").replace('\\', '/');
        var row = new Row(part(title, record), record.findField("source").orElse(null));
        if (rows.put(file, row) != null) {
          throw wrong(title, record, "each file once", file + " again");
        }
      }
    } catch (CsvParseException | UncheckedIOException e) {
      throw new DataException(title + ": expected comma-separated text: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("text in memory is read without input or output", e);
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Listing(title, rows));
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

  private static DataException wrong(
      String title, NamedCsvRecord record, String expected, String found) {
    return new DataException(
        "%s, line %d: expected %s, found %s"
            .formatted(title, record.getStartingLineNumber(), expected, found));
  }
}
