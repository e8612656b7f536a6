package girsanov.bench.compare;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Whether what this thread runs is compiled yet. Until it is, each vector of a kernel is an object:
 * some gigabyte for each second that the thread really runs. That tells more than a time does,
 * which a busy machine makes long as well.
 */
final class Boxing {
  private static final double MOST_BYTES_PER_SECOND = 1e8;

  /** What asking for work, and this clock, may need. */
  private static final double MOST_BYTES = 1 << 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long bytes;
  private long nanos;

  void begin() {
    bytes = threads.getCurrentThreadAllocatedBytes();
    nanos = threads.getCurrentThreadCpuTime();
  }

  /** Whether vectors were objects since the beginning. */
  boolean wasSeen() {
    double allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
    double seconds = (threads.getCurrentThreadCpuTime() - nanos) * 1e-9;
    return allocated > Math.max(MOST_BYTES, MOST_BYTES_PER_SECOND * seconds);
  }
}
