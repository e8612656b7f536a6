package girsanov.bench;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.compile.Program;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.kernel.FloatElementwise;
import java.util.List;
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
 * Lesson 6: a chain of cheap operations costs its journeys to memory, so make one.
 *
 * <p>y ← max(y b + c, a), six times, is two operations a turn. One operation at a time over whole
 * arrays reads three or two of them and writes one, twelve times. The compiled program takes a tile
 * of 1024 numbers of each array through all turns while it is in the L1 cache: three arrays read,
 * one written.
 *
 * <p>How to run: {@code bench/run L06}. What you should see: for 4 million numbers, which no cache
 * holds, {@code fused} takes half of {@code oneAtATime} (10 and 22 ms on Zen 4, one core); for
 * 4096, which the caches hold, it gains nothing (6 and 5.5 µs). Every trial ends by comparing with
 * a loop over the numbers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class L06_Fusion {
  private static final int ROUNDS = 6;

  @Param({"4096", "4194304"})
  int n;

  private float[] a = {};
  private float[] b = {};
  private float[] c = {};
  private float[] y = {};
  private Runnable program = () -> {};

  /** Three arrays, and the program that makes the fourth of them. */
  @Setup(Level.Trial)
  public void compile() {
    a = Agreement.normals(1, n);
    b = Agreement.normals(2, n);
    c = Agreement.normals(3, n);
    y = new float[n];
    List<Expr> inputs = List.of(Expr.input("a", n), Expr.input("b", n), Expr.input("c", n));
    Expr chain = inputs.get(0);
    for (int round = 0; round < ROUNDS; round++) {
      Expr line = chain.times(inputs.get(1)).plus(inputs.get(2));
      chain = line.maximum(inputs.get(0));
    }
    var execution = Program.compile(new Graph(inputs, chain), Precision.FLOAT).newExecution();
    int input = 0;
    for (float[] x : List.of(a, b, c)) {
      execution.bindInput(input++, FloatTensor.view(x, 0, Shape.of(n)));
    }
    execution.bindOutput(0, FloatTensor.view(y, 0, Shape.of(n)));
    program = execution::run;
  }

  @Benchmark
  public float[] oneAtATime() {
    FloatElementwise.copy(a, 0, y, 0, n);
    for (int round = 0; round < ROUNDS; round++) {
      FloatElementwise.multiplyAdd(y, 0, b, 0, c, 0, y, 0, n);
      FloatElementwise.maximum(y, 0, a, 0, y, 0, n);
    }
    return y;
  }

  @Benchmark
  public float[] fused() {
    program.run();
    return y;
  }

  @TearDown(Level.Trial)
  public void check() {
    float[] expected = new float[n];
    for (int i = 0; i < n; i++) {
      expected[i] = a[i];
      for (int round = 0; round < ROUNDS; round++) {
        expected[i] = Math.max(Math.fma(expected[i], b[i], c[i]), a[i]);
      }
    }
    Agreement.check("chain", expected, y, 0);
  }
}
