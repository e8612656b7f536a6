package girsanov.readers;

/**
 * A file that was not read.
 *
 * @param file its path inside the folder
 * @param reason what was expected, what was found, and what helps
 */
public record Skipped(String file, String reason) {
  @Override
  public String toString() {
    return file + ": " + reason;
  }
}
