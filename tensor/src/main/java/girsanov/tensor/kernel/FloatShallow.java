package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of so few terms that storing C is most of the work: C[m, n] (+)= A[m, k] B[k, n], k ≤ 8.
 * A tile of {@link FloatTile6} would spend longer on its first and last instructions than on its
 * sums.
 *
 * <p>Four rows of A (two from k = 5 on: {@link FloatShallow8}) stay in registers while B and C
 * stream by. Where n is not whole vectors the last overlaps the one before, and where m is not
 * whole fours the last row is done over again: both write the same bits twice.
 */
final class FloatShallow {
  static final int MAX_DEPTH = 8;

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private FloatShallow() {}

  /** Whether {@link #run} can do such a product: an overlap must not be added twice. */
  static boolean suits(int n, int k, boolean accumulate) {
    return k > 0 && k <= MAX_DEPTH && n >= L && (!accumulate || n % L == 0);
  }

  /** C (+)= A B with rows of B {@code ldb} apart. */
  static void run(
      Extents e, int m, int n, float[] a, int ao, float[] b, int bo, int ldb, float[] c, int co) {
    switch (e.k()) {
      case 1 -> depth1(e, m, n, a, ao, b, bo, ldb, c, co);
      case 2 -> depth2(e, m, n, a, ao, b, bo, ldb, c, co);
      case 3 -> depth3(e, m, n, a, ao, b, bo, ldb, c, co);
      case 4 -> depth4(e, m, n, a, ao, b, bo, ldb, c, co);
      case 5 -> FloatShallow8.depth5(e, m, n, a, ao, b, bo, ldb, c, co);
      case 6 -> FloatShallow8.depth6(e, m, n, a, ao, b, bo, ldb, c, co);
      case 7 -> FloatShallow8.depth7(e, m, n, a, ao, b, bo, ldb, c, co);
      default -> FloatShallow8.depth8(e, m, n, a, ao, b, bo, ldb, c, co);
    }
  }

  /** One term. */
  static void depth1(
      Extents e, int m, int n, float[] a, int ao, float[] b, int bo, int ldb, float[] c, int co) {
    int lda = e.aRowStride();
    int ldc = e.ldc();
    boolean add = e.accumulate();
    for (int i = 0; i < m; i += 4) {
      int i1 = Math.min(i + 1, m - 1);
      int i2 = Math.min(i + 2, m - 1);
      int i3 = Math.min(i + 3, m - 1);
      int a0 = ao + i * lda;
      int c0 = co + i * ldc;
      int a1 = ao + i1 * lda;
      int c1 = co + i1 * ldc;
      int a2 = ao + i2 * lda;
      int c2 = co + i2 * ldc;
      int a3 = ao + i3 * lda;
      int c3 = co + i3 * ldc;
      FloatVector x00 = FloatVector.broadcast(S, a[a0]);
      FloatVector x10 = FloatVector.broadcast(S, a[a1]);
      FloatVector x20 = FloatVector.broadcast(S, a[a2]);
      FloatVector x30 = FloatVector.broadcast(S, a[a3]);
      for (int j = 0; j < n; j += L) {
        int at = Math.min(j, n - L);
        FloatVector b0 = FloatVector.fromArray(S, b, bo + at);
        FloatVector zero = FloatVector.zero(S);
        FloatVector y0 = x00.fma(b0, zero);
        FloatVector y1 = x10.fma(b0, zero);
        FloatVector y2 = x20.fma(b0, zero);
        FloatVector y3 = x30.fma(b0, zero);
        if (add) {
          y0 = y0.add(FloatVector.fromArray(S, c, c0 + at));
          y1 = y1.add(FloatVector.fromArray(S, c, c1 + at));
          y2 = y2.add(FloatVector.fromArray(S, c, c2 + at));
          y3 = y3.add(FloatVector.fromArray(S, c, c3 + at));
        }
        y0.intoArray(c, c0 + at);
        y1.intoArray(c, c1 + at);
        y2.intoArray(c, c2 + at);
        y3.intoArray(c, c3 + at);
      }
    }
  }

