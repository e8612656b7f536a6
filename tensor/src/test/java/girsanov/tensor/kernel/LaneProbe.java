package girsanov.tensor.kernel;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Prints a checksum of the results of every kernel, and makes every call of a warm-up, which must
 * keep to its arrays; LaneWidthTest runs it at every lane width.
 */
final class LaneProbe {
  private static final int N = 207;

  private LaneProbe() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    for (Class<?> kernels : new Class<?>[] {FloatElementwise.class, DoubleElementwise.class}) {
      Method[] methods = kernels.getDeclaredMethods();
      Arrays.sort(methods, Comparator.comparing(Method::getName));
      for (Method method : methods) {
        if (method.canAccess(null)) {
          print(kernels.getSimpleName() + "." + method.getName(), elementwise(method));
        }
      }
    }
    float[] x = floats(1);
    float[] y = floats(2);
    float[] z = floats(3);
    float[] scratch = new float[20000];
    print("sum", FloatReduction.sum(x, 1, N - 3));
    FloatReduction.columnSums(x, 0, 23, 8, 21, z, 0, true);
    print("columnSums", Arrays.hashCode(z));
    for (int n : new int[] {3, 17, 30, 33, 100}) {
      for (int k : new int[] {2, 7, 10}) {
        Extents e = Extents.of(7, n, k);
        FloatMatmul.matmul(e, x, 0, y, 0, z, 0, scratch, 0);
        print("matmul", Arrays.hashCode(z));
        e = e.transposedA().transposedB().accumulating();
        FloatMatmul.matmul(e, x, 0, y, 0, z, 0, scratch, 0);
        print("matmul", Arrays.hashCode(z));
      }
    }
    for (int k : new int[] {2, 7, 10, 45, 64}) {
      FloatMatmul.matmul(Extents.of(11, 1, k), x, 0, y, 0, z, 0, scratch, 0);
      print("column", Arrays.hashCode(z));
    }
    products(x, y);
    gates(x, y);
    movements(x);
    for (Precision precision : Precision.values()) {
      Tensor noise = Tensor.zeros(precision, Shape.of(N));
      Noise.normal(1, 2, 3, noise);
      print("noise", hash(noise));
    }
    Stream.of(FloatWarmup.products(), FloatWarmup.common(), FloatWarmup.rare())
        .forEach(calls -> calls.forEach(Runnable::run));
    Stream.of(DoubleWarmup.products(), DoubleWarmup.common(), DoubleWarmup.rare())
        .forEach(calls -> calls.forEach(Runnable::run));
  }

  /** Packed factors, and what follows a product. */
  private static void products(float[] x, float[] y) {
    Activation[] activations = Activation.values();
    for (int n : new int[] {3, 17, 33, 64, 100}) {
      for (int k : new int[] {5, 9}) {
        Extents e = Extents.of(7, n, k);
        var after = new Epilogue(true, activations[(n + k) % activations.length]);
        float[] packed = new float[FloatMatmul.packedSize(k, n)];
        FloatMatmul.pack(e, y, 0, packed, 0);
        float[] c = new float[7 * n];
        FloatMatmul.matmulPacked(e, x, 0, packed, 0, c, 0, after, x, 1);
        print("packed " + after, Arrays.hashCode(c));
      }
    }
  }

  /** Of rows of 21, some of them 64 apart. */
  private static void gates(float[] x, float[] y) {
    float[][] m = {x, y, x, y, x, y, null, null, null, null, null};
    for (int i = 6; i < m.length; i++) {
      m[i] = new float[1024];
    }
    int[] at = {0, 21, 42, 63, 84, 105, 0, 1, 2, 3, 4};
    int[] stride = {64, 64, 21, 21, 21, 0, 21, 64, 21, 64, 21};
    FloatGates.sigmoidOfSum(m, at, stride, new int[] {0, 1, 6}, 9, 21);
    print("sigmoidOfSum", Arrays.hashCode(m[6]));
    FloatGates.state(m, at, stride, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, 9, 21);
    print("state", Arrays.deepHashCode(m));
    FloatGates.slopes(m, at, stride, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 9, 21);
    print("slopes", Arrays.deepHashCode(m));
  }

  private static void movements(float[] x) {
    float[] y = new float[1024];
    FloatMovement.transpose(x, 0, 37, y, 0, 21, 21, 37);
    print("transpose", Arrays.hashCode(y));
    FloatReduction.rowMax(x, 0, 37, 21, 35, y, 0);
    FloatReduction.columnMax(x, 0, 37, 21, 35, y, 100);
    FloatReduction.rowSums(x, 0, 37, 21, 35, y, 200);
    print("maxima and sums", Arrays.hashCode(y));
    float[] theta = floats(4);
    float[] m = floats(5);
    float[] v = floats(6);
    for (int i = 0; i < v.length; i++) {
      v[i] = Math.abs(v[i]);
    }
    FloatAdam.step(
        0.001f, 0, 0.9f, 0.1f, 0.999f, 0.001f, 1, 1e-8f, 0.01f, x, 0, theta, 0, m, 0, v, 0, N);
    print("adam", Arrays.hashCode(new int[] {hash(theta), hash(m), hash(v)}));
  }

  /** Of the elements that a kernel was asked for. */
  private static int hash(float[] x) {
    return Arrays.hashCode(Arrays.copyOf(x, N));
  }

  private static int hash(Tensor tensor) {
    return switch (tensor) {
      case FloatTensor t -> Arrays.hashCode(t.array());
      case DoubleTensor t -> Arrays.hashCode(t.array());
    };
  }

  private static int elementwise(Method method) throws ReflectiveOperationException {
    Class<?>[] types = method.getParameterTypes();
    Object[] arguments = new Object[types.length];
    int result = 0;
    for (int i = 0; i < types.length; i++) {
      if (types[i] == float[].class) {
        arguments[i] = floats(i);
      } else if (types[i] == double[].class) {
        arguments[i] = doubles(i);
      } else if (types[i] == int.class) {
        boolean isCount = i == 0 || !types[i - 1].isArray();
        arguments[i] = isCount ? N : 0;
      } else {
        arguments[i] = types[i] == float.class ? (Object) 1.5f : (Object) 1.5;
      }
      result = types[i].isArray() ? i : result;
    }
    method.invoke(null, arguments);
    // Only the n elements asked for: what is computed beyond them does depend on the width.
    return switch (arguments[result]) {
      case float[] y -> Arrays.hashCode(Arrays.copyOf(y, N));
      case double[] y -> Arrays.hashCode(Arrays.copyOf(y, N));
      default -> throw new IllegalStateException(method.toString());
    };
  }

  private static float[] floats(int seed) {
    var random = new Random(seed);
    float[] x = new float[1024];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 5));
    }
    return x;
  }

  private static double[] doubles(int seed) {
    var random = new Random(seed);
    double[] x = new double[1024];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextGaussian() * Math.pow(10, random.nextInt(9) - 5);
    }
    return x;
  }

  @SuppressWarnings("SystemOut")
  private static void print(String name, Object value) {
    System.out.println(name + " " + value);
  }
}
