package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes in registers. Sixteen vectors are sixteen rows of a square; for d = 8, 4, 2 and 1,
 * rows i and i + d exchange the elements in whose place bit d is set, and is not. Eight lanes are
 * two squares of eight, beside each other; with fewer it is not worth it.
 */
final class FloatTranspose {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  /** Rows that {@link #strip} takes, as one vector of the result. */
  static final int ROWS = L;

  /** It takes whole groups of so many columns. */
  static final int COLUMNS = 16;

  private static final boolean SIXTEEN = L == 16;

  static final VectorShuffle<Float> X1 = exchange(1);
  static final VectorShuffle<Float> X2 = exchange(2);
  static final VectorShuffle<Float> X4 = exchange(4);
  static final VectorShuffle<Float> X8 = exchange(8);
  private static final VectorMask<Float> M1 = withBit(1);
  private static final VectorMask<Float> M2 = withBit(2);
  private static final VectorMask<Float> M4 = withBit(4);
  private static final VectorMask<Float> M8 = withBit(8);

  private FloatTranspose() {}

  /** Whether the machine's vectors are long enough. */
  static boolean isWorthIt() {
    return L == 8 || L == 16;
  }

  /** Each lane takes the element d places further, or d places back where bit d is set. */
  private static VectorShuffle<Float> exchange(int d) {
    return VectorShuffle.fromOp(S, lane -> (lane ^ d) % L);
  }

  private static VectorMask<Float> withBit(int d) {
    boolean[] bits = new boolean[L];
    for (int i = 0; i < L; i++) {
      bits[i] = (i & d) != 0;
    }
    return VectorMask.fromArray(S, bits, 0);
  }

