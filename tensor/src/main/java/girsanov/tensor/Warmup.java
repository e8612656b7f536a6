package girsanov.tensor;

import girsanov.tensor.kernel.DoubleWarmup;
import girsanov.tensor.kernel.FloatWarmup;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the kernels to full speed before the work begins.
 *
 * <p>Until HotSpot's optimising compiler has compiled it, a kernel boxes every vector and runs some
 * 200 times slower, and a few long calls do not make it compile: its counters are looked at every
 * thousandth call or so. Many short calls do. Kernels that have become fast are left alone, and it
 * ends when all have or the time is up.
 */
public final class Warmup {
  private static final long LIMIT_NANOS = 5_000_000_000L;
  private static final int BATCH = 256;

  /** More than a small call costs once compiled, on a slow day; before, it costs ten times that. */
  private static final long FAST_NANOS = 3_000;

  private Warmup() {}

  /**
   * Warms up what most models use, in one precision: the matrix products first, then noise, then
   * the common elementwise kernels. Some 2 s on two free cores, of which the JIT's one compiling
   * thread needs most; 5 s at most.
   */
  public static void run(Precision precision) {
    long end = System.nanoTime() + LIMIT_NANOS;
    Tensor noise = Tensor.zeros(precision, Shape.of(64));
    runUntilFast(
        switch (precision) {
          case FLOAT -> FloatWarmup.products();
          case DOUBLE -> DoubleWarmup.products();
        },
        end);
    runUntilFast(
        List.of(() -> Noise.normal(0, 0, 0, noise), () -> Noise.uniform(0, 0, 0, noise)), end);
    runUntilFast(
        switch (precision) {
          case FLOAT -> FloatWarmup.common();
          case DOUBLE -> DoubleWarmup.common();
        },
        end);
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
        },
        System.nanoTime() + LIMIT_NANOS);
  }

  private static void runUntilFast(List<Runnable> kernels, long end) {
    List<Runnable> pending = new ArrayList<>(kernels);
    while (!pending.isEmpty() && System.nanoTime() < end) {
      pending.removeIf(kernel -> isFast(kernel, end));
    }
  }

  private static boolean isFast(Runnable kernel, long end) {
    long start = System.nanoTime();
    for (int i = 0; i < BATCH; i++) {
      kernel.run();
    }
    long now = System.nanoTime();
    return now - start < BATCH * FAST_NANOS || now > end;
  }
}
