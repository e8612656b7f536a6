package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * What follows a product ({@link Epilogue}), done to rows of C in place. The kernels of {@link
 * FloatElementwise} write whole vectors, so the last numbers of a run are done in a buffer.
 */
final class FloatEpilogue {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private static final ThreadLocal<float[]> BUFFER = ThreadLocal.withInitial(() -> new float[L]);

  private FloatEpilogue() {}

  static void apply(
      Epilogue epilogue, int rows, int cols, float[] c, int co, int ldc, float[] bias, int biasAt) {
    if (epilogue.bias()) {
      addBias(rows, cols, bias, biasAt, c, co, ldc);
    }
    Activation f = epilogue.activation();
    if (f == Activation.IDENTITY) {
      return;
    }
    // Rows without gaps are one run.
    int runs = ldc == cols ? 1 : rows;
    int length = ldc == cols ? rows * cols : cols;
    int whole = length & -L;
    for (int r = 0; r < runs; r++) {
      int at = co + r * ldc;
      apply(f, c, at, whole);
      if (whole < length) {
        float[] buffer = BUFFER.get();
        System.arraycopy(c, at + whole, buffer, 0, length - whole);
        apply(f, buffer, 0, L);
        System.arraycopy(buffer, 0, c, at + whole, length - whole);
      }
    }
  }

  /** Down the rows, a vector's width at a time: the bias stays in a register. */
  private static void addBias(
      int rows, int cols, float[] bias, int biasAt, float[] c, int co, int ldc) {
    int j = 0;
    for (; j <= cols - L; j += L) {
      FloatVector b = FloatVector.fromArray(S, bias, biasAt + j);
      for (int r = 0; r < rows; r++) {
        int at = co + r * ldc + j;
        FloatVector.fromArray(S, c, at).add(b).intoArray(c, at);
      }
    }
    if (j < cols) {
      VectorMask<Float> inside = S.indexInRange(j, cols);
      FloatVector b = FloatVector.fromArray(S, bias, biasAt + j, inside);
      for (int r = 0; r < rows; r++) {
        int at = co + r * ldc + j;
        FloatVector.fromArray(S, c, at, inside).add(b).intoArray(c, at, inside);
      }
    }
  }

  private static void apply(Activation f, float[] c, int at, int n) {
    switch (f) {
      case IDENTITY -> {}
      case TANH -> FloatElementwise.tanh(c, at, c, at, n);
      case SIGMOID -> FloatElementwise.sigmoid(c, at, c, at, n);
      case RELU -> FloatElementwise.relu(c, at, c, at, n);
      case ELU -> FloatElementwise.elu(c, at, c, at, n);
      case SOFTPLUS -> FloatElementwise.softplus(c, at, c, at, n);
      case SILU -> FloatElementwise.silu(c, at, c, at, n);
    }
  }
}