  /** Two terms. */
  static void depth2(
      Extents e, int m, int n, float[] a, int ao, float[] b, int bo, int ldb, float[] c, int co) {
    int lda = e.aRowStride();
    int ldc = e.ldc();
    int step = e.aColStride();
    boolean add = e.accumulate();
    for (int i = 0; i < m; i += 4) {
      int i1 = Math.min(i + 1, m - 1);
      int i2 = Math.min(i + 2, m - 1);
      int i3 = Math.min(i + 3, m - 1);
      int a0 = ao + i * lda;
      int c0 = co + i * ldc;
      int a1 = ao + i1 * lda;
      int c1 = co + i1 * ldc;
      int a2 = ao + i2 * lda;
      int c2 = co + i2 * ldc;
      int a3 = ao + i3 * lda;
      int c3 = co + i3 * ldc;
      FloatVector x00 = FloatVector.broadcast(S, a[a0]);
      FloatVector x01 = FloatVector.broadcast(S, a[a0 + step]);
      FloatVector x10 = FloatVector.broadcast(S, a[a1]);
      FloatVector x11 = FloatVector.broadcast(S, a[a1 + step]);
      FloatVector x20 = FloatVector.broadcast(S, a[a2]);
      FloatVector x21 = FloatVector.broadcast(S, a[a2 + step]);
      FloatVector x30 = FloatVector.broadcast(S, a[a3]);
      FloatVector x31 = FloatVector.broadcast(S, a[a3 + step]);
      for (int j = 0; j < n; j += L) {
        int at = Math.min(j, n - L);
        FloatVector b0 = FloatVector.fromArray(S, b, bo + at);
        FloatVector b1 = FloatVector.fromArray(S, b, bo + at + ldb);
        FloatVector zero = FloatVector.zero(S);
        FloatVector y0 = x00.fma(b0, zero);
        y0 = x01.fma(b1, y0);
        FloatVector y1 = x10.fma(b0, zero);
        y1 = x11.fma(b1, y1);
        FloatVector y2 = x20.fma(b0, zero);
        y2 = x21.fma(b1, y2);
        FloatVector y3 = x30.fma(b0, zero);
        y3 = x31.fma(b1, y3);
        if (add) {
          y0 = y0.add(FloatVector.fromArray(S, c, c0 + at));
          y1 = y1.add(FloatVector.fromArray(S, c, c1 + at));
          y2 = y2.add(FloatVector.fromArray(S, c, c2 + at));
          y3 = y3.add(FloatVector.fromArray(S, c, c3 + at));
        }
        y0.intoArray(c, c0 + at);
        y1.intoArray(c, c1 + at);
        y2.intoArray(c, c2 + at);
        y3.intoArray(c, c3 + at);
      }
    }
  }

  /** Three terms. */
  static void depth3(
      Extents e, int m, int n, float[] a, int ao, float[] b, int bo, int ldb, float[] c, int co) {
    int lda = e.aRowStride();
    int ldc = e.ldc();
    int step = e.aColStride();
    boolean add = e.accumulate();
    for (int i = 0; i < m; i += 4) {
      int i1 = Math.min(i + 1, m - 1);
      int i2 = Math.min(i + 2, m - 1);
      int i3 = Math.min(i + 3, m - 1);
      int a0 = ao + i * lda;
      int c0 = co + i * ldc;
      int a1 = ao + i1 * lda;
      int c1 = co + i1 * ldc;
      int a2 = ao + i2 * lda;
      int c2 = co + i2 * ldc;
      int a3 = ao + i3 * lda;
      int c3 = co + i3 * ldc;
      FloatVector x00 = FloatVector.broadcast(S, a[a0]);
      FloatVector x01 = FloatVector.broadcast(S, a[a0 + step]);
      FloatVector x02 = FloatVector.broadcast(S, a[a0 + 2 * step]);
      FloatVector x10 = FloatVector.broadcast(S, a[a1]);
      FloatVector x11 = FloatVector.broadcast(S, a[a1 + step]);
      FloatVector x12 = FloatVector.broadcast(S, a[a1 + 2 * step]);
      FloatVector x20 = FloatVector.broadcast(S, a[a2]);
      FloatVector x21 = FloatVector.broadcast(S, a[a2 + step]);
      FloatVector x22 = FloatVector.broadcast(S, a[a2 + 2 * step]);
      FloatVector x30 = FloatVector.broadcast(S, a[a3]);
      FloatVector x31 = FloatVector.broadcast(S, a[a3 + step]);
      FloatVector x32 = FloatVector.broadcast(S, a[a3 + 2 * step]);
      for (int j = 0; j < n; j += L) {
        int at = Math.min(j, n - L);
        FloatVector b0 = FloatVector.fromArray(S, b, bo + at);
        FloatVector b1 = FloatVector.fromArray(S, b, bo + at + ldb);
        FloatVector b2 = FloatVector.fromArray(S, b, bo + at + 2 * ldb);
        FloatVector zero = FloatVector.zero(S);
        FloatVector y0 = x00.fma(b0, zero);
        y0 = x01.fma(b1, y0);
        y0 = x02.fma(b2, y0);
        FloatVector y1 = x10.fma(b0, zero);
        y1 = x11.fma(b1, y1);
        y1 = x12.fma(b2, y1);
        FloatVector y2 = x20.fma(b0, zero);
        y2 = x21.fma(b1, y2);
        y2 = x22.fma(b2, y2);
        FloatVector y3 = x30.fma(b0, zero);
        y3 = x31.fma(b1, y3);
        y3 = x32.fma(b2, y3);
        if (add) {
          y0 = y0.add(FloatVector.fromArray(S, c, c0 + at));
          y1 = y1.add(FloatVector.fromArray(S, c, c1 + at));
          y2 = y2.add(FloatVector.fromArray(S, c, c2 + at));
          y3 = y3.add(FloatVector.fromArray(S, c, c3 + at));
        }
        y0.intoArray(c, c0 + at);
        y1.intoArray(c, c1 + at);
        y2.intoArray(c, c2 + at);
        y3.intoArray(c, c3 + at);
      }
    }
  }

