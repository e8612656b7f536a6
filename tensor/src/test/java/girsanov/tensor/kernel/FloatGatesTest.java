package girsanov.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.tensor.Precision;
import girsanov.tensor.plain.FloatPlainGates;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Gates against plain loops, and bit for bit against the steps that they do in one. */
class FloatGatesTest {
  private static final int VECTOR = Precision.FLOAT.pad(1);

  private final Random random = new Random(7);

  @FunctionalInterface
  private interface Kernel {
    void run(float[][] m, int[] at, int[] stride, int[] slots, int rows, int cols);
  }

  @Test
  void sigmoidOfSum() {
    check(FloatGates::sigmoidOfSum, FloatPlainGates::sigmoidOfSum, FloatGatesTest::sigmoid, 2, 3);
  }

  @Test
  void state() {
    check(FloatGates::state, FloatPlainGates::state, FloatGatesTest::stateBySteps, 6, 9);
  }

  @Test
  void slopes() {
    check(FloatGates::slopes, FloatPlainGates::slopes, FloatGatesTest::slopesBySteps, 6, 11);
  }

  private void check(Kernel fast, Kernel plain, Kernel bySteps, int operands, int all) {
    for (int trial = 0; trial < 200; trial++) {
      boolean oneRow = trial % 4 == 0;
      int rows = oneRow ? 1 : 1 + random.nextInt(9);
      int cols = oneRow ? 1 + random.nextInt(200) : VECTOR + random.nextInt(120);
      int[] at = new int[all];
      int[] stride = new int[all];
      float[][] m = new float[all][];
      // The results side by side in one array, as the gates of a product are.
      float[] wide = numbers(rows * cols * (all - operands) + 2 * VECTOR, false);
      for (int i = 0; i < all; i++) {
        boolean result = i >= operands;
        boolean apart = result && !oneRow && trial % 3 != 0;
        boolean same = !result && random.nextInt(5) == 0;
        at[i] = apart ? 3 + (i - operands) * cols : random.nextInt(9);
        stride[i] = apart ? (all - operands) * cols : same ? 0 : cols + random.nextInt(3);
        m[i] = apart ? wide : numbers(at[i] + rows * stride[i] + cols + VECTOR, operands == 2);
      }
      // A permutation: slots are not in the order of their roles.
      int[] slots = IntStream.range(0, all).map(i -> all - 1 - i).toArray();
      float[][] byRole = new float[all][];
      int[] atByRole = new int[all];
      int[] strideByRole = new int[all];
      for (int i = 0; i < all; i++) {
        byRole[slots[i]] = m[i];
        atByRole[slots[i]] = at[i];
        strideByRole[slots[i]] = stride[i];
      }
      float[][] expected = copy(byRole);
      float[][] exact = copy(byRole);
      fast.run(byRole, atByRole, strideByRole, slots, rows, cols);
      plain.run(expected, atByRole, strideByRole, slots, rows, cols);
      eachRow(bySteps, exact, atByRole, strideByRole, slots, operands, rows, cols);
      String what = rows + " x " + cols + " in trial " + trial;
      for (int i = 0; i < all; i++) {
        int slot = slots[i];
        // Beside a row of less than a vector anything may stand: it is rounded up.
        int from = cols < VECTOR ? at[i] : 0;
        int to = cols < VECTOR ? at[i] + cols : byRole[slot].length;
        float[] got = Arrays.copyOfRange(byRole[slot], from, to);
        assertArrayEquals(Arrays.copyOfRange(exact[slot], from, to), got, what);
        assertNear(Arrays.copyOfRange(expected[slot], from, to), got, what);
      }
    }
  }

  private static void assertNear(float[] expected, float[] got, String what) {
    for (int i = 0; i < expected.length; i++) {
      double tolerance = 16 * Math.ulp(Math.max(1, Math.abs(expected[i])));
      assertEquals(expected[i], got[i], tolerance, what + ", at " + i);
    }
  }

  /** Each row of the results in arrays of its own, copied back. */
  private static void eachRow(
      Kernel steps,
      float[][] m,
      int[] at,
      int[] stride,
      int[] slots,
      int operands,
      int rows,
      int cols) {
    int[] start = new int[slots.length];
    int[] order = IntStream.range(0, slots.length).toArray();
    float[][] row = new float[slots.length][Precision.FLOAT.pad(cols)];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < slots.length; i++) {
        int from = at[slots[i]] + r * stride[slots[i]];
        System.arraycopy(m[slots[i]], from, row[i], 0, cols);
      }
      steps.run(row, start, start, order, 1, cols);
      for (int i = operands; i < slots.length; i++) {
        int to = at[slots[i]] + r * stride[slots[i]];
        System.arraycopy(row[i], 0, m[slots[i]], to, cols);
      }
    }
  }

  private static void sigmoid(float[][] m, int[] at, int[] s, int[] slots, int rows, int n) {
    FloatElementwise.add(m[0], 0, m[1], 0, m[2], 0, n);
    FloatElementwise.sigmoid(m[2], 0, m[2], 0, n);
  }

  private static void stateBySteps(float[][] m, int[] at, int[] s, int[] slots, int rows, int n) {
    FloatElementwise.add(m[0], 0, m[1], 0, m[6], 0, n);
    FloatElementwise.multiplyAdd(m[2], 0, m[6], 0, m[3], 0, m[7], 0, n);
    FloatElementwise.tanh(m[7], 0, m[7], 0, n);
    FloatElementwise.subtract(m[5], 0, m[7], 0, m[8], 0, n);
    FloatElementwise.multiplyAdd(m[4], 0, m[8], 0, m[7], 0, m[8], 0, n);
  }

  private static void slopesBySteps(float[][] m, int[] at, int[] s, int[] slots, int rows, int n) {
    FloatElementwise.multiply(m[0], 0, m[1], 0, m[6], 0, n);
    FloatElementwise.subtract(m[0], 0, m[6], 0, m[7], 0, n);
    FloatElementwise.tanhSlope(m[7], 0, m[2], 0, m[7], 0, n);
    FloatElementwise.multiply(m[7], 0, m[3], 0, m[8], 0, n);
    FloatElementwise.multiply(m[7], 0, m[4], 0, m[9], 0, n);
    FloatElementwise.sigmoidSlope(m[9], 0, m[3], 0, m[9], 0, n);
    FloatElementwise.subtract(m[5], 0, m[2], 0, m[10], 0, n);
    FloatElementwise.multiply(m[10], 0, m[0], 0, m[10], 0, n);
    FloatElementwise.sigmoidSlope(m[10], 0, m[1], 0, m[10], 0, n);
  }

  /** Each array once, however often it is there. */
  private static float[][] copy(float[][] arrays) {
    float[][] copies = new float[arrays.length][];
    for (int i = 0; i < arrays.length; i++) {
      int first = Arrays.asList(arrays).indexOf(arrays[i]);
      copies[i] = first < i ? copies[first] : arrays[i].clone();
    }
    return copies;
  }

  /** Mostly small; a few so large that a sigmoid is 0 or 1. */
  private float[] numbers(int n, boolean withLarge) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      boolean large = withLarge && random.nextInt(200) == 0;
      x[i] = (float) random.nextGaussian() * (large ? 200 : 1);
    }
    return x;
  }
}
