package girsanov.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import girsanov.autodiff.ExampleGraphs;
import girsanov.tensor.Precision;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Running a program allocates nothing: a vector that escapes its method would show here. */
class AllocationTest {
  /** Until the kernels are compiled vectors are objects; on a busy machine that takes a while. */
  private static final long WARM_UP_LIMIT = 120_000_000_000L;

  private static final int RUNS = 1000;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void runAllocatesNothing(Precision precision) {
    var example =
        ExampleGraphs.all().stream()
            .filter(e -> e.name().startsWith("gradient of gru"))
            .findFirst()
            .orElseThrow();
    Program.Execution execution = Program.compile(example.graph(), precision).newExecution();
    for (int i = 0; i < example.inputs().size(); i++) {
      execution.input(i).copyFrom(example.inputs().get(i));
    }
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    long allocated;
    do {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < RUNS; i++) {
        execution.run();
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    } while (allocated > 0 && System.nanoTime() - start < WARM_UP_LIMIT);
    assertEquals(0, allocated, "bytes allocated by " + RUNS + " runs");
  }
}
