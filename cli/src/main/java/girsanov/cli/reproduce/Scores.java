package girsanov.cli.reproduce;

import girsanov.cli.runs.Json;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.settings.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The figures of a cell by their keys, as they are kept in its folder. */
record Scores(SequencedMap<String, Double> byKey) {
  static final String FILE = "scores.json";

  static final Scores NONE = new Scores(new LinkedHashMap<>());

  /** The figures of a model, some of which are whole numbers. */
  static Scores of(Map<String, Object> figures) {
    var numbers = new LinkedHashMap<String, Double>();
    figures.forEach(
        (key, value) -> {
          if (value instanceof Number number) {
            numbers.put(key, number.doubleValue());
          }
        });
    return new Scores(numbers);
  }

  /** Those of a folder, if it has any. */
  static Optional<Scores> read(RunFolder folder) {
    Path file = folder.file(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var numbers = new LinkedHashMap<String, Double>();
    try {
      for (var entry : Json.read(Files.readAllBytes(file)).entrySet()) {
        boolean none = entry.getValue().equals("null");
        numbers.put(entry.getKey(), none ? Double.NaN : Double.parseDouble(entry.getValue()));
      }
    } catch (IOException | NumberFormatException e) {
      throw UserException.failure(
          file + ": expected the scores of a cell; it is damaged: delete it to judge again", e);
    }
    return Optional.of(new Scores(numbers));
  }

  void write(RunFolder folder) {
    folder.write(FILE, Json.write(byKey));
  }

  /** Whether there is a figure, be it NaN. */
  boolean has(String key) {
    return byKey.containsKey(key);
  }

  /** A figure; NaN if there is none. */
  double get(String key) {
    return byKey.getOrDefault(key, Double.NaN);
  }

  /** A figure where a part of the frames was observed. */
  double at(double rate, String key) {
    return get(prefix(rate) + "." + key);
  }

  static String prefix(double rate) {
    return "at" + Cell.percent(rate);
  }
}
