package girsanov.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The stated accuracy of the elementary functions, in units of the last place, and their poles. */
class FloatElementaryFunctionsTest {
  private static final int SAMPLES = 2048;

  /** Half of the arguments are even in their logarithm, over so many powers of two. */
  private static final double OCTAVES = 30;

  @FunctionalInterface
  private interface Kernel {
    void apply(float[] x, int xo, float[] y, int yo, int n);
  }

  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float TINY = Float.MIN_VALUE;

  private static final double POWER_ULPS = 4;

  private static final float EXP_MAX = 88.72f; // FLOAT
  private static final float EXP_MIN = -103; // FLOAT
  // DOUBLE: private static final double EXP_MAX = 709.78;
  // DOUBLE: private static final double EXP_MIN = -745;

  private final Random random = new Random(11);

  @Test
  void sqrt() {
    UnaryOperator<BigDecimal> reference = x -> x.sqrt(Precise.DIGITS);
    within(0.5, FloatElementwise::sqrt, reference, TINY, 3);
    within(0.5, FloatElementwise::sqrt, reference, 1, Float.MAX_VALUE);
    exactly(FloatElementwise::sqrt, 0, 0, (float) -0.0, (float) -0.0, INFINITY, INFINITY);
    exactly(FloatElementwise::sqrt, -1, Float.NaN, Float.NaN, Float.NaN);
  }

  @Test
  void reciprocal() {
    UnaryOperator<BigDecimal> reference = x -> BigDecimal.ONE.divide(x, Precise.DIGITS);
    within(0.5, FloatElementwise::reciprocal, reference, Float.MIN_NORMAL, 3);
    within(0.5, FloatElementwise::reciprocal, reference, 1, Float.MAX_VALUE);
    within(0.5, FloatElementwise::reciprocal, reference, -8, (float) -0.01);
    exactly(FloatElementwise::reciprocal, 0, INFINITY, (float) -0.0, -INFINITY);
    exactly(FloatElementwise::reciprocal, INFINITY, 0, -INFINITY, (float) -0.0);
  }

  @Test
  void divide() {
    float[] a = new float[SAMPLES];
    for (float numerator : new float[] {3, (float) -0.7, (float) 1e6, (float) 1e-6}) {
      Arrays.fill(a, numerator);
      Kernel kernel = (x, xo, y, yo, n) -> FloatElementwise.divide(a, 0, x, xo, y, yo, n);
      BigDecimal exact = new BigDecimal(numerator);
      UnaryOperator<BigDecimal> reference = x -> exact.divide(x, Precise.DIGITS);
      within(0.5, kernel, reference, (float) 1e-20, 3);
      within(0.5, kernel, reference, 1, Float.MAX_VALUE);
    }
  }

  @Test
  void exp() {
    within(1.5, FloatElementwise::exp, Precise::exp, EXP_MIN, EXP_MAX);
    within(1.5, FloatElementwise::exp, Precise::exp, -1, 1);
    exactly(FloatElementwise::exp, 0, 1, -INFINITY, 0, INFINITY, INFINITY, TINY, 1, -1e9f, 0);
    exactly(FloatElementwise::exp, 1e9f, INFINITY, Float.NaN, Float.NaN);
  }

  @Test
  void expm1() {
    within(2.5, FloatElementwise::expm1, Precise::expm1, -20, EXP_MAX);
    within(2.5, FloatElementwise::expm1, Precise::expm1, -1, 1);
    exactly(FloatElementwise::expm1, 0, 0, (float) -0.0, (float) -0.0, TINY, TINY, -TINY, -TINY);
    exactly(FloatElementwise::expm1, -INFINITY, -1, INFINITY, INFINITY, 1e9f, INFINITY, -1e9f, -1);
    exactly(FloatElementwise::expm1, Float.NaN, Float.NaN);
  }

  @Test
  void log() {
    within(1.5, FloatElementwise::log, Precise::log, TINY, 3);
    within(1.5, FloatElementwise::log, Precise::log, (float) 0.5, 2);
    within(1.5, FloatElementwise::log, Precise::log, TINY, Float.MIN_NORMAL);
    within(1.5, FloatElementwise::log, Precise::log, 1, Float.MAX_VALUE);
    exactly(FloatElementwise::log, 1, 0, 0, -INFINITY, (float) -0.0, -INFINITY, -1, Float.NaN);
    exactly(FloatElementwise::log, INFINITY, INFINITY, -INFINITY, Float.NaN, Float.NaN, Float.NaN);
  }

