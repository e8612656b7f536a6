package girsanov.models.training;

import girsanov.tensor.Precision;
import girsanov.tensor.Warmup;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The warm-up of the kernels, once in a process for each precision, on a thread of its own: what a
 * trainer does first, tracing and compiling, leaves a core free.
 */
final class Warming {
  private static final Map<Precision, Thread> THREADS = new EnumMap<>(Precision.class);

  private Warming() {}

  /** Begins, unless that has been done, and returns at once. */
  static synchronized void begin(Precision precision) {
    THREADS.computeIfAbsent(
        precision,
        p -> Thread.ofPlatform().daemon().name("warm-up " + p).start(() -> Warmup.run(p)));
  }

  /** Waits until what was begun has ended: a few seconds at most. */
  static void await(Precision precision) {
    Thread thread = thread(precision);
    boolean interrupted = false;
    while (thread != null && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static synchronized @Nullable Thread thread(Precision precision) {
    return THREADS.get(precision);
  }
}
