package girsanov.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import girsanov.tensor.Precision;
import girsanov.tensor.plain.FloatPlainElementwise;
import girsanov.tensor.plain.FloatPlainMovement;
import girsanov.tensor.plain.FloatPlainReduction;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public kernel against the plain loop of the same name and parameters, at awkward sizes. */
class FloatKernelTest {
  private static final float GUARD = 12345;
  private static final float SIXTEEN = 16;
  private static final int[] SIZES = {100, 207, 702, 1100};

  private final Random random = new Random(5);

  static Stream<Method> elementwise() {
    return Arrays.stream(FloatElementwise.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()));
  }

  @ParameterizedTest
  @MethodSource
  void elementwise(Method kernel) throws ReflectiveOperationException {
    for (int n = 1; n <= 67; n++) {
      checkElementwise(kernel, n, false);
    }
    for (int n : SIZES) {
      checkElementwise(kernel, n, false);
      checkElementwise(kernel, n, true);
    }
  }

  /** In place: the result lies on the first array. */
  private void checkElementwise(Method kernel, int n, boolean inPlace)
      throws ReflectiveOperationException {
    Method plain = twin(FloatPlainElementwise.class, kernel);
    Class<?>[] types = kernel.getParameterTypes();
    Object[] fast = new Object[types.length];
    Object[] slow = new Object[types.length];
    int last = -1;
    for (int i = 0; i < types.length; i++) {
      if (types[i] == float[].class) {
        boolean result = !Arrays.asList(types).subList(i + 1, types.length).contains(types[i]);
        if (inPlace && result && last >= 0) {
          fast[i] = fast[0];
          slow[i] = slow[0];
          fast[i + 1] = fast[1];
          slow[i + 1] = slow[1];
        } else {
          int offset = random.nextInt(20);
          float[] x = numbers(offset + Precision.FLOAT.pad(n) + 3);
          fast[i] = x;
          slow[i] = x.clone();
          fast[i + 1] = offset;
          slow[i + 1] = offset;
        }
        last = i;
      } else if (types[i] == float.class) {
        fast[i] = (float) 1.7;
        slow[i] = (float) 1.7;
      } else if (fast[i] == null) {
        fast[i] = n;
        slow[i] = n;
      }
    }
    float[] y = (float[]) fast[last];
    int yo = (Integer) fast[last + 1];
    float[] before = y.clone();
    kernel.invoke(null, fast);
    plain.invoke(null, slow);
    float[] expected = (float[]) slow[last];
    String what = kernel.getName() + " of " + n;
    for (int i = 0; i < n; i++) {
      assertNear(expected[yo + i], y[yo + i], what + " at " + i);
    }
    for (int i = 0; i < y.length; i++) {
      if (i < yo || i >= yo + Precision.FLOAT.pad(n)) {
        assertEquals(before[i], y[i], what + ": outside, at " + (i - yo));
      }
    }
  }

  @Test
  void movementWritesExactlyWhatItNames() {
    for (int trial = 0; trial < 400; trial++) {
      int rows = 1 + random.nextInt(40);
      int cols = 1 + random.nextInt(70);
      int ld = cols + random.nextInt(4);
      int ldT = rows + random.nextInt(4);
      int o = random.nextInt(9);
      float[] x = numbers(o + rows * ld + cols + 5);
      float[] fast = new float[o + rows * ld + cols * ldT + 9];
      Arrays.fill(fast, GUARD);
      float[] slow = fast.clone();
      switch (trial % 4) {
        case 0 -> {
          FloatMovement.copyRows(x, o, ld, fast, o + 1, ld, rows, cols);
          FloatPlainMovement.copyRows(x, o, ld, slow, o + 1, ld, rows, cols);
        }
        case 1 -> {
          FloatMovement.broadcastRow(x, o, fast, o + 1, rows, cols);
          FloatPlainMovement.broadcastRow(x, o, slow, o + 1, rows, cols);
        }
        case 2 -> {
          FloatMovement.broadcastColumn(x, o, ld, fast, o + 1, rows, cols);
          FloatPlainMovement.broadcastColumn(x, o, ld, slow, o + 1, rows, cols);
        }
        default -> {
          FloatMovement.transpose(x, o, ld, fast, o + 1, ldT, rows, cols);
          FloatPlainMovement.transpose(x, o, ld, slow, o + 1, ldT, rows, cols);
        }
      }
      assertEquals(-1, Arrays.mismatch(slow, fast), rows + " x " + cols + " in trial " + trial);
    }
  }

  @Test
  void reductionsOfRowsAndColumns() {
    for (int trial = 0; trial < 400; trial++) {
      int rows = 1 + random.nextInt(40);
      int cols = 1 + random.nextInt(100);
      int ld = cols + random.nextInt(4);
      int o = random.nextInt(9);
      boolean accumulate = trial % 8 >= 4;
      float[] x = numbers(o + rows * ld);
      float[] fast = numbers(o + Math.max(rows, cols) + 2);
      float[] slow = fast.clone();
      switch (trial % 4) {
        case 0 -> {
          FloatReduction.rowSums(x, o, ld, rows, cols, fast, o);
          FloatPlainReduction.rowSums(x, o, ld, rows, cols, slow, o);
        }
        case 1 -> {
          FloatReduction.columnSums(x, o, ld, rows, cols, fast, o, accumulate);
          FloatPlainReduction.columnSums(x, o, ld, rows, cols, slow, o, accumulate);
        }
        case 2 -> {
          FloatReduction.rowMax(x, o, ld, rows, cols, fast, o);
          FloatPlainReduction.rowMax(x, o, ld, rows, cols, slow, o);
        }
        default -> {
          FloatReduction.columnMax(x, o, ld, rows, cols, fast, o);
          FloatPlainReduction.columnMax(x, o, ld, rows, cols, slow, o);
        }
      }
      for (int i = 0; i < fast.length; i++) {
        assertEquals(slow[i], fast[i], 100 * Math.ulp(SIXTEEN), "trial " + trial + " at " + i);
      }
    }
  }

  @Test
  void sums() {
    for (int n = 0; n < 300; n++) {
      float[] x = numbers(n + 3);
      float tolerance = n * Math.ulp(SIXTEEN);
      assertEquals(FloatPlainReduction.sum(x, 2, n), FloatReduction.sum(x, 2, n), tolerance);
    }
  }

  @Test
  void maximaOfNaNAreNaN() {
    float[] x = numbers(40);
    x[33] = Float.NaN;
    float[] y = new float[40];
    FloatReduction.rowMax(x, 0, 40, 1, 40, y, 0);
    assertTrue(Float.isNaN(y[0]));
    FloatReduction.columnMax(x, 0, 20, 2, 20, y, 0);
    assertTrue(Float.isNaN(y[13]));
  }

  /** Positive and negative, some equal, some zero; small enough for every function. */
  private float[] numbers(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextInt(5) == 0 ? random.nextInt(3) - 1 : (float) random.nextGaussian();
    }
    return x;
  }

  private static Method twin(Class<?> plain, Method kernel) {
    try {
      return plain.getMethod(kernel.getName(), kernel.getParameterTypes());
    } catch (NoSuchMethodException e) {
      return fail("a kernel without a plain twin: " + kernel, e);
    }
  }

  private static void assertNear(float expected, float actual, String what) {
    if (Float.compare(expected, actual) != 0
        && !(Math.abs(expected - actual) <= 4 * Math.ulp(expected))) {
      assertEquals(expected, actual, what);
    }
  }
}
