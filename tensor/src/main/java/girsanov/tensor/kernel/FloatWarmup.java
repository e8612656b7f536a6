package girsanov.tensor.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One small call of every kernel, for {@code Warmup} and for the tests that count allocations. */
public final class FloatWarmup {
  private static final int N = 64;

  private static final int PANEL = FloatPacking.PANEL;
  private static final int LANES = PANEL / Lanes.TILE_VECTORS;

  /** The least depth that the register tiles do. */
  private static final int K = FloatShallow.MAX_DEPTH + 1;

  /** The side of what is transposed: with one row and one column more than whole vectors. */
  private static final int SIDE = 17;

  /** Enough for the widest right factor, and for what is transposed. */
  private static final int SIZE = Math.max(SIDE * SIDE, 8 * LANES * K);

  @FunctionalInterface
  private interface Unary {
    void run(float[] x, int xo, float[] y, int yo, int n);
  }

  @FunctionalInterface
  private interface Binary {
    void run(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);
  }

  private final float[] x = filled((float) 0.5);
  private final float[] y = filled((float) 0.25);
  private final float[] z = filled(0);
  private final float[] w = filled(0);
  private final float[] scratch = filled(0);

  private FloatWarmup() {
    // The way of vectors beyond the usual range must be compiled too.
    x[N - 1] = 100; // FLOAT
    // DOUBLE: x[N - 1] = 1000;
  }

  /** Calls of the kernels of matrix products. */
  public static List<Runnable> products() {
    return new FloatWarmup().productCalls();
  }

  /** Calls of the elementwise kernels, the movements and the reductions that most models use. */
  public static List<Runnable> common() {
    return new FloatWarmup().commonCalls();
  }

  /** Calls of all other kernels. */
  public static List<Runnable> rare() {
    return new FloatWarmup().rareCalls();
  }

  private List<Runnable> productCalls() {
    var calls = new ArrayList<Runnable>();
    for (int m : new int[] {6, 4, 3, 1}) {
      for (int n = PANEL; n > 0; n -= LANES) {
        calls.add(product(Extents.of(m, n, K)));
      }
    }
    calls.add(product(Extents.of(1, 8 * LANES, K)));
    calls.add(product(Extents.of(6, 1, 45)));
    for (int k = 1; k <= FloatShallow.MAX_DEPTH; k++) {
      calls.add(product(Extents.of(6, 3 * LANES, k)));
    }
    calls.add(product(Extents.of(6, PANEL - 1, K)));
    calls.add(product(Extents.of(1, LANES - 1, K)));
    calls.add(() -> FloatMovement.transpose(y, 0, SIDE, z, 0, SIDE, SIDE, SIDE));
    calls.add(() -> FloatPacking.pack(1, PANEL, y, 0, 0, false, scratch, 0));
    for (Extents e :
        List.of(
            Extents.of(4, 3 * LANES + 1, K),
            Extents.of(6, PANEL - 1, K),
            Extents.of(6, 3 * LANES, FloatShallow.MAX_DEPTH))) {
      calls.add(packedProduct(e));
      calls.add(packedProduct(e.transposedB()));
    }
    var after = new Epilogue(true, Activation.SOFTPLUS);
    Extents e = Extents.of(6, 3 * LANES + 1, K);
    calls.add(() -> FloatMatmul.matmul(e, x, 0, y, 0, z, 0, scratch, 0, after, y, 0));
    return calls;
  }

  /** Once alone and once added: a branch never taken would be compiled away, and missed later. */
  private Runnable product(Extents e) {
    Extents adding = e.accumulating();
    return () -> {
      FloatMatmul.matmul(e, x, 0, y, 0, z, 0, scratch, 0);
      FloatMatmul.matmul(adding, x, 0, y, 0, z, 0, scratch, 0);
    };
  }

  private Runnable packedProduct(Extents e) {
    Extents adding = e.accumulating();
    return () -> {
      FloatMatmul.pack(e, y, 0, scratch, 0);
      FloatMatmul.matmulPacked(e, x, 0, scratch, 0, z, 0);
      FloatMatmul.matmulPacked(adding, x, 0, scratch, 0, z, 0);
    };
  }

