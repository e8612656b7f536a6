package girsanov.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.tensor.plain.FloatPlainElementwise;
import girsanov.tensor.plain.FloatPlainMatmul;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The kernel against three plain loops: the same bits, and nothing written beside the result. */
class FloatMatmulTest {
  private static final float GUARD = 12345;

  /** As each kernel is allowed beside its plain twin. */
  private static final int ULPS = 4;

  /** Sizes at and around the edges of tiles, panels and blocks. */
  private static final int[] SIZES = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 23, 30, 31, 32, 33, 41, 48, 63, 64, 65, 67
  };

  private final Random random = new Random(7);

  @Test
  void awkwardSizes() {
    for (int trial = 0; trial < 1000; trial++) {
      check(pick(), pick(), pick(), trial);
    }
  }

  @Test
  void sizesBeyondOneBlock() {
    check(100, 100, 207, 0);
    check(7, 702, 30, 1);
    check(50, 300, 519, 2);
    check(26, 258, 1030, 3);
    check(29, 259, 2070, 5);
    check(50, 130, 1500, 6);
    check(100, 513, 513, 1);
    check(3, 300, 100, 0);
    check(33, 769, 700, 4);
    check(70, 300, 5, 2);
  }

  /** A few columns beyond whole vectors: packed, they share a vector. */
  @Test
  void edges() {
    for (int n : new int[] {49, 50, 52, 53, 68, 84, 98, 100, 116, 180, 257, 25, 26, 33, 13}) {
      for (int m : new int[] {1, 2, 3, 4, 5, 16, 50}) {
        check(m, n, pick(), m + n);
      }
    }
    check(18, 100, 700, 4);
    check(18, 100, 700, 6);
  }

  /** With a right factor that has gaps and with one that has none, and every rest of a vector. */
  @Test
  void columns() {
    for (int k = 0; k <= 67; k++) {
      for (int variant = 0; variant < 8; variant++) {
        check(1 + (k + variant) % 11, 1, k, variant);
      }
    }
    for (int variant = 0; variant < 8; variant++) {
      check(103, 1, 1300 + variant, variant);
    }
  }

  /** Whichever rows are asked for together. */
  @Test
  void partsOfAColumn() {
    int k = 45;
    Extents e = Extents.of(11, 1, k).accumulating();
    float[] a = numbers(11 * k);
    float[] b = numbers(k);
    float[] expected = numbers(11);
    float[] c = expected.clone();
    FloatMatmul.matmul(e, a, 0, b, 0, expected, 0, b, 0);
    for (int i = 0, rows = 1; i < 11; i += rows++) {
      rows = Math.min(rows, 11 - i);
      FloatMatmul.part(e, i, rows, 0, 1, a, 0, b, 0, c, 0, b, 0, Epilogue.NONE, b, 0);
    }
    assertSame(expected, c, "parts of a column");
  }

  @Test
  void nothing() {
    for (int k : new int[] {0, 5, 30, 600}) {
      check(0, 30, k, 0);
      check(30, 0, k, 0);
      check(0, 0, k, 1);
      check(7, 20, 0, 1);
      checkEpilogue(new Epilogue(true, Activation.TANH), 30, 0, k, 0);
    }
  }

  @Test
  void whatFollowsAProductIsDoneToEachElementOnce() {
    int trial = 0;
    for (Activation f : Activation.values()) {
      for (boolean bias : new boolean[] {false, true}) {
        checkEpilogue(new Epilogue(bias, f), 100, 70, 30, trial++);
        checkEpilogue(new Epilogue(bias, f), 7, 300, 520, trial++);
        checkEpilogue(new Epilogue(bias, f), 51, 41, 3, trial++);
        checkEpilogue(new Epilogue(bias, f), 5, 6, 20, trial++);
        checkEpilogue(new Epilogue(bias, f), 53, 1, 35, trial++);
      }
    }
  }

  private void checkEpilogue(Epilogue epilogue, int m, int n, int k, int variant) {
    float[] a = numbers(m * k);
    float[] b = numbers(k * n);
    float[] bias = numbers(n + 1);
    int ldc = n + variant % 2;
    var extents = new Extents(m, n, k, k, 1, n, false, ldc, variant % 3 == 0);
    float[] start = numbers(m * ldc + 1);
    float[] expected = start.clone();
    FloatPlainMatmul.matmul(extents, a, 0, b, 0, expected, 0);
    float[] row = new float[n];
    for (int i = 0; i < m; i++) {
      System.arraycopy(expected, i * ldc, row, 0, n);
      for (int j = 0; epilogue.bias() && j < n; j++) {
        row[j] += bias[1 + j];
      }
      switch (epilogue.activation()) {
        case IDENTITY -> {}
        case TANH -> FloatPlainElementwise.tanh(row, 0, row, 0, n);
        case SIGMOID -> FloatPlainElementwise.sigmoid(row, 0, row, 0, n);
        case RELU -> FloatPlainElementwise.relu(row, 0, row, 0, n);
        case ELU -> FloatPlainElementwise.elu(row, 0, row, 0, n);
        case SOFTPLUS -> FloatPlainElementwise.softplus(row, 0, row, 0, n);
        case SILU -> FloatPlainElementwise.silu(row, 0, row, 0, n);
      }
      System.arraycopy(row, 0, expected, i * ldc, n);
    }
    boolean exact =
        epilogue.activation() == Activation.IDENTITY || epilogue.activation() == Activation.RELU;
    int ulps = exact ? 0 : ULPS;
    float[] c = start.clone();
    float[] scratch = new float[FloatMatmul.scratchSize(extents)];
    FloatMatmul.matmul(extents, a, 0, b, 0, c, 0, scratch, 0, epilogue, bias, 1);
    assertNear(expected, c, ulps, epilogue.toString());
    float[] packed = new float[FloatMatmul.packedSize(k, n)];
    FloatMatmul.pack(extents, b, 0, packed, 0);
    c = start.clone();
    FloatMatmul.matmulPacked(extents, a, 0, packed, 0, c, 0, epilogue, bias, 1);
    assertNear(expected, c, ulps, epilogue + " packed");
  }

  private int pick() {
    return SIZES[random.nextInt(SIZES.length)];
  }

  /** The low bits of {@code variant} choose transposes and accumulation. */
  private void check(int m, int n, int k, int variant) {
    boolean transposeA = (variant & 1) != 0;
    boolean transposeB = (variant & 2) != 0;
    boolean accumulate = (variant & 4) != 0;
    int lda = (transposeA ? m : k) + random.nextInt(3);
    int ldb = (transposeB ? k : n) + random.nextInt(3);
    int ldc = n + random.nextInt(3);
    int o = random.nextInt(20);
    float[] a = numbers(o + lda * (transposeA ? k : m));
    float[] b = numbers(o + ldb * (transposeB ? n : k));
    float[] start = numbers(o + ldc * m + 5);
    int rs = transposeA ? 1 : lda;
    int cs = transposeA ? lda : 1;
    for (int i = 0; i < start.length; i++) {
      int column = (i - o) % Math.max(1, ldc);
      if (i < o || column >= n || i >= o + ldc * m) {
        start[i] = GUARD;
      }
    }
    float[] expected = start.clone();
    var extents = new Extents(m, n, k, rs, cs, ldb, transposeB, ldc, accumulate);
    FloatPlainMatmul.matmul(extents, a, o, b, o, expected, o);
    String what = m + "x" + k + "x" + n + " variant " + variant;

    float[] c = start.clone();
    float[] scratch = guarded(FloatMatmul.scratchSize(extents));
    FloatMatmul.matmul(extents, a, o, b, o, c, o, scratch, 1);
    assertSame(expected, c, what);
    assertGuards(scratch, what);

    float[] packed = guarded(FloatMatmul.packedSize(k, n));
    FloatMatmul.pack(extents, b, o, packed, 1);
    assertGuards(packed, what);
    c = start.clone();
    FloatMatmul.matmulPacked(extents, a, o, packed, 1, c, o);
    assertSame(expected, c, what + " packed");
  }

  private float[] numbers(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /** n elements between two guards. */
  private static float[] guarded(int n) {
    float[] x = new float[n + 2];
    x[0] = GUARD;
    x[n + 1] = GUARD;
    return x;
  }

  private static void assertGuards(float[] x, String what) {
    assertEquals(GUARD, x[0], what);
    assertEquals(GUARD, x[x.length - 1], what);
  }

  private static void assertNear(float[] expected, float[] actual, int ulps, String what) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= ulps * Math.ulp(expected[i]))) {
        assertEquals(expected[i], actual[i], what + " at " + i);
      }
    }
  }

  private static void assertSame(float[] expected, float[] actual, String what) {
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] != actual[i]) {
        assertEquals(expected[i], actual[i], what + " at " + i);
      }
    }
  }
}
