package girsanov.cli.runs;

/**
 * What is said on Ctrl-C, or on a request to end from the system, where nothing needs to be put in
 * order: the process then ends at once, with the usual exit code. For what does, see {@link
 * Interruption}.
 */
public final class LastWords implements AutoCloseable {
  private final Thread hook;

  /** Listens until closed. */
  public LastWords(Terminal terminal, String words) {
    hook = new Thread(() -> terminal.println(words), "last words");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already.
    }
  }
}
