package girsanov.bench;

import girsanov.tensor.Workers;
import girsanov.tensor.kernel.FloatElementwise;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lesson 9: to share a job of some microseconds, the helper must be awake.
 *
 * <p>A product or a pass over an array takes some microseconds, and waking a sleeping thread takes
 * as long. Two threads gain only if the second still looks for work when it comes: {@code Workers}
 * spins for a while between jobs, hands out tasks by one compare-and-set, and allocates nothing. A
 * pool of the JDK queues objects and may put its threads to sleep.
 *
 * <p>How to run: {@code bench/run L09}, on two free cores. What you should see: {@code workers}
 * takes less than half of {@code oneThread} (5 to 6 and 11 to 14 µs on Zen 4), since each thread
 * finds its tasks of the last job in its cache; {@code parallelStream} gains less (7 to 13 µs), and
 * {@code threadPool} takes several times as long as one thread (40 to 60 µs). Every trial ends by
 * comparing with {@code Math.tanh}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class L09_Workers {
  private static final int TASKS = 4;
  private static final int SHARE = 8192;
  private static final int THREADS = 2;

  private final float[] x = Agreement.normals(1, TASKS * SHARE);
  private final float[] y = new float[TASKS * SHARE];
  private final IntConsumer body = this::share;
  private final List<Callable<Object>> calls =
      IntStream.range(0, TASKS).mapToObj(this::call).toList();

  private final Workers workers = new Workers(THREADS);
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

  private void share(int task) {
    FloatElementwise.tanh(x, task * SHARE, y, task * SHARE, SHARE);
  }

  private Callable<Object> call(int task) {
    return Executors.callable(() -> body.accept(task));
  }

  @Benchmark
  public float[] oneThread() {
    for (int task = 0; task < TASKS; task++) {
      body.accept(task);
    }
    return y;
  }

  @Benchmark
  public float[] workers() {
    workers.parallel(TASKS, body);
    return y;
  }

  @Benchmark
  public float[] parallelStream() {
    IntStream.range(0, TASKS).parallel().forEach(body);
    return y;
  }

  @Benchmark
  public float[] threadPool() throws InterruptedException {
    pool.invokeAll(calls);
    return y;
  }

  @TearDown(Level.Trial)
  public void check() {
    workers.close();
    pool.shutdown();
    for (int i = 0; i < x.length; i++) {
      Agreement.check("tanh of " + x[i], Math.tanh(x[i]), y[i], 1e-6);
    }
  }
}
