package girsanov.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tile of {@link L02_HandUnrolling}, C[{@value #ROWS}, N] = A[{@value #ROWS}, k] B[k, N], N
 * three vectors, in two forms that do the same operations in the same order.
 */
final class UnrolledTile {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  static final int ROWS = 6;
  static final int N = 3 * L;

  private UnrolledTile() {}

  /** One step of k in each turn of the loop. */
  static void straight(int k, float[] a, float[] b, float[] c) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero, c01 = zero, c02 = zero;
    FloatVector c10 = zero, c11 = zero, c12 = zero;
    FloatVector c20 = zero, c21 = zero, c22 = zero;
    FloatVector c30 = zero, c31 = zero, c32 = zero;
    FloatVector c40 = zero, c41 = zero, c42 = zero;
    FloatVector c50 = zero, c51 = zero, c52 = zero;
    FloatVector x, b0, b1, b2;
    for (int p = 0; p < k; p++) {
      b0 = FloatVector.fromArray(S, b, p * N);
      b1 = FloatVector.fromArray(S, b, p * N + L);
      b2 = FloatVector.fromArray(S, b, p * N + 2 * L);
      x = FloatVector.broadcast(S, a[p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[k + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[2 * k + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(S, a[3 * k + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(S, a[4 * k + p]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(S, a[5 * k + p]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, L);
    c02.intoArray(c, 2 * L);
    c10.intoArray(c, N);
    c11.intoArray(c, N + L);
    c12.intoArray(c, N + 2 * L);
    c20.intoArray(c, 2 * N);
    c21.intoArray(c, 2 * N + L);
    c22.intoArray(c, 2 * N + 2 * L);
    c30.intoArray(c, 3 * N);
    c31.intoArray(c, 3 * N + L);
    c32.intoArray(c, 3 * N + 2 * L);
    c40.intoArray(c, 4 * N);
    c41.intoArray(c, 4 * N + L);
    c42.intoArray(c, 4 * N + 2 * L);
    c50.intoArray(c, 5 * N);
    c51.intoArray(c, 5 * N + L);
    c52.intoArray(c, 5 * N + 2 * L);
  }

  /** Four steps of k in each turn of the loop; k is a multiple of 4. */
  static void byFour(int k, float[] a, float[] b, float[] c) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero, c01 = zero, c02 = zero;
    FloatVector c10 = zero, c11 = zero, c12 = zero;
    FloatVector c20 = zero, c21 = zero, c22 = zero;
    FloatVector c30 = zero, c31 = zero, c32 = zero;
    FloatVector c40 = zero, c41 = zero, c42 = zero;
    FloatVector c50 = zero, c51 = zero, c52 = zero;
    FloatVector x, b0, b1, b2;
    for (int p = 0; p < k; p += 4) {
      b0 = FloatVector.fromArray(S, b, p * N);
      b1 = FloatVector.fromArray(S, b, p * N + L);
      b2 = FloatVector.fromArray(S, b, p * N + 2 * L);
      x = FloatVector.broadcast(S, a[p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[k + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[2 * k + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(S, a[3 * k + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(S, a[4 * k + p]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(S, a[5 * k + p]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      b0 = FloatVector.fromArray(S, b, (p + 1) * N);
      b1 = FloatVector.fromArray(S, b, (p + 1) * N + L);
      b2 = FloatVector.fromArray(S, b, (p + 1) * N + 2 * L);
      x = FloatVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[k + p + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[2 * k + p + 1]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(S, a[3 * k + p + 1]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(S, a[4 * k + p + 1]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(S, a[5 * k + p + 1]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      b0 = FloatVector.fromArray(S, b, (p + 2) * N);
      b1 = FloatVector.fromArray(S, b, (p + 2) * N + L);
      b2 = FloatVector.fromArray(S, b, (p + 2) * N + 2 * L);
      x = FloatVector.broadcast(S, a[p + 2]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[k + p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[2 * k + p + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(S, a[3 * k + p + 2]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(S, a[4 * k + p + 2]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(S, a[5 * k + p + 2]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      b0 = FloatVector.fromArray(S, b, (p + 3) * N);
      b1 = FloatVector.fromArray(S, b, (p + 3) * N + L);
      b2 = FloatVector.fromArray(S, b, (p + 3) * N + 2 * L);
      x = FloatVector.broadcast(S, a[p + 3]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[k + p + 3]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[2 * k + p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(S, a[3 * k + p + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(S, a[4 * k + p + 3]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(S, a[5 * k + p + 3]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, L);
    c02.intoArray(c, 2 * L);
    c10.intoArray(c, N);
    c11.intoArray(c, N + L);
    c12.intoArray(c, N + 2 * L);
    c20.intoArray(c, 2 * N);
    c21.intoArray(c, 2 * N + L);
    c22.intoArray(c, 2 * N + 2 * L);
    c30.intoArray(c, 3 * N);
    c31.intoArray(c, 3 * N + L);
    c32.intoArray(c, 3 * N + 2 * L);
    c40.intoArray(c, 4 * N);
    c41.intoArray(c, 4 * N + L);
    c42.intoArray(c, 4 * N + 2 * L);
    c50.intoArray(c, 5 * N);
    c51.intoArray(c, 5 * N + L);
    c52.intoArray(c, 5 * N + 2 * L);
  }
}
