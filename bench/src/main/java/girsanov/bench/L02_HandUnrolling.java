package girsanov.bench;

import girsanov.tensor.kernel.Extents;
import girsanov.tensor.plain.FloatPlainMatmul;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lesson 2: do not unroll the loop over k by hand.
 *
 * <p>A tile of 6 rows by 3 vectors keeps 18 sums in registers and needs a few more for what it
 * loads. The JIT moves all loads of a loop's body above the multiply-adds: with four steps in one
 * body it wants registers for four steps' loads at once, has not so many, and spills sums to the
 * stack in every turn. The loop's own cost, an addition and a jump for 18 multiply-adds, was
 * nothing to save.
 *
 * <p>How to run: {@code bench/run L02}. What you should see: {@code byFour} takes 1.2 to 2 times as
 * long as {@code straight} (1.7 to 2.9 against 1.4 µs on Zen 4 with AVX-512; how many sums are
 * spilled differs from process to process). Every trial ends by comparing the tile with the plain
 * product, bit for bit.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class L02_HandUnrolling {
  @Param("256")
  int k;

  private float[] a = {};
  private float[] b = {};
  private final float[] c = new float[UnrolledTile.ROWS * UnrolledTile.N];
  private final float[] expected = new float[c.length];

  /** Random factors, and what their product is. */
  @Setup(Level.Trial)
  public void fill() {
    a = Agreement.normals(1, UnrolledTile.ROWS * k);
    b = Agreement.normals(2, k * UnrolledTile.N);
    Extents extents = Extents.of(UnrolledTile.ROWS, UnrolledTile.N, k);
    FloatPlainMatmul.matmul(extents, a, 0, b, 0, expected, 0);
  }

  @Benchmark
  public float[] straight() {
    UnrolledTile.straight(k, a, b, c);
    return c;
  }

  @Benchmark
  public float[] byFour() {
    UnrolledTile.byFour(k, a, b, c);
    return c;
  }

  @TearDown(Level.Trial)
  public void check() {
    Agreement.check("tile", expected, c, 0);
  }
}
