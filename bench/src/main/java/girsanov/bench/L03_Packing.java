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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lesson 3: a copy of B pays only if it is read often.
 *
 * <p>The tile reads four vectors of each row of B. Where B is 1024 columns wide, the next row lies
 * 4 KiB further on: another page, and the same few sets of the L1 cache each time. So B is first
 * copied into panels four vectors wide, which are then read from end to end. The copy moves 4 MiB
 * twice, however few rows of A there are to make use of it.
 *
 * <p>How to run: {@code bench/run L03}. What you should see: for 24 rows {@code packing} takes 1.3
 * times as long as {@code asItLies} (0.66 and 0.51 ms on Zen 4, one core), and {@code packedBefore}
 * less than either (0.47 ms); for 480 rows the copy is a small part of the work, and {@code
 * packing} at least level (10.4 and 11.1 ms, which is within the error of a shared machine). {@code
 * FloatMatmul.matmul} decides by such numbers: up to 24 rows, or a small B, is not packed. Every
 * trial ends by comparing with the plain product.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class L03_Packing {
  private static final int SIZE = 1024;

  /** As many rows as are multiplied without packing whatever the size of B. */
  private static final int FEW = 24;

  @Param({"24", "480"})
  int rows;

  private final float[] b = Agreement.normals(2, SIZE * SIZE);
  private final float[] panels = new float[FloatMatmul.packedSize(SIZE, SIZE)];
  private float[] a = {};
  private float[] c = {};
  private final Extents few = Extents.of(FEW, SIZE, SIZE);
  private Extents extents = few;

  /** Random factors. */
  @Setup(Level.Trial)
  public void fill() {
    extents = Extents.of(rows, SIZE, SIZE);
    a = Agreement.normals(1, rows * SIZE);
    c = new float[rows * SIZE];
    FloatMatmul.pack(extents, b, 0, panels, 0);
  }

  /** B is read where it lies. */
  @Benchmark
  public float[] asItLies() {
    for (int i = 0; i < rows; i += FEW) {
      FloatMatmul.matmul(few, a, i * SIZE, b, 0, c, i * SIZE, panels, 0);
    }
    return c;
  }

  /** B is copied first. */
  @Benchmark
  public float[] packing() {
    FloatMatmul.pack(extents, b, 0, panels, 0);
    FloatMatmul.matmulPacked(extents, a, 0, panels, 0, c, 0);
    return c;
  }

  /** B was copied long ago, as a weight is that serves all time steps. */
  @Benchmark
  public float[] packedBefore() {
    FloatMatmul.matmulPacked(extents, a, 0, panels, 0, c, 0);
    return c;
  }

  @TearDown(Level.Trial)
  public void check() {
    float[] expected = new float[rows * SIZE];
    FloatPlainMatmul.matmul(extents, a, 0, b, 0, expected, 0);
    Agreement.check("product", expected, c, 1e-5 * SIZE);
  }
}