  @Test
  void log1p() {
    within(2.0, FloatElementwise::log1p, Precise::log1p, (float) -0.999, 3);
    within(2.0, FloatElementwise::log1p, Precise::log1p, (float) -0.01, (float) 0.01);
    within(2.0, FloatElementwise::log1p, Precise::log1p, 1, Float.MAX_VALUE);
    exactly(FloatElementwise::log1p, 0, 0, (float) -0.0, (float) -0.0, TINY, TINY, -TINY, -TINY);
    exactly(FloatElementwise::log1p, -1, -INFINITY, -2, Float.NaN, INFINITY, INFINITY);
    exactly(FloatElementwise::log1p, Float.NaN, Float.NaN);
  }

  @Test
  void tanh() {
    within(2.5, FloatElementwise::tanh, Precise::tanh, -20, 20);
    within(2.5, FloatElementwise::tanh, Precise::tanh, -1, 1);
    exactly(FloatElementwise::tanh, 0, 0, (float) -0.0, (float) -0.0, TINY, TINY, -TINY, -TINY);
    exactly(FloatElementwise::tanh, INFINITY, 1, -INFINITY, -1, 1e30f, 1, Float.NaN, Float.NaN);
  }

  @Test
  void sigmoid() {
    within(2.5, FloatElementwise::sigmoid, Precise::sigmoid, EXP_MIN, EXP_MAX);
    within(2.5, FloatElementwise::sigmoid, Precise::sigmoid, -2, 2);
    exactly(FloatElementwise::sigmoid, 0, (float) 0.5, INFINITY, 1, -INFINITY, 0);
    exactly(FloatElementwise::sigmoid, Float.NaN, Float.NaN);
  }

  @Test
  void softplus() {
    within(2.5, FloatElementwise::softplus, Precise::softplus, EXP_MIN, EXP_MAX);
    within(2.5, FloatElementwise::softplus, Precise::softplus, -2, 2);
    exactly(FloatElementwise::softplus, INFINITY, INFINITY, -INFINITY, 0, Float.NaN, Float.NaN);
  }

  @Test
  void softplusSlope() {
    softplusSlope(2.5, 1);
    softplusSlope(3.5, (float) 1.7);
  }

  private void softplusSlope(double ulps, float d) {
    float[] before = new float[SAMPLES];
    Arrays.fill(before, d);
    Kernel kernel = (x, xo, y, yo, n) -> FloatElementwise.softplusSlope(before, 0, x, xo, y, yo, n);
    UnaryOperator<BigDecimal> reference =
        s -> Precise.expm1(s.negate()).negate().multiply(new BigDecimal(d));
    within(ulps, kernel, reference, Float.MIN_NORMAL, EXP_MAX);
    within(ulps, kernel, reference, Float.MIN_NORMAL, 1);
  }

  @Test
  void elu() {
    within(2.5, FloatElementwise::elu, x -> x.signum() < 0 ? Precise.expm1(x) : x, -40, 5);
    within(2.5, FloatElementwise::elu, x -> x.signum() < 0 ? Precise.expm1(x) : x, -1, 1);
    exactly(FloatElementwise::elu, 0, 0, (float) -0.0, (float) -0.0, TINY, TINY, -TINY, -TINY);
    exactly(FloatElementwise::elu, -INFINITY, -1, INFINITY, INFINITY, -1e9f, -1, 1e9f, 1e9f);
    exactly(FloatElementwise::elu, Float.NaN, Float.NaN);
  }

  @Test
  void silu() {
    within(3, FloatElementwise::silu, x -> x.multiply(Precise.sigmoid(x)), -80, 80);
    within(3, FloatElementwise::silu, x -> x.multiply(Precise.sigmoid(x)), -2, 2);
    exactly(FloatElementwise::silu, 0, 0, (float) -0.0, (float) -0.0, INFINITY, INFINITY);
    exactly(
        FloatElementwise::silu, -INFINITY, Float.NaN, Float.NaN, Float.NaN, -1e9f, (float) -0.0);
  }

  /** As a program has it, in two steps. */
  @Test
  void siluAsAProduct() {
    Kernel kernel =
        (x, xo, y, yo, n) -> {
          FloatElementwise.sigmoid(x, xo, y, yo, n);
          FloatElementwise.multiply(x, xo, y, yo, y, yo, n);
        };
    within(3.5, kernel, x -> x.multiply(Precise.sigmoid(x)), -80, 80);
    within(3.5, kernel, x -> x.multiply(Precise.sigmoid(x)), -2, 2);
  }

  @Test
  void sin() {
    within(2.0, FloatElementwise::sin, Precise::sin, -4, 4);
    within(2.0, FloatElementwise::sin, Precise::sin, -1e6f, 1e6f);
    within(2.0, FloatElementwise::sin, Precise::sin, 1e9f, 1e12f);
    exactly(FloatElementwise::sin, 0, 0, (float) -0.0, (float) -0.0, TINY, TINY, -TINY, -TINY);
    exactly(FloatElementwise::sin, INFINITY, Float.NaN, Float.NaN, Float.NaN);
  }

