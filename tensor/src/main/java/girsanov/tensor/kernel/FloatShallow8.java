package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Products of five to eight terms, two rows of A at a time; see {@link FloatShallow}. */
final class FloatShallow8 {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private FloatShallow8() {}

  /** Five terms. */
  static void depth5(
      Extents e, int m, int n, float[] a, int ao, float[] b, int bo, int ldb, float[] c, int co) {
    int lda = e.aRowStride();
    int ldc = e.ldc();
    int step = e.aColStride();
    boolean add = e.accumulate();
    for (int i = 0; i < m; i += 2) {
      int i1 = Math.min(i + 1, m - 1);
      int a0 = ao + i * lda;
      int c0 = co + i * ldc;
      int a1 = ao + i1 * lda;
      int c1 = co + i1 * ldc;
      FloatVector x00 = FloatVector.broadcast(S, a[a0]);
      FloatVector x01 = FloatVector.broadcast(S, a[a0 + step]);
      FloatVector x02 = FloatVector.broadcast(S, a[a0 + 2 * step]);
      FloatVector x03 = FloatVector.broadcast(S, a[a0 + 3 * step]);
      FloatVector x04 = FloatVector.broadcast(S, a[a0 + 4 * step]);
      FloatVector x10 = FloatVector.broadcast(S, a[a1]);
      FloatVector x11 = FloatVector.broadcast(S, a[a1 + step]);
      FloatVector x12 = FloatVector.broadcast(S, a[a1 + 2 * step]);
      FloatVector x13 = FloatVector.broadcast(S, a[a1 + 3 * step]);
      FloatVector x14 = FloatVector.broadcast(S, a[a1 + 4 * step]);
      for (int j = 0; j < n; j += L) {
        int at = Math.min(j, n - L);
        FloatVector b0 = FloatVector.fromArray(S, b, bo + at);
        FloatVector b1 = FloatVector.fromArray(S, b, bo + at + ldb);
        FloatVector b2 = FloatVector.fromArray(S, b, bo + at + 2 * ldb);
        FloatVector b3 = FloatVector.fromArray(S, b, bo + at + 3 * ldb);
        FloatVector b4 = FloatVector.fromArray(S, b, bo + at + 4 * ldb);
        FloatVector zero = FloatVector.zero(S);
        FloatVector y0 = x00.fma(b0, zero);
        y0 = x01.fma(b1, y0);
        y0 = x02.fma(b2, y0);
        y0 = x03.fma(b3, y0);
        y0 = x04.fma(b4, y0);
        FloatVector y1 = x10.fma(b0, zero);
        y1 = x11.fma(b1, y1);
        y1 = x12.fma(b2, y1);
        y1 = x13.fma(b3, y1);
        y1 = x14.fma(b4, y1);
        if (add) {
          y0 = y0.add(FloatVector.fromArray(S, c, c0 + at));
          y1 = y1.add(FloatVector.fromArray(S, c, c1 + at));
        }
        y0.intoArray(c, c0 + at);
        y1.intoArray(c, c1 + at);
      }
    }
  }

