package girsanov.bench;

import girsanov.tensor.kernel.FloatElementwise;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lesson 5: a polynomial of our own costs no more than the JDK's vector mathematics.
 *
 * <p>exp and tanh share a reduction, x = n ln 2 + r, and a short polynomial in r; what remains is a
 * few bit operations and at most one division. {@code Math} computes one number at a time. {@code
 * lanewise} calls an Intel library on x86 and something else elsewhere: its last bits depend on the
 * machine, ours do not.
 *
 * <p>How to run: {@code bench/run L05}; times are per number. What you should see: {@code ours} is
 * not slower than {@code lanewise}, but for the error of the measurement, and more than twenty
 * times as fast as {@code math} (exp: 0.28, 0.39 and 6.5 ns, tanh: 0.47, 0.62 and 13 ns on Zen 4).
 * Every trial ends by looking at the error of every result, in units of the last place: at most 1.5
 * for exp and 2.5 for the others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class L05_OwnPolynomials {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int N = 4096;

  /** A function and the error that is allowed. */
  public enum Function {
    EXP(Math::exp, 1.5),
    TANH(Math::tanh, 2.5);

    private final DoubleUnaryOperator exact;
    private final double ulps;

    Function(DoubleUnaryOperator exact, double ulps) {
      this.exact = exact;
      this.ulps = ulps;
    }
  }

  @Param Function function = Function.EXP;

  private final float[] x = Agreement.normals(1, N);
  private final float[] y = new float[N];

  @Benchmark
  @OperationsPerInvocation(N)
  public float[] ours() {
    switch (function) {
      case EXP -> FloatElementwise.exp(x, 0, y, 0, N);
      case TANH -> FloatElementwise.tanh(x, 0, y, 0, N);
    }
    return y;
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float[] lanewise() {
    switch (function) {
      case EXP -> lanewiseExp();
      case TANH -> lanewiseTanh();
    }
    return y;
  }

  private void lanewiseExp() {
    for (int i = 0; i < N; i += L) {
      FloatVector.fromArray(S, x, i).lanewise(VectorOperators.EXP).intoArray(y, i);
    }
  }

  private void lanewiseTanh() {
    for (int i = 0; i < N; i += L) {
      FloatVector.fromArray(S, x, i).lanewise(VectorOperators.TANH).intoArray(y, i);
    }
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float[] math() {
    for (int i = 0; i < N; i++) {
      y[i] = (float) function.exact.applyAsDouble(x[i]);
    }
    return y;
  }

  @TearDown(Level.Trial)
  public void check() {
    for (int i = 0; i < N; i++) {
      double exact = function.exact.applyAsDouble(x[i]);
      double ulp = Math.ulp((float) exact);
      Agreement.check(function + " of " + x[i], exact, y[i], function.ulps * ulp);
    }
  }
}
