package girsanov.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoiseTest {
  private static final long SEED = 0x123456789ABCDEFL;
  private static final int MANY = 200_000;

  @Test
  void isWhatItsDefinitionSays() {
    int n = 10_000;
    long first = (1L << 33) + 5;
    double[] normal = normals(Precision.DOUBLE, 7, first, n);
    double[] uniform = uniforms(Precision.DOUBLE, 7, first, n);
    for (int i = 0; i < n; i++) {
      long index = first + i;
      long block = 8 * (index / 32) + index % 8;
      long words = Philox.words(SEED, 7, block, index % 32 >= 16);
      double u0 = ((words & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
      double u1 = ((words >>> 32) + 0.5) * 0x1p-32;
      boolean lower = index % 16 < 8;
      assertEquals(lower ? u0 : u1, uniform[i]);
      double r = Math.sqrt(-2 * Math.log(u0));
      double theta = 2 * Math.PI * u1;
      double expected = lower ? r * Math.cos(theta) : r * Math.sin(theta);
      assertEquals(expected, normal[i], 1e-14);
    }
  }

  @Test
  void isAPureFunctionOfTheIndexHoweverItIsCut() {
    double[] whole = normals(Precision.FLOAT, 3, 0, 5000);
    for (int size : new int[] {1, 7, 31, 32, 33, 64, 1000, 4097}) {
      double[] pieces = new double[5000];
      for (int from = 0; from < 5000; from += size) {
        int count = Math.min(size, 5000 - from);
        System.arraycopy(normals(Precision.FLOAT, 3, from, count), 0, pieces, from, count);
      }
      assertArrayEquals(whole, pieces, "in pieces of " + size);
    }
  }

  @Test
  void writesNothingBesideItsResult() {
    for (int size = 1; size < 70; size++) {
      float[] array = new float[size + 20];
      Arrays.fill(array, 99);
      Noise.normal(SEED, 0, 13, FloatTensor.view(array, 10, Shape.of(size)));
      for (int i = 0; i < array.length; i++) {
        assertEquals(i < 10 || i >= 10 + size, array[i] == 99, "at " + i);
      }
    }
  }

  @Test
  void aFloatIsTheDoubleRounded() {
    double[] wide = uniforms(Precision.DOUBLE, 1, 40, MANY);
    double[] narrow = uniforms(Precision.FLOAT, 1, 40, MANY);
    for (int i = 0; i < MANY; i++) {
      assertEquals(Math.min((float) wide[i], Math.nextDown(1f)), narrow[i]);
    }
    wide = normals(Precision.DOUBLE, 1, 40, 20 * MANY);
    narrow = normals(Precision.FLOAT, 1, 40, 20 * MANY);
    for (int i = 0; i < narrow.length; i++) {
      assertEquals(wide[i], narrow[i], 6 * Math.ulp((float) wide[i]));
    }
  }

  @Test
  void streamsAndSeedsDiffer() {
    assertTrue(Math.abs(correlation(normals(Precision.DOUBLE, 1, 0, MANY), MANY, 2)) < 0.01);
    double[] a = normals(Precision.DOUBLE, 1, 0, MANY);
    assertTrue(Math.abs(correlation(a, MANY, 1)) < 0.01);
  }

  /** Mean, variance, skewness and kurtosis within five standard errors. */
  @Test
  void normalsHaveTheirMoments() {
    double[] x = normals(Precision.DOUBLE, 5, 0, MANY);
    double[] moments = new double[5];
    for (double v : x) {
      for (int k = 1; k <= 4; k++) {
        moments[k] += Math.pow(v, k) / MANY;
      }
    }
    double unit = 5 / Math.sqrt(MANY);
    assertEquals(0, moments[1], unit);
    assertEquals(1, moments[2], unit * Math.sqrt(2));
    assertEquals(0, moments[3], unit * Math.sqrt(15));
    assertEquals(3, moments[4], unit * Math.sqrt(96));
  }

  /** Kolmogorov and Smirnov's statistic; 1.95 / √n is exceeded with a probability of 0.1 %. */
  @Test
  void fitTheirDistributions() {
    assertTrue(distance(uniforms(Precision.FLOAT, 2, 0, MANY), u -> u) < 1.95 / Math.sqrt(MANY));
    assertTrue(
        distance(normals(Precision.FLOAT, 2, 0, MANY), NoiseTest::normalDistribution)
            < 1.95 / Math.sqrt(MANY));
  }

  /**
   * Neighbours, the elements beside which they stand in a register or a group, and the two of a
   * Box-Muller pair: no correlation of the numbers, nor of their squares, within five standard
   * errors.
   */
  @ParameterizedTest
  @EnumSource
  void elementsOfAStreamAreUncorrelated(Precision precision) {
    double[] x = normals(precision, 6, 0, MANY);
    double[] u = uniforms(precision, 6, 0, MANY);
    double scale = Math.sqrt(12);
    for (int lag :
        new int[] {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 63, 64, 65, 4096}) {
      int n = MANY - lag;
      double sum = 0;
      double squares = 0;
      double uniforms = 0;
      for (int i = 0; i < n; i++) {
        double a = x[i];
        double b = x[i + lag];
        sum += a * b;
        squares += (a * a - 1) * (b * b - 1) / 2;
        uniforms += scale * (u[i] - 0.5) * scale * (u[i + lag] - 0.5);
      }
      double error = 5 / Math.sqrt(n);
      assertEquals(0, sum / n, error, "lag " + lag);
      assertEquals(0, squares / n, error, "squares, lag " + lag);
      assertEquals(0, uniforms / n, error, "uniforms, lag " + lag);
    }
  }

  /** χ² of pairs of elements in 32 x 32 cells; 1150 has a probability of 0.3 %. */
  @ParameterizedTest
  @EnumSource
  void pairsFillTheSquareEvenly(Precision precision) {
    int cells = 32;
    double[] u = uniforms(precision, 8, 0, 2 * MANY);
    for (int lag : new int[] {1, 8, 16, 32}) {
      var counts = new int[cells * cells];
      int pairs = 0;
      for (int i = 0; i + lag < u.length; i += i % lag == lag - 1 ? lag + 1 : 1) {
        int row = (int) (u[i] * cells);
        int column = (int) (u[i + lag] * cells);
        counts[row * cells + column]++;
        pairs++;
      }
      double expected = (double) pairs / counts.length;
      double chiSquared = 0;
      for (int count : counts) {
        chiSquared += (count - expected) * (count - expected) / expected;
      }
      assertEquals(1023, chiSquared, 127, "lag " + lag);
    }
  }

  @Test
  void uniformsStayInside() {
    for (double u : uniforms(Precision.FLOAT, 4, 0, MANY)) {
      assertTrue(u > 0 && u < 1);
    }
  }

  @Test
  void refusesANegativeIndex() {
    Tensor out = Tensor.zeros(Precision.FLOAT, Shape.of(3));
    assertThrows(IllegalArgumentException.class, () -> Noise.normal(0, 0, -1, out));
  }

  private static double[] normals(Precision precision, long stream, long first, int n) {
    Tensor out = Tensor.zeros(precision, Shape.of(n));
    Noise.normal(SEED, stream, first, out);
    return out.toArray();
  }

  private static double[] uniforms(Precision precision, long stream, long first, int n) {
    Tensor out = Tensor.zeros(precision, Shape.of(n));
    Noise.uniform(SEED, stream, first, out);
    return out.toArray();
  }

  /** With a second sequence: another stream, or another seed. */
  private static double correlation(double[] a, int n, int which) {
    Tensor other = Tensor.zeros(Precision.DOUBLE, Shape.of(n));
    Noise.normal(which == 1 ? SEED : SEED + 1, which == 1 ? 2 : 1, 0, other);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += a[i] * other.at(i) / n;
    }
    return sum;
  }

  private static double distance(double[] sample, DoubleUnaryOperator distribution) {
    Arrays.sort(sample);
    double worst = 0;
    for (int i = 0; i < sample.length; i++) {
      double expected = distribution.applyAsDouble(sample[i]);
      worst = Math.max(worst, Math.abs(expected - (double) i / sample.length));
      worst = Math.max(worst, Math.abs(expected - (i + 1.0) / sample.length));
    }
    return worst;
  }

  /** By the series Φ(x) = 1/2 + φ(x) Σ x^(2k+1) / (2k+1)!!. */
  private static double normalDistribution(double x) {
    double term = x;
    double sum = 0;
    for (int k = 1; Math.abs(term) > 1e-17; k += 2) {
      sum += term;
      term *= x * x / (k + 2);
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