  /** Four terms. */
  static void depth4(
      Extents e, int m, int n, float[] a, int ao, float[] b, int bo, int ldb, float[] c, int co) {
    int lda = e.aRowStride();
    int ldc = e.ldc();
    int step = e.aColStride();
    boolean add = e.accumulate();
    for (int i = 0; i < m; i += 4) {
      int i1 = Math.min(i + 1, m - 1);
      int i2 = Math.min(i + 2, m - 1);
      int i3 = Math.min(i + 3, m - 1);
      int a0 = ao + i * lda;
      int c0 = co + i * ldc;
      int a1 = ao + i1 * lda;
      int c1 = co + i1 * ldc;
      int a2 = ao + i2 * lda;
      int c2 = co + i2 * ldc;
      int a3 = ao + i3 * lda;
      int c3 = co + i3 * ldc;
      FloatVector x00 = FloatVector.broadcast(S, a[a0]);
      FloatVector x01 = FloatVector.broadcast(S, a[a0 + step]);
      FloatVector x02 = FloatVector.broadcast(S, a[a0 + 2 * step]);
      FloatVector x03 = FloatVector.broadcast(S, a[a0 + 3 * step]);
      FloatVector x10 = FloatVector.broadcast(S, a[a1]);
      FloatVector x11 = FloatVector.broadcast(S, a[a1 + step]);
      FloatVector x12 = FloatVector.broadcast(S, a[a1 + 2 * step]);
      FloatVector x13 = FloatVector.broadcast(S, a[a1 + 3 * step]);
      FloatVector x20 = FloatVector.broadcast(S, a[a2]);
      FloatVector x21 = FloatVector.broadcast(S, a[a2 + step]);
      FloatVector x22 = FloatVector.broadcast(S, a[a2 + 2 * step]);
      FloatVector x23 = FloatVector.broadcast(S, a[a2 + 3 * step]);
      FloatVector x30 = FloatVector.broadcast(S, a[a3]);
      FloatVector x31 = FloatVector.broadcast(S, a[a3 + step]);
      FloatVector x32 = FloatVector.broadcast(S, a[a3 + 2 * step]);
      FloatVector x33 = FloatVector.broadcast(S, a[a3 + 3 * step]);
      for (int j = 0; j < n; j += L) {
        int at = Math.min(j, n - L);
        FloatVector b0 = FloatVector.fromArray(S, b, bo + at);
        FloatVector b1 = FloatVector.fromArray(S, b, bo + at + ldb);
        FloatVector b2 = FloatVector.fromArray(S, b, bo + at + 2 * ldb);
        FloatVector b3 = FloatVector.fromArray(S, b, bo + at + 3 * ldb);
        FloatVector zero = FloatVector.zero(S);
        FloatVector y0 = x00.fma(b0, zero);
        y0 = x01.fma(b1, y0);
        y0 = x02.fma(b2, y0);
        y0 = x03.fma(b3, y0);
        FloatVector y1 = x10.fma(b0, zero);
        y1 = x11.fma(b1, y1);
        y1 = x12.fma(b2, y1);
        y1 = x13.fma(b3, y1);
        FloatVector y2 = x20.fma(b0, zero);
        y2 = x21.fma(b1, y2);
        y2 = x22.fma(b2, y2);
        y2 = x23.fma(b3, y2);
        FloatVector y3 = x30.fma(b0, zero);
        y3 = x31.fma(b1, y3);
        y3 = x32.fma(b2, y3);
        y3 = x33.fma(b3, y3);
        if (add) {
          y0 = y0.add(FloatVector.fromArray(S, c, c0 + at));
          y1 = y1.add(FloatVector.fromArray(S, c, c1 + at));
          y2 = y2.add(FloatVector.fromArray(S, c, c2 + at));
          y3 = y3.add(FloatVector.fromArray(S, c, c3 + at));
        }
        y0.intoArray(c, c0 + at);
        y1.intoArray(c, c1 + at);
        y2.intoArray(c, c2 + at);
        y3.intoArray(c, c3 + at);
      }
    }
  }
}
