package girsanov.bench.compare;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * Waits until helper threads have come to rest. Those of OpenMP and of BLAS libraries spin for up
 * to 200 ms after their last job, and would take a core from whoever comes next.
 */
final class Rest {
  private static final int WINDOW_MILLIS = 20;
  private static final int MOST_WINDOWS = 25;

  private Rest() {}

  static void untilQuiet() {
    Duration before = cpuTime();
    for (int i = 0; i < MOST_WINDOWS; i++) {
      try {
        Thread.sleep(WINDOW_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      Duration now = cpuTime();
      // The clock of processes has ticks of 10 ms.
      if (now.minus(before).toMillis() <= WINDOW_MILLIS / 2) {
        return;
      }
      before = now;
    }
  }

  /** Of this process and those it started. */
  private static Duration cpuTime() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.descendants())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