  /** Six terms. */
  static void depth6(
      Extents e, int m, int n, float[] a, int ao, float[] b, int bo, int ldb, float[] c, int co) {
    int lda = e.aRowStride();
    int ldc = e.ldc();
    int step = e.aColStride();
    boolean add = e.accumulate();
    for (int i = 0; i < m; i += 2) {
      int i1 = Math.min(i + 1, m - 1);
      int a0 = ao + i * lda;
      int c0 = co + i * ldc;
      int a1 = ao + i1 * lda;
      int c1 = co + i1 * ldc;
      FloatVector x00 = FloatVector.broadcast(S, a[a0]);
      FloatVector x01 = FloatVector.broadcast(S, a[a0 + step]);
      FloatVector x02 = FloatVector.broadcast(S, a[a0 + 2 * step]);
      FloatVector x03 = FloatVector.broadcast(S, a[a0 + 3 * step]);
      FloatVector x04 = FloatVector.broadcast(S, a[a0 + 4 * step]);
      FloatVector x05 = FloatVector.broadcast(S, a[a0 + 5 * step]);
      FloatVector x10 = FloatVector.broadcast(S, a[a1]);
      FloatVector x11 = FloatVector.broadcast(S, a[a1 + step]);
      FloatVector x12 = FloatVector.broadcast(S, a[a1 + 2 * step]);
      FloatVector x13 = FloatVector.broadcast(S, a[a1 + 3 * step]);
      FloatVector x14 = FloatVector.broadcast(S, a[a1 + 4 * step]);
      FloatVector x15 = FloatVector.broadcast(S, a[a1 + 5 * step]);
      for (int j = 0; j < n; j += L) {
        int at = Math.min(j, n - L);
        FloatVector b0 = FloatVector.fromArray(S, b, bo + at);
        FloatVector b1 = FloatVector.fromArray(S, b, bo + at + ldb);
        FloatVector b2 = FloatVector.fromArray(S, b, bo + at + 2 * ldb);
        FloatVector b3 = FloatVector.fromArray(S, b, bo + at + 3 * ldb);
        FloatVector b4 = FloatVector.fromArray(S, b, bo + at + 4 * ldb);
        FloatVector b5 = FloatVector.fromArray(S, b, bo + at + 5 * ldb);
        FloatVector zero = FloatVector.zero(S);
        FloatVector y0 = x00.fma(b0, zero);
        y0 = x01.fma(b1, y0);
        y0 = x02.fma(b2, y0);
        y0 = x03.fma(b3, y0);
        y0 = x04.fma(b4, y0);
        y0 = x05.fma(b5, y0);
        FloatVector y1 = x10.fma(b0, zero);
        y1 = x11.fma(b1, y1);
        y1 = x12.fma(b2, y1);
        y1 = x13.fma(b3, y1);
        y1 = x14.fma(b4, y1);
        y1 = x15.fma(b5, y1);
        if (add) {
          y0 = y0.add(FloatVector.fromArray(S, c, c0 + at));
          y1 = y1.add(FloatVector.fromArray(S, c, c1 + at));
        }
        y0.intoArray(c, c0 + at);
        y1.intoArray(c, c1 + at);
      }
    }
  }

  /** Seven terms. */
  static void depth7(
      Extents e, int m, int n, float[] a, int ao, float[] b, int bo, int ldb, float[] c, int co) {
    int lda = e.aRowStride();
    int ldc = e.ldc();
    int step = e.aColStride();
    boolean add = e.accumulate();
    for (int i = 0; i < m; i += 2) {
      int i1 = Math.min(i + 1, m - 1);
      int a0 = ao + i * lda;
      int c0 = co + i * ldc;
      int a1 = ao + i1 * lda;
      int c1 = co + i1 * ldc;
      FloatVector x00 = FloatVector.broadcast(S, a[a0]);
      FloatVector x01 = FloatVector.broadcast(S, a[a0 + step]);
      FloatVector x02 = FloatVector.broadcast(S, a[a0 + 2 * step]);
      FloatVector x03 = FloatVector.broadcast(S, a[a0 + 3 * step]);
      FloatVector x04 = FloatVector.broadcast(S, a[a0 + 4 * step]);
      FloatVector x05 = FloatVector.broadcast(S, a[a0 + 5 * step]);
      FloatVector x06 = FloatVector.broadcast(S, a[a0 + 6 * step]);
      FloatVector x10 = FloatVector.broadcast(S, a[a1]);
      FloatVector x11 = FloatVector.broadcast(S, a[a1 + step]);
      FloatVector x12 = FloatVector.broadcast(S, a[a1 + 2 * step]);
      FloatVector x13 = FloatVector.broadcast(S, a[a1 + 3 * step]);
      FloatVector x14 = FloatVector.broadcast(S, a[a1 + 4 * step]);
      FloatVector x15 = FloatVector.broadcast(S, a[a1 + 5 * step]);
      FloatVector x16 = FloatVector.broadcast(S, a[a1 + 6 * step]);
      for (int j = 0; j < n; j += L) {
        int at = Math.min(j, n - L);
        FloatVector b0 = FloatVector.fromArray(S, b, bo + at);
        FloatVector b1 = FloatVector.fromArray(S, b, bo + at + ldb);
        FloatVector b2 = FloatVector.fromArray(S, b, bo + at + 2 * ldb);
        FloatVector b3 = FloatVector.fromArray(S, b, bo + at + 3 * ldb);
        FloatVector b4 = FloatVector.fromArray(S, b, bo + at + 4 * ldb);
        FloatVector b5 = FloatVector.fromArray(S, b, bo + at + 5 * ldb);
        FloatVector b6 = FloatVector.fromArray(S, b, bo + at + 6 * ldb);
        FloatVector zero = FloatVector.zero(S);
        FloatVector y0 = x00.fma(b0, zero);
        y0 = x01.fma(b1, y0);
        y0 = x02.fma(b2, y0);
        y0 = x03.fma(b3, y0);
        y0 = x04.fma(b4, y0);
        y0 = x05.fma(b5, y0);
        y0 = x06.fma(b6, y0);
        FloatVector y1 = x10.fma(b0, zero);
        y1 = x11.fma(b1, y1);
        y1 = x12.fma(b2, y1);
        y1 = x13.fma(b3, y1);
        y1 = x14.fma(b4, y1);
        y1 = x15.fma(b5, y1);
        y1 = x16.fma(b6, y1);
        if (add) {
          y0 = y0.add(FloatVector.fromArray(S, c, c0 + at));
          y1 = y1.add(FloatVector.fromArray(S, c, c1 + at));
        }
        y0.intoArray(c, c0 + at);
        y1.intoArray(c, c1 + at);
      }
    }
  }

