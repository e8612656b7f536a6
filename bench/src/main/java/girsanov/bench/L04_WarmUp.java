package girsanov.bench;

import girsanov.tensor.kernel.Extents;
import girsanov.tensor.kernel.FloatMatmul;
import girsanov.tensor.plain.FloatPlainMatmul;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lesson 4: a fresh kernel runs hundreds of times slower, and says so by what it allocates.
 *
 * <p>Until HotSpot's optimising compiler has compiled it, every vector of a kernel is an object: a
 * multiply-add of sixteen numbers costs an allocation and some calls. And it is compiled late:
 * counters of calls are looked at every thousandth call or so, however long the calls are. {@code
 * girsanov.tensor.Warmup} makes many very short calls of every kernel, until each is fast.
 *
 * <p>How to run: {@code bench/run L04}; a single shot each, in a fresh process. What you should
 * see: {@code fresh} takes two hundred times as long as {@code warmedUp} (206 and 0.9 ms for a
 * hundred products on Zen 4) and allocates 2.2 MB a product, which the warm one does not. {@code
 * bytesPerCall} is the better test of the two: it does not depend on the machine, and a test can
 * assert it. Every trial ends by comparing with the plain product.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class L04_WarmUp {
  private static final int CALLS = 100;
  private static final int SIZE = 64;

  private final Extents extents = Extents.of(SIZE, SIZE, SIZE);
  private final float[] a = Agreement.normals(1, SIZE * SIZE);
  private final float[] b = Agreement.normals(2, SIZE * SIZE);
  private final float[] c = new float[SIZE * SIZE];
  private final float[] scratch = new float[FloatMatmul.scratchSize(extents)];

  /** A process that has warmed up. */
  @State(Scope.Benchmark)
  public static class Warm {
    /** Some two seconds. */
    @Setup(Level.Trial)
    public void warmUp() {
      girsanov.tensor.Warmup.run();
    }
  }

  /** A hundred products in a process that has just begun. */
  @Benchmark
  public float[] fresh(Heap heap) {
    return products(heap);
  }

  /** A hundred products after the warm-up, which made none of this size. */
  @Benchmark
  public float[] warmedUp(Warm warm, Heap heap) {
    return products(heap);
  }

  private float[] products(Heap heap) {
    heap.begin();
    for (int i = 0; i < CALLS; i++) {
      FloatMatmul.matmul(extents, a, 0, b, 0, c, 0, scratch, 0);
    }
    heap.end(CALLS);
    return c;
  }

  @TearDown(Level.Trial)
  public void check() {
    float[] expected = new float[SIZE * SIZE];
    FloatPlainMatmul.matmul(extents, a, 0, b, 0, expected, 0);
    Agreement.check("product", expected, c, 1e-5 * SIZE);
  }
}
