package girsanov.bench;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lesson 10: a vector that meets a call which is not inlined becomes an object.
 *
 * <p>A vector lives in a register only as long as the JIT sees all that is done with it. A method
 * that it does not inline takes and returns objects: each vector is allocated, its numbers are
 * stored and loaded again. The JIT stops inlining where a method has grown too large, so it is
 * enough to put one more function into a kernel; nothing in the source says that it happened. Hence
 * the kernels here are small, flat loops, and arrays are what goes from one to the next: {@code
 * apart} makes the same call for each piece of 256 numbers, and pays nothing.
 *
 * <p>How to run: {@code bench/run L10}; times are per number. What you should see: {@code boxed},
 * whose loop calls what it does with a vector, takes 1.6 ns and 60 bytes of the heap; {@code
 * inlined} takes 0.06 ns and {@code apart} 0.07, and neither allocates. Every trial ends by
 * comparing with a loop over the numbers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class L10_Boxing {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int N = 4096;
  private static final int PIECE = 256;

  private final float[] x = Agreement.normals(1, N);
  private final float[] y = new float[N];
  private final float[] expected = new float[N];

  /** x³ − x, one number at a time. */
  @Setup(Level.Trial)
  public void expect() {
    for (int i = 0; i < N; i++) {
      expected[i] = x[i] * x[i] * x[i] - x[i];
    }
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float[] inlined(Heap heap) {
    heap.begin();
    for (int i = 0; i < N; i += S.length()) {
      polynomial(FloatVector.fromArray(S, x, i)).intoArray(y, i);
    }
    heap.end(N);
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float[] boxed(Heap heap) {
    heap.begin();
    for (int i = 0; i < N; i += S.length()) {
      called(FloatVector.fromArray(S, x, i)).intoArray(y, i);
    }
    heap.end(N);
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float[] apart(Heap heap) {
    heap.begin();
    for (int i = 0; i < N; i += PIECE) {
      piece(x, y, i);
    }
    heap.end(N);
    return y;
  }

  @CompilerControl(CompilerControl.Mode.INLINE)
  static FloatVector polynomial(FloatVector v) {
    return v.mul(v).mul(v).sub(v);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  static FloatVector called(FloatVector v) {
    return polynomial(v);
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  static void piece(float[] x, float[] y, int from) {
    for (int i = from; i < from + PIECE; i += S.length()) {
      polynomial(FloatVector.fromArray(S, x, i)).intoArray(y, i);
    }
  }

  @TearDown(Level.Trial)
  public void check() {
    Agreement.check("x³ − x", expected, y, 1e-5);
  }
}