  private List<Runnable> commonCalls() {
    var calls = new ArrayList<Runnable>();
    unary(
        calls,
        FloatElementwise::exp,
        FloatElementwise::expm1,
        FloatElementwise::tanh,
        FloatElementwise::sigmoid,
        FloatElementwise::softplus,
        FloatElementwise::log,
        FloatElementwise::elu,
        FloatElementwise::reciprocal,
        FloatElementwise::square,
        FloatElementwise::sqrt,
        FloatElementwise::copy,
        FloatElementwise::negate,
        FloatElementwise::accumulate);
    binary(
        calls,
        FloatElementwise::add,
        FloatElementwise::subtract,
        FloatElementwise::multiply,
        FloatElementwise::divide);
    calls.add(() -> FloatElementwise.multiplyAdd(x, 0, y, 0, x, 0, z, 0, N));
    calls.add(() -> FloatElementwise.subtractProduct(x, 0, y, 0, x, 0, z, 0, N));
    calls.add(() -> FloatElementwise.addScaled(x, 0, 2, y, 0, z, 0, N));
    calls.add(() -> FloatElementwise.sigmoidSlope(x, 0, y, 0, z, 0, N));
    calls.add(() -> FloatElementwise.tanhSlope(x, 0, y, 0, z, 0, N));
    calls.add(() -> FloatElementwise.softplusSlope(y, 0, x, 0, z, 0, N));
    calls.add(() -> FloatElementwise.eluSlope(x, 0, y, 0, z, 0, N));
    gates(calls);
    calls.add(() -> FloatElementwise.fill(z, 0, N, 1));
    calls.add(() -> FloatElementwise.addScalar(x, 0, 1, z, 0, N));
    calls.add(() -> FloatElementwise.multiplyScalar(x, 0, 1, z, 0, N));
    calls.add(() -> FloatMovement.copyRows(x, 0, 8, z, 0, 9, 8, 8));
    calls.add(() -> FloatMovement.broadcastRow(x, 0, z, 0, 8, 8));
    calls.add(() -> FloatMovement.broadcastColumn(x, 0, 1, z, 0, 8, 8));
    calls.add(() -> FloatAdam.step(1, 0, 1, 0, 1, 0, 1, 1, 0, x, 0, y, 0, z, 0, w, 0, N));
    calls.add(() -> z[0] = FloatReduction.sum(x, 0, N) + FloatReduction.sum(x, 0, N - 1));
    calls.add(() -> FloatReduction.rowSums(x, 0, 20, 3, 19, z, 0));
    calls.add(
        () -> {
          FloatReduction.columnSums(x, 0, PANEL, 3, 5 * LANES - 1, z, 0, false);
          FloatReduction.columnSums(x, 0, PANEL, 3, 5 * LANES - 1, z, 0, true);
        });
    calls.add(() -> FloatReduction.rowMax(x, 0, 20, 3, 19, z, 0));
    return calls;
  }

  /** Rows of a vector and a half, some of them wider apart. */
  private void gates(List<Runnable> calls) {
    float[][] m = {x, y, x, y, x, y, z, w, scratch, scratch, scratch};
    int width = 3 * LANES / 2;
    int distance = N / 2;
    int[] at = {0, 0, 0, 0, 0, 0, 0, 0, 0, N, 2 * N};
    int[] stride = {
      width, 0, width, width, width, width, width, width, distance, distance, distance
    };
    int[] slots = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    int[] three = {0, 1, 8};
    calls.add(() -> FloatGates.sigmoidOfSum(m, at, stride, three, 2, width));
    calls.add(() -> FloatGates.state(m, at, stride, slots, 2, width));
    calls.add(() -> FloatGates.slopes(m, at, stride, slots, 2, width));
  }

  private List<Runnable> rareCalls() {
    var calls = new ArrayList<Runnable>();
    unary(
        calls,
        FloatElementwise::abs,
        FloatElementwise::sign,
        FloatElementwise::log1p,
        FloatElementwise::sin,
        FloatElementwise::cos,
        FloatElementwise::relu,
        FloatElementwise::silu,
        FloatElementwise::erf);
    binary(
        calls,
        FloatElementwise::power,
        FloatElementwise::maximum,
        FloatElementwise::minimum,
        FloatElementwise::less);
    calls.add(() -> FloatElementwise.select(x, 0, y, 0, x, 0, z, 0, N));
    calls.add(() -> FloatReduction.columnMax(x, 0, 20, 3, 19, z, 0));
    return calls;
  }

  private void unary(List<Runnable> calls, Unary... kernels) {
    for (Unary kernel : kernels) {
      calls.add(() -> kernel.run(x, 0, z, 0, N));
    }
  }

  private void binary(List<Runnable> calls, Binary... kernels) {
    for (Binary kernel : kernels) {
      calls.add(() -> kernel.run(x, 0, y, 0, z, 0, N));
    }
  }

  private static float[] filled(float value) {
    float[] array = new float[SIZE];
    Arrays.fill(array, value);
    return array;
  }
}