  @Test
  void cos() {
    within(2.0, FloatElementwise::cos, Precise::cos, -4, 4);
    within(2.0, FloatElementwise::cos, Precise::cos, -1e6f, 1e6f);
    within(2.0, FloatElementwise::cos, Precise::cos, 1e9f, 1e12f);
    exactly(FloatElementwise::cos, 0, 1, TINY, 1, -INFINITY, Float.NaN, Float.NaN, Float.NaN);
  }

  @Test
  void erf() {
    within(2.5, FloatElementwise::erf, Precise::erf, -6, 6);
    within(2.5, FloatElementwise::erf, Precise::erf, (float) -1.1, (float) 1.1);
    exactly(FloatElementwise::erf, 0, 0, (float) -0.0, (float) -0.0, INFINITY, 1, -INFINITY, -1);
    exactly(FloatElementwise::erf, Float.NaN, Float.NaN);
  }

  @Test
  void power() {
    float[] bases = {1.5f, 0.3f, 1e-3f, 1.0001f, 7, 1e6f, Float.MIN_NORMAL, 0.99f, TINY};
    for (float base : bases) {
      float reach = (float) (Math.min(EXP_MAX, -EXP_MIN) / Math.abs(Math.log(base)));
      BigDecimal log = Precise.log(new BigDecimal(base));
      within(
          POWER_ULPS,
          (x, xo, y, yo, n) -> {
            float[] a = new float[x.length];
            Arrays.fill(a, base);
            FloatElementwise.power(a, 0, x, xo, y, yo, n);
          },
          b -> Precise.exp(b.multiply(log)),
          -reach,
          reach);
    }
  }

  @Test
  void powerHasThePolesOfMathPow() {
    float[] values = {
      0,
      (float) -0.0,
      1,
      -1,
      2,
      -2,
      3,
      -3,
      (float) 0.5,
      (float) -0.5,
      INFINITY,
      -INFINITY,
      Float.NaN,
      (float) 1e30,
      (float) -1e30,
      16777215,
      -16777215,
      (float) 2.5
    };
    float[] a = new float[32];
    float[] y = new float[32];
    for (float base : values) {
      Arrays.fill(a, base);
      float[] b = Arrays.copyOf(values, 32);
      FloatElementwise.power(a, 0, b, 0, y, 0, values.length);
      for (int i = 0; i < values.length; i++) {
        float expected = (float) Math.pow(base, b[i]);
        float allowed = Float.isFinite(expected) ? 2 * Math.ulp(expected) : 0;
        boolean same = Float.compare(expected, y[i]) == 0;
        assertTrue(
            same || Math.abs(y[i] - expected) <= allowed,
            base + " to the " + b[i] + " is " + expected + ", got " + y[i]);
      }
    }
  }

  /**
   * The largest error over a sample: half of it even in value between the bounds, half in the
   * logarithm, from the larger bound down and with both signs where they are between the bounds.
   */
  private void within(
      double ulps, Kernel kernel, UnaryOperator<BigDecimal> reference, float low, float high) {
    float[] x = new float[SAMPLES];
    float[] y = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      double even = low + random.nextDouble() * ((double) high - low);
      double reach = Math.max(Math.abs((double) low), Math.abs((double) high));
      double small = reach * Math.pow(2, -OCTAVES * random.nextDouble());
      small = small > high || (-small >= low && random.nextBoolean()) ? -small : small;
      boolean inside = small >= low && small <= high;
      x[i] = (float) (i % 2 == 0 || !inside ? even : small);
    }
    x[0] = low;
    x[1] = high;
    kernel.apply(x, 0, y, 0, SAMPLES);
    double worst = 0;
    float at = 0;
    for (int i = 0; i < SAMPLES; i++) {
      BigDecimal exact = reference.apply(new BigDecimal(x[i]));
      float nearest = exact.floatValue();
      assertTrue(Float.isFinite(y[i]), x[i] + " gives " + y[i]);
      double error = new BigDecimal(y[i]).subtract(exact).doubleValue() / Math.ulp(nearest);
      if (Math.abs(error) > worst) {
        worst = Math.abs(error);
        at = x[i];
      }
    }
    assertTrue(worst <= ulps, "expected " + ulps + " ulp, got " + worst + " at " + at);
  }

  /** Pairs of argument and value; the sign of a zero counts. */
  private static void exactly(Kernel kernel, float... pairs) {
    float[] x = new float[64];
    float[] y = new float[64];
    for (int i = 0; i < pairs.length; i += 2) {
      x[i / 2] = pairs[i];
    }
    kernel.apply(x, 0, y, 0, pairs.length / 2);
    for (int i = 0; i < pairs.length; i += 2) {
      assertEquals(pairs[i + 1], y[i / 2], "at " + pairs[i]);
    }
  }
}
