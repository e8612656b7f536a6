package girsanov.cli.reproduce;

import girsanov.cli.experiment.Experiment;
import girsanov.cli.runs.Json;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.settings.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;

/** Settings that must be those of an earlier run. */
final class SameSettings {
  private SameSettings() {}

  /**
   * Compares settings with those in a file.
   *
   * @return all that the file has
   * @throws UserException naming the first that differs
   */
  static SequencedMap<String, String> require(Path file, Map<String, Object> settings) {
    return require(file, settings, Map.of());
  }

  /**
   * Likewise.
   *
   * @param added what the file's settings are where it does not have them: {@link Experiment#added}
   */
  static SequencedMap<String, String> require(
      Path file, Map<String, Object> settings, Map<String, String> added) {
    SequencedMap<String, String> begun;
    try {
      begun = Json.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw UserException.failure(
          file + ": expected the settings of a study: " + RunFolder.reason(e), e);
    }
    settings.forEach(
        (key, value) -> {
          String before = begun.getOrDefault(key, added.getOrDefault(key, "none"));
          if (!before.equals(value.toString())) {
            throw UserException.failure(
                file
                    + ": expected a study with "
                    + key
                    + " = "
                    + value
                    + ", found one with "
                    + before
                    + "; give the options it was begun with, or choose another --out");
          }
        });
    return begun;
  }
}
