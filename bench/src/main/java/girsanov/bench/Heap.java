package girsanov.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What JMH prints beside the time: the bytes that this thread allocated, of the last call. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Heap {
  public long bytesPerCall;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long before;

  void begin() {
    before = threads.getCurrentThreadAllocatedBytes();
  }

  /** After so many calls. */
  void end(int calls) {
    bytesPerCall = (threads.getCurrentThreadAllocatedBytes() - before) / calls;
  }
}
