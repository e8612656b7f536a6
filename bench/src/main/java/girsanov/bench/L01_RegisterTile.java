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
 * Lesson 1: a matrix product is fast if each number it loads is used many times.
 *
 * <p>The plain product loads two numbers for every multiply-add. The kernel keeps a tile of C, 6
 * rows by 4 vectors, in registers: 4 vectors of B and 6 numbers of A serve 24 multiply-adds of a
 * whole vector each.
 *
 * <p>How to run: {@code bench/run L01}. What you should see: {@code tiled} is some tens of times
 * faster than {@code plain}, at n = 64 as at n = 256; and {@code packed}, whose B was laid out
 * beforehand as for a weight that is used again and again, is as fast as {@code tiled} or faster.
 * Every trial ends by comparing the result with the plain product.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class L01_RegisterTile {
  @Param({"64", "256"})
  private int n;

  private float[] a = {};
  private float[] b = {};
  private float[] c = {};
  private float[] expected = {};
  private float[] scratch = {};
  private float[] panels = {};
  private Extents extents = Extents.of(0, 0, 0);

  /** Random factors, and what their product is. */
  @Setup(Level.Trial)
  public void fill() {
    a = Agreement.normals(1, n * n);
    b = Agreement.normals(2, n * n);
    c = new float[n * n];
    expected = new float[n * n];
    extents = Extents.of(n, n, n);
    scratch = new float[FloatMatmul.scratchSize(extents)];
    panels = new float[FloatMatmul.packedSize(n, n)];
    FloatMatmul.pack(extents, b, 0, panels, 0);
    FloatPlainMatmul.matmul(extents, a, 0, b, 0, expected, 0);
  }

  @Benchmark
  public float[] plain() {
    FloatPlainMatmul.matmul(extents, a, 0, b, 0, c, 0);
    return c;
  }

  @Benchmark
  public float[] tiled() {
    FloatMatmul.matmul(extents, a, 0, b, 0, c, 0, scratch, 0);
    return c;
  }

  @Benchmark
  public float[] packed() {
    FloatMatmul.matmulPacked(extents, a, 0, panels, 0, c, 0);
    return c;
  }

  @TearDown(Level.Trial)
  public void check() {
    Agreement.check("product", expected, c, 1e-5 * n);
  }
}
