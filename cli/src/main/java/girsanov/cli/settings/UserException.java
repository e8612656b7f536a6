package girsanov.cli.settings;

/**
 * Something that the user can put right. The message is one line: expected, got, what to do; it is
 * printed without a stack trace.
 */
public final class UserException extends RuntimeException {
  private final int exitCode;

  private UserException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  private UserException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The command line cannot be understood: exit code 2. */
  public static UserException usage(String message) {
    return new UserException(2, message);
  }

  /** The command was understood and failed: exit code 1. */
  public static UserException failure(String message) {
    return new UserException(1, message);
  }

  /** Likewise, with what caused it. */
  public static UserException failure(String message, Throwable cause) {
    return new UserException(1, message, cause);
  }

  public int exitCode() {
    return exitCode;
  }
}
