package girsanov.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Once compiled, no kernel allocates: a vector that the JIT boxes would show here. */
class FloatAllocationTest {
  private static final int CALLS = 2000;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void products() {
    check(FloatWarmup.products());
  }

  @Test
  void common() {
    check(FloatWarmup.common());
  }

  @Test
  void rare() {
    check(FloatWarmup.rare());
  }

  /** Bias and every activation, on whole vectors and on a rest. */
  @Test
  void whatFollowsProducts() {
    var calls = new ArrayList<Runnable>();
    float[] x = new float[1024];
    float[] c = new float[1024];
    for (Activation f : Activation.values()) {
      for (int n : new int[] {32, 35}) {
        Extents e = Extents.of(6, n, 9);
        var after = new Epilogue(true, f);
        calls.add(() -> FloatMatmul.matmul(e, x, 0, x, 0, c, 0, c, 0, after, x, 0));
      }
    }
    check(calls);
  }

  private void check(List<Runnable> kernels) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    var boxing = new ArrayList<>(kernels);
    while (!boxing.isEmpty() && System.nanoTime() < end) {
      boxing.removeIf(kernel -> allocated(kernel) < CALLS);
    }
    var which = new StringBuilder();
    for (Runnable kernel : boxing) {
      which.append(" number ").append(kernels.indexOf(kernel));
    }
    assertTrue(boxing.isEmpty(), "kernels that allocate:" + which);
  }

  private long allocated(Runnable kernel) {
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      kernel.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
