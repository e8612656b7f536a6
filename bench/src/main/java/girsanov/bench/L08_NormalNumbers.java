package girsanov.bench;

import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Philox;
import girsanov.tensor.Shape;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
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
 * Lesson 8: random numbers without a state are the fast ones.
 *
 * <p>{@code java.util.Random} must make number i before number i + 1. Here number i is a function
 * of (seed, stream, i): sixteen blocks of Philox run side by side in vectors, then logarithm, root,
 * sine and cosine run over their words, and no branch depends on a number. And any part of a stream
 * can be had alone, by any thread.
 *
 * <p>How to run: {@code bench/run L08}; times are per normal number. What you should see: {@code
 * counterBased} takes a third of {@code splittableRandom}, a twelfth of {@code boxAndMuller} and
 * less of {@code javaUtilRandom} (1.3, 4.2, 16 and 28 ns on Zen 4). Before each trial some numbers
 * are compared with Box's and Muller's formula, written out for one block; after it mean and
 * variance must be those of normal numbers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class L08_NormalNumbers {
  private static final int N = 1 << 16;
  private static final int SEED = 7;

  private final Random random = new Random(SEED);
  private final SplittableRandom splittable = new SplittableRandom(SEED);
  private final float[] y = new float[N];
  private final FloatTensor tensor = FloatTensor.view(y, 0, Shape.of(N));
  private long stream = 1;

  /** Numbers 32 and 40 of stream 0 come from the first two words of block 8; one asks for them. */
  @Setup(Level.Trial)
  public void compareWithFormula() {
    var nine = FloatTensor.zeros(Shape.of(9));
    Noise.normal(SEED, 0, 32, nine);
    int[] words = Philox.block(new int[] {8, 0, 0, 0}, new int[] {SEED, 0});
    double radius = Math.sqrt(-2 * Math.log(uniform(words[0])));
    double angle = 2 * Math.PI * uniform(words[1]);
    Agreement.check("number 32", radius * Math.cos(angle), nine.at(0), 1e-6);
    Agreement.check("number 40", radius * Math.sin(angle), nine.at(8), 1e-6);
  }

  private static double uniform(int word) {
    return (Integer.toUnsignedLong(word) + 0.5) * 0x1p-32;
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float[] counterBased() {
    Noise.normal(SEED, stream++, 0, tensor);
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float[] javaUtilRandom() {
    for (int i = 0; i < N; i++) {
      y[i] = (float) random.nextGaussian();
    }
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float[] splittableRandom() {
    for (int i = 0; i < N; i++) {
      y[i] = (float) splittable.nextGaussian();
    }
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float[] boxAndMuller() {
    for (int i = 0; i < N; i += 2) {
      double radius = Math.sqrt(-2 * Math.log(uniform(splittable.nextInt())));
      double angle = 2 * Math.PI * uniform(splittable.nextInt());
      y[i] = (float) (radius * Math.cos(angle));
      y[i + 1] = (float) (radius * Math.sin(angle));
    }
    return y;
  }

  /** Six standard errors: once in some hundred million trials a right one fails. */
  @TearDown(Level.Trial)
  public void check() {
    double sum = 0;
    double squares = 0;
    for (float x : y) {
      sum += x;
      squares += x * x;
    }
    Agreement.check("mean", 0, sum / N, 6 / Math.sqrt(N));
    Agreement.check("variance", 1, squares / N, 6 * Math.sqrt(2.0 / N));
  }
}
