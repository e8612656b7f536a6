package girsanov.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import girsanov.tensor.kernel.Activation;
import girsanov.tensor.kernel.Epilogue;
import girsanov.tensor.kernel.Extents;
import girsanov.tensor.kernel.FloatMatmul;
import girsanov.tensor.plain.FloatPlainMatmul;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatParallelMatmulTest {
  private final Random random = new Random(3);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void givesTheSameBitsOnAnyNumberOfThreads(int threads) {
    try (var workers = new Workers(threads)) {
      var product = new FloatParallelMatmul(workers);
      int[][] shapes = {
        {100, 300, 100},
        {700, 33, 60},
        {61, 401, 40},
        {7, 30, 5},
        {30, 700, 600},
        {130, 90, 70},
        {40, 640, 1100},
        {900, 320, 7},
        {900, 128, 100},
        {64, 64, 64},
        {6007, 1, 130}
      };
      for (int[] shape : shapes) {
        for (boolean transpose : new boolean[] {false, true}) {
          check(product, shape[0], shape[1], shape[2], transpose);
        }
      }
    }
  }

  private void check(FloatParallelMatmul product, int m, int n, int k, boolean transpose) {
    float[] a = numbers(m * k);
    float[] b = numbers(k * n);
    float[] fast = numbers(m * n);
    float[] slow = fast.clone();
    Extents plain = Extents.of(m, n, k).accumulating();
    Extents e = transpose ? plain.transposedB() : plain;
    float[] scratch = new float[product.scratchSize(e)];
    product.matmul(e, a, 0, b, 0, fast, 0, scratch, 0);
    float[] again = slow.clone();
    FloatPlainMatmul.matmul(e, a, 0, b, 0, slow, 0);
    assertArrayEquals(slow, fast, m + " x " + k + " x " + n);
    float[] packed = new float[FloatMatmul.packedSize(k, n)];
    FloatMatmul.pack(e, b, 0, packed, 0);
    product.matmulPacked(e, a, 0, packed, 0, again, 0, Epilogue.NONE, b, 0);
    assertArrayEquals(slow, again, "packed " + m + " x " + k + " x " + n);
    var relu = new Epilogue(true, Activation.RELU);
    product.matmul(e, a, 0, b, 0, fast, 0, scratch, 0, relu, b, 0);
    FloatPlainMatmul.matmul(e, a, 0, b, 0, slow, 0);
    for (int i = 0; i < m * n; i++) {
      slow[i] = Math.max(slow[i] + b[i % n], 0);
    }
    assertArrayEquals(slow, fast, m + " x " + k + " x " + n + " and what follows");
  }

  /** One after the other and several at a time, small and large, with a right factor in common. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void batches(int threads) {
    try (var workers = new Workers(threads)) {
      var product = new FloatParallelMatmul(workers);
      for (int repeat = 0; repeat < 3; repeat++) {
        for (boolean transpose : new boolean[] {false, true}) {
          checkBatch(product, transpose, 5, 9, 6, 30, 12);
          checkBatch(product, transpose, 4, 25, 30, 64, 40);
          checkBatch(product, transpose, 1, 3, 130, 192, 70);
          checkBatch(product, transpose, 3, 11, 40, 37, 90);
          checkBatch(product, transpose, 3, 11, 400, 1, 90);
        }
      }
    }
  }

  private void checkBatch(
      FloatParallelMatmul product, boolean transpose, int outer, int inner, int m, int n, int k) {
    float[] a = numbers(outer * inner * m * k);
    float[] b = numbers(outer * k * n);
    float[] fast = new float[outer * inner * m * n];
    float[] slow = new float[fast.length];
    Extents plain = Extents.of(m, n, k);
    Extents e = transpose ? plain.transposedA().transposedB() : plain;
    int[] axes = {outer, inner};
    int[] aSteps = {inner * m * k, m * k};
    int[] bSteps = {k * n, 0};
    int[] cSteps = {inner * m * n, m * n};
    float[] scratch = new float[product.batchScratchSize(axes, e)];
    product.batch(axes, e, a, 0, aSteps, b, 0, bSteps, fast, 0, cSteps, scratch, 0);
    for (int i = 0; i < outer; i++) {
      for (int j = 0; j < inner; j++) {
        int number = i * inner + j;
        FloatPlainMatmul.matmul(e, a, number * m * k, b, i * k * n, slow, number * m * n);
      }
    }
    assertArrayEquals(slow, fast, outer + " x " + inner + " of " + m + " x " + k + " x " + n);
  }

  @Test
  void allocatesNothing() {
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int n = 128;
    float[] a = numbers(n * n);
    float[] c = new float[n * n];
    try (var workers = new Workers(2)) {
      var product = new FloatParallelMatmul(workers);
      Extents e = Extents.of(n, n, n);
      float[] scratch = new float[product.scratchSize(e)];
      long allocated = Long.MAX_VALUE;
      long end = System.nanoTime() + 20_000_000_000L;
      while (allocated > 1000 && System.nanoTime() < end) {
        long before = bean.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
          product.matmul(e, a, 0, a, 0, c, 0, scratch, 0);
        }
        allocated = bean.getCurrentThreadAllocatedBytes() - before;
      }
      assertTrue(allocated <= 1000, allocated + " bytes in 100 products");
    }
  }

  private float[] numbers(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}
