package girsanov.cli.runs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a request to end from the system: what runs is asked to stop, and the process waits
 * for it to put its things in order. The exit code is then the usual one, 128 + the signal's
 * number: 130 for Ctrl-C.
 */
public final class Interruption implements AutoCloseable {
  private static final long LONGEST_WAIT_SECONDS = 120;

  private final CountDownLatch inOrder = new CountDownLatch(1);
  private final Runnable stop;
  private final Thread hook;
  private volatile boolean requested;

  /** Listens until closed. */
  public Interruption(Runnable stop) {
    this.stop = stop;
    hook = new Thread(this::request, "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  public boolean requested() {
    return requested;
  }

  @Override
  public void close() {
    inOrder.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already.
    }
  }

  private void request() {
    requested = true;
    stop.run();
    try {
      boolean _ = inOrder.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