  /** Eight terms. */
  static void depth8(
      Extents e, int m, int n, float[] a, int ao, float[] b, int bo, int ldb, float[] c, int co) {
    int lda = e.aRowStride();
    int ldc = e.ldc();
    int step = e.aColStride();
    boolean add = e.accumulate();
    for (int i = 0; i < m; i += 2) {
      int i1 = Math.min(i + 1, m - 1);
      int a0 = ao + i * lda;
      int c0 = co + i * ldc;
      int a1 = ao + i1 * lda;
      int c1 = co + i1 * ldc;
      FloatVector x00 = FloatVector.broadcast(S, a[a0]);
      FloatVector x01 = FloatVector.broadcast(S, a[a0 + step]);
      FloatVector x02 = FloatVector.broadcast(S, a[a0 + 2 * step]);
      FloatVector x03 = FloatVector.broadcast(S, a[a0 + 3 * step]);
      FloatVector x04 = FloatVector.broadcast(S, a[a0 + 4 * step]);
      FloatVector x05 = FloatVector.broadcast(S, a[a0 + 5 * step]);
      FloatVector x06 = FloatVector.broadcast(S, a[a0 + 6 * step]);
      FloatVector x07 = FloatVector.broadcast(S, a[a0 + 7 * step]);
      FloatVector x10 = FloatVector.broadcast(S, a[a1]);
      FloatVector x11 = FloatVector.broadcast(S, a[a1 + step]);
      FloatVector x12 = FloatVector.broadcast(S, a[a1 + 2 * step]);
      FloatVector x13 = FloatVector.broadcast(S, a[a1 + 3 * step]);
      FloatVector x14 = FloatVector.broadcast(S, a[a1 + 4 * step]);
      FloatVector x15 = FloatVector.broadcast(S, a[a1 + 5 * step]);
      FloatVector x16 = FloatVector.broadcast(S, a[a1 + 6 * step]);
      FloatVector x17 = FloatVector.broadcast(S, a[a1 + 7 * step]);
      for (int j = 0; j < n; j += L) {
        int at = Math.min(j, n - L);
        FloatVector b0 = FloatVector.fromArray(S, b, bo + at);
        FloatVector b1 = FloatVector.fromArray(S, b, bo + at + ldb);
        FloatVector b2 = FloatVector.fromArray(S, b, bo + at + 2 * ldb);
        FloatVector b3 = FloatVector.fromArray(S, b, bo + at + 3 * ldb);
        FloatVector b4 = FloatVector.fromArray(S, b, bo + at + 4 * ldb);
        FloatVector b5 = FloatVector.fromArray(S, b, bo + at + 5 * ldb);
        FloatVector b6 = FloatVector.fromArray(S, b, bo + at + 6 * ldb);
        FloatVector b7 = FloatVector.fromArray(S, b, bo + at + 7 * ldb);
        FloatVector zero = FloatVector.zero(S);
        FloatVector y0 = x00.fma(b0, zero);
        y0 = x01.fma(b1, y0);
        y0 = x02.fma(b2, y0);
        y0 = x03.fma(b3, y0);
        y0 = x04.fma(b4, y0);
        y0 = x05.fma(b5, y0);
        y0 = x06.fma(b6, y0);
        y0 = x07.fma(b7, y0);
        FloatVector y1 = x10.fma(b0, zero);
        y1 = x11.fma(b1, y1);
        y1 = x12.fma(b2, y1);
        y1 = x13.fma(b3, y1);
        y1 = x14.fma(b4, y1);
        y1 = x15.fma(b5, y1);
        y1 = x16.fma(b6, y1);
        y1 = x17.fma(b7, y1);
        if (add) {
          y0 = y0.add(FloatVector.fromArray(S, c, c0 + at));
          y1 = y1.add(FloatVector.fromArray(S, c, c1 + at));
        }
        y0.intoArray(c, c0 + at);
        y1.intoArray(c, c1 + at);
      }
    }
  }
}
