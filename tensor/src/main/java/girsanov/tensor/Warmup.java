package girsanov.tensor;

import girsanov.tensor.kernel.DoubleWarmup;
import girsanov.tensor.kernel.FloatWarmup;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Brings the kernels to full speed before the work begins.
 *
 * <p>Until HotSpot's optimising compiler has compiled it, a kernel boxes every vector and runs some
 * 200 times slower, and a few long calls do not make it compile: its counters are looked at every
 * thousandth call or so. Many short calls do. Kernels that have become fast are left alone, and it
 * ends when all have or their time is up.
 *
 * <p>Each kernel has a time of its own, so that on a busy machine the last are called as well as
 * the first. Several threads take kernels in turn: with the flags of {@code ./girsanov} a caller
 * waits for the compiler, and one alone would keep just one of its threads at work.
 */
public final class Warmup {
  /** From the first call of a kernel on. */
  private static final long LIMIT_NANOS = 5_000_000_000L;

  private static final int BATCH = 64;

  /** More than a small call costs once compiled, on a slow day; before, it costs ten times that. */
  private static final long FAST_NANOS = 3_000;

  /** HotSpot has few compiling threads more. */
  private static final int MOST_THREADS = 4;

  private record Kernel(Runnable call, long end) {}

  private Warmup() {}

  /**
   * Warms up what most models use, in one precision: the matrix products first, then noise, then
   * the common elementwise kernels. Some 1.3 s on two free cores with the flags of {@code
   * ./girsanov}, else 2 s.
   */
  public static void run(Precision precision) {
    var calls = new ArrayList<Runnable>();
    Tensor noise = Tensor.zeros(precision, Shape.of(64));
    calls.addAll(
        switch (precision) {
          case FLOAT -> FloatWarmup.products();
          case DOUBLE -> DoubleWarmup.products();
        });
    calls.add(() -> Noise.normal(0, 0, 0, noise));
    calls.add(() -> Noise.uniform(0, 0, 0, noise));
    calls.addAll(
        switch (precision) {
          case FLOAT -> FloatWarmup.common();
          case DOUBLE -> DoubleWarmup.common();
        });
    runUntilFast(calls);
  }

  /** Warms up what most models use in training: in FLOAT. */
  public static void run() {
    run(Precision.FLOAT);
  }

  /** Warms up every kernel of one precision: a second or two longer. */
  public static void all(Precision precision) {
    run(precision);
    runUntilFast(
        switch (precision) {
          case FLOAT -> FloatWarmup.rare();
          case DOUBLE -> DoubleWarmup.rare();
        });
  }

  private static void runUntilFast(List<Runnable> calls) {
    var pending = new ConcurrentLinkedQueue<Kernel>();
    calls.forEach(call -> pending.add(new Kernel(call, 0)));
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
    try (var workers = new Workers(threads)) {
      workers.parallel(threads, _ -> runUntilFast(pending));
    }
  }

  private static void runUntilFast(Queue<Kernel> pending) {
    for (Kernel kernel = pending.poll(); kernel != null; kernel = pending.poll()) {
      long start = System.nanoTime();
      long end = kernel.end == 0 ? start + LIMIT_NANOS : kernel.end;
      for (int i = 0; i < BATCH; i++) {
        kernel.call.run();
      }
      long now = System.nanoTime();
      if (now - start >= BATCH * FAST_NANOS && now - end < 0) {
        pending.add(new Kernel(kernel.call, end));
      }
    }
  }
}
