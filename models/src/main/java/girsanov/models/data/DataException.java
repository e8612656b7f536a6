package girsanov.models.data;

/**
 * A data file that cannot be used; the message says which, what was expected, and what was found.
 */
public final class DataException extends RuntimeException {
  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