  /** dst[c, r] = src[r, c] for {@link #ROWS} rows and whole {@link #COLUMNS}. */
  static void strip(float[] src, int so, int ld, float[] dst, int dof, int ldDst, int cols) {
    int far = SIXTEEN ? 8 * ld : 8;
    int ld3 = 3 * ld;
    int ld5 = 5 * ld;
    int ld7 = 7 * ld;
    int to3 = 3 * ldDst;
    int to5 = 5 * ldDst;
    int to7 = 7 * ldDst;
    int to = dof;
    for (int from = so; from < so + cols; from += COLUMNS) {
      int next = from + far;
      FloatVector x0 = FloatVector.fromArray(S, src, from);
      FloatVector x1 = FloatVector.fromArray(S, src, from + ld);
      FloatVector x2 = FloatVector.fromArray(S, src, from + 2 * ld);
      FloatVector x3 = FloatVector.fromArray(S, src, from + ld3);
      FloatVector x4 = FloatVector.fromArray(S, src, from + 4 * ld);
      FloatVector x5 = FloatVector.fromArray(S, src, from + ld5);
      FloatVector x6 = FloatVector.fromArray(S, src, from + 2 * ld3);
      FloatVector x7 = FloatVector.fromArray(S, src, from + ld7);
      FloatVector x8 = FloatVector.fromArray(S, src, next);
      FloatVector x9 = FloatVector.fromArray(S, src, next + ld);
      FloatVector x10 = FloatVector.fromArray(S, src, next + 2 * ld);
      FloatVector x11 = FloatVector.fromArray(S, src, next + ld3);
      FloatVector x12 = FloatVector.fromArray(S, src, next + 4 * ld);
      FloatVector x13 = FloatVector.fromArray(S, src, next + ld5);
      FloatVector x14 = FloatVector.fromArray(S, src, next + 2 * ld3);
      FloatVector x15 = FloatVector.fromArray(S, src, next + ld7);
      FloatVector y;
      if (SIXTEEN) {
        y = x0.blend(x8.rearrange(X8), M8);
        x8 = x0.rearrange(X8).blend(x8, M8);
        x0 = y;
        y = x1.blend(x9.rearrange(X8), M8);
        x9 = x1.rearrange(X8).blend(x9, M8);
        x1 = y;
        y = x2.blend(x10.rearrange(X8), M8);
        x10 = x2.rearrange(X8).blend(x10, M8);
        x2 = y;
        y = x3.blend(x11.rearrange(X8), M8);
        x11 = x3.rearrange(X8).blend(x11, M8);
        x3 = y;
        y = x4.blend(x12.rearrange(X8), M8);
        x12 = x4.rearrange(X8).blend(x12, M8);
        x4 = y;
        y = x5.blend(x13.rearrange(X8), M8);
        x13 = x5.rearrange(X8).blend(x13, M8);
        x5 = y;
        y = x6.blend(x14.rearrange(X8), M8);
        x14 = x6.rearrange(X8).blend(x14, M8);
        x6 = y;
        y = x7.blend(x15.rearrange(X8), M8);
        x15 = x7.rearrange(X8).blend(x15, M8);
        x7 = y;
      }
      y = x0.blend(x4.rearrange(X4), M4);
      x4 = x0.rearrange(X4).blend(x4, M4);
      x0 = y;
      y = x1.blend(x5.rearrange(X4), M4);
      x5 = x1.rearrange(X4).blend(x5, M4);
      x1 = y;
      y = x2.blend(x6.rearrange(X4), M4);
      x6 = x2.rearrange(X4).blend(x6, M4);
      x2 = y;
      y = x3.blend(x7.rearrange(X4), M4);
      x7 = x3.rearrange(X4).blend(x7, M4);
      x3 = y;
      y = x8.blend(x12.rearrange(X4), M4);
      x12 = x8.rearrange(X4).blend(x12, M4);
      x8 = y;
      y = x9.blend(x13.rearrange(X4), M4);
      x13 = x9.rearrange(X4).blend(x13, M4);
      x9 = y;
      y = x10.blend(x14.rearrange(X4), M4);
      x14 = x10.rearrange(X4).blend(x14, M4);
      x10 = y;
      y = x11.blend(x15.rearrange(X4), M4);
      x15 = x11.rearrange(X4).blend(x15, M4);
      x11 = y;
      y = x0.blend(x2.rearrange(X2), M2);
      x2 = x0.rearrange(X2).blend(x2, M2);
      x0 = y;
      y = x1.blend(x3.rearrange(X2), M2);
      x3 = x1.rearrange(X2).blend(x3, M2);
      x1 = y;
      y = x4.blend(x6.rearrange(X2), M2);
      x6 = x4.rearrange(X2).blend(x6, M2);
      x4 = y;
      y = x5.blend(x7.rearrange(X2), M2);
      x7 = x5.rearrange(X2).blend(x7, M2);
      x5 = y;
      y = x8.blend(x10.rearrange(X2), M2);
      x10 = x8.rearrange(X2).blend(x10, M2);
      x8 = y;
      y = x9.blend(x11.rearrange(X2), M2);
      x11 = x9.rearrange(X2).blend(x11, M2);
      x9 = y;
      y = x12.blend(x14.rearrange(X2), M2);
      x14 = x12.rearrange(X2).blend(x14, M2);
      x12 = y;
      y = x13.blend(x15.rearrange(X2), M2);
      x15 = x13.rearrange(X2).blend(x15, M2);
      x13 = y;
      y = x0.blend(x1.rearrange(X1), M1);
      x1 = x0.rearrange(X1).blend(x1, M1);
      x0 = y;
      y = x2.blend(x3.rearrange(X1), M1);
      x3 = x2.rearrange(X1).blend(x3, M1);
      x2 = y;
      y = x4.blend(x5.rearrange(X1), M1);
      x5 = x4.rearrange(X1).blend(x5, M1);
      x4 = y;
      y = x6.blend(x7.rearrange(X1), M1);
      x7 = x6.rearrange(X1).blend(x7, M1);
      x6 = y;
      y = x8.blend(x9.rearrange(X1), M1);
      x9 = x8.rearrange(X1).blend(x9, M1);
      x8 = y;
      y = x10.blend(x11.rearrange(X1), M1);
      x11 = x10.rearrange(X1).blend(x11, M1);
      x10 = y;
      y = x12.blend(x13.rearrange(X1), M1);
      x13 = x12.rearrange(X1).blend(x13, M1);
      x12 = y;
      y = x14.blend(x15.rearrange(X1), M1);
      x15 = x14.rearrange(X1).blend(x15, M1);
      x14 = y;
      x0.intoArray(dst, to);
      x1.intoArray(dst, to + ldDst);
      x2.intoArray(dst, to + 2 * ldDst);
      x3.intoArray(dst, to + to3);
      x4.intoArray(dst, to + 4 * ldDst);
      x5.intoArray(dst, to + to5);
      x6.intoArray(dst, to + 2 * to3);
      x7.intoArray(dst, to + to7);
      to += 8 * ldDst;
      x8.intoArray(dst, to);
      x9.intoArray(dst, to + ldDst);
      x10.intoArray(dst, to + 2 * ldDst);
      x11.intoArray(dst, to + to3);
      x12.intoArray(dst, to + 4 * ldDst);
      x13.intoArray(dst, to + to5);
      x14.intoArray(dst, to + 2 * to3);
      x15.intoArray(dst, to + to7);
      to += 8 * ldDst;
    }
  }
}
