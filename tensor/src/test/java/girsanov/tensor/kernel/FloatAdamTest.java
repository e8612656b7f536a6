package girsanov.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.tensor.plain.FloatPlainAdam;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The kernel against a plain loop, bit by bit. */
class FloatAdamTest {
  private static final int PADDING = 16;

  private final Random random = new Random(5);

  @Test
  void equalsThePlainLoop() {
    equalsThePlainLoop(0);
    equalsThePlainLoop((float) 0.3);
  }

  private void equalsThePlainLoop(float decay) {
    for (int n : new int[] {1, 7, 16, 33, 100}) {
      float[] g = numbers(n + 3);
      float[] theta = numbers(n);
      float[] m = numbers(n + 1);
      float[] v = numbers(n + 2);
      for (int i = 0; i < v.length; i++) {
        v[i] = Math.abs(v[i]);
      }
      float[] slowTheta = theta.clone();
      float[] slowM = m.clone();
      float[] slowV = v.clone();
      float rate = (float) 0.01;
      float least = (float) 1e-8;
      float one = 1;
      float b1 = one / 2; // β₁, and 1 − β₁
      float b2 = (float) 0.999;
      float rest = one - b2;
      FloatAdam.step(3, b1, b1, b2, rest, rate, 2, least, decay, g, 3, theta, 0, m, 1, v, 2, n);
      FloatPlainAdam.step(
          3, b1, b1, b2, rest, rate, 2, least, decay, g, 3, slowTheta, 0, slowM, 1, slowV, 2, n);
      assertEquals(-1, Arrays.mismatch(Arrays.copyOf(slowTheta, n), Arrays.copyOf(theta, n)));
      assertEquals(-1, Arrays.mismatch(Arrays.copyOf(slowM, n + 1), Arrays.copyOf(m, n + 1)));
      assertEquals(-1, Arrays.mismatch(Arrays.copyOf(slowV, n + 2), Arrays.copyOf(v, n + 2)));
    }
  }

  /** Without a decay the moments are those of any θ. */
  @Test
  void noDecay() {
    int n = 33;
    float[] gradient = numbers(n);
    float[] m = numbers(n);
    float[] v = new float[n + PADDING];
    float[] otherM = m.clone();
    float[] otherV = v.clone();
    step(gradient, numbers(n), m, v, n);
    step(gradient, new float[n + PADDING], otherM, otherV, n);
    assertEquals(-1, Arrays.mismatch(otherM, m));
    assertEquals(-1, Arrays.mismatch(otherV, v));
  }

  private static void step(float[] gradient, float[] theta, float[] m, float[] v, int n) {
    float half = (float) 0.5;
    FloatAdam.step(
        3, half, half, half, half, half, 2, half, 0, gradient, 0, theta, 0, m, 0, v, 0, n);
  }

  private float[] numbers(int n) {
    float[] x = new float[n + PADDING];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}
