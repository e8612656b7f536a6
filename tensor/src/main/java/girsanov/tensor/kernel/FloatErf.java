package girsanov.tensor.kernel;

import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The error function: erf x = x + x P(x²) for |x| < 1, and 1 - exp(Q(|x| - 2)) beyond, Q the
 * negative logarithm of the complementary error function.
 *
 * <p>P and Q are minimax fits by the Remez exchange in 200 bits and then rounded; absolute error of
 * the result 2⁻²⁷ in FLOAT (both of degree 6), 2⁻⁵⁴ in DOUBLE (degree 11 and 16).
 *
 * <p>Three stages, each a loop of its own (why: {@link FloatBits}), over blocks that stay in the L1
 * cache.
 */
final class FloatErf {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private static final float ONE = 1;
  private static final float TWO = 2;
  private static final float ZERO = 0;

  /** From here on erf rounds to 1. */
  private static final float TOP = 4; // FLOAT

  // DOUBLE: private static final double TOP = 6;

  private static final float P0 = 0x1.06eba8p-3f; // FLOAT
  private static final float P1 = -0x1.812740p-2f; // FLOAT
  private static final float P2 = 0x1.ce2d5p-4f; // FLOAT
  private static final float P3 = -0x1.b7fe9p-6f; // FLOAT
  private static final float P4 = 0x1.542e0ep-8f; // FLOAT
  private static final float P5 = -0x1.a50ae8p-11f; // FLOAT
  private static final float P6 = 0x1.4c339ep-14f; // FLOAT
  // DOUBLE: private static final double P0 = 0x1.06eba8214db68p-3;
  // DOUBLE: private static final double P1 = -0x1.812746b03799cp-2;
  // DOUBLE: private static final double P2 = 0x1.ce2f21a03f792p-4;
  // DOUBLE: private static final double P3 = -0x1.b82ce311a3343p-6;
  // DOUBLE: private static final double P4 = 0x1.565bccedde57bp-8;
  // DOUBLE: private static final double P5 = -0x1.c02dae8b98385p-11;
  // DOUBLE: private static final double P6 = 0x1.f9a29231590dcp-14;
  // DOUBLE: private static final double P7 = -0x1.f4c7e37d1349ap-17;
  // DOUBLE: private static final double P8 = 0x1.b96835d408331p-20;
  // DOUBLE: private static final double P9 = -0x1.5b77f44447731p-23;
  // DOUBLE: private static final double P10 = 0x1.d34738be8e12dp-27;
  // DOUBLE: private static final double P11 = -0x1.a0626274e4e34p-31;

  private static final float Q0 = -0x1.575b32p+2f; // FLOAT
  private static final float Q1 = -0x1.1ac32p+2f; // FLOAT
  private static final float Q2 = -0x1.d8f62cp-1f; // FLOAT
  private static final float Q3 = -0x1.0e2104p-6f; // FLOAT
  private static final float Q4 = 0x1.d07ba4p-9f; // FLOAT
  private static final float Q5 = -0x1.75908ap-11f; // FLOAT
  private static final float Q6 = 0x1.856af8p-13f; // FLOAT

  // DOUBLE: private static final double Q0 = -0x1.575b329b1f510p+2;
  // DOUBLE: private static final double Q1 = -0x1.1ac3258a8dbcfp+2;
  // DOUBLE: private static final double Q2 = -0x1.d8f5dece92b7dp-1;
  // DOUBLE: private static final double Q3 = -0x1.0dc3b5fc0daebp-6;
  // DOUBLE: private static final double Q4 = 0x1.d406b36eacc8cp-9;
  // DOUBLE: private static final double Q5 = -0x1.7ffcfa253d024p-11;
  // DOUBLE: private static final double Q6 = 0x1.1bc3abfdb5ac3p-13;
  // DOUBLE: private static final double Q7 = -0x1.5b65e72f97470p-16;
  // DOUBLE: private static final double Q8 = 0x1.05fe42e77a6c4p-19;
  // DOUBLE: private static final double Q9 = 0x1.b5a63bbd13484p-23;
  // DOUBLE: private static final double Q10 = -0x1.733f2b8abec47p-23;
  // DOUBLE: private static final double Q11 = 0x1.ef5f4e00246f3p-25;
  // DOUBLE: private static final double Q12 = -0x1.e9114f9badeadp-27;
  // DOUBLE: private static final double Q13 = 0x1.68436c736b32cp-29;
  // DOUBLE: private static final double Q14 = -0x1.4f119e219fb09p-33;
  // DOUBLE: private static final double Q15 = -0x1.737cdb0055c58p-34;
  // DOUBLE: private static final double Q16 = 0x1.337a3aa28f47ep-36;

  private static final int BLOCK = 512;
  private static final ThreadLocal<float[]> BUFFER =
      ThreadLocal.withInitial(() -> new float[BLOCK]);

  private FloatErf() {}

  static void erf(float[] x, int xo, float[] y, int yo, int n) {
    float[] buffer = BUFFER.get();
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      logOfComplement(x, xo + i, buffer, count);
      FloatExponential.exp(buffer, 0, buffer, 0, count);
      combine(x, xo + i, buffer, y, yo + i, count);
    }
  }

  /** y = ln(1 - erf |x|) for |x| ≥ 1. */
  private static void logOfComplement(float[] x, int xo, float[] y, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector size = FloatVector.fromArray(S, x, xo + i).abs();
      FloatVector t = size.blend(TOP, size.compare(VectorOperators.GT, TOP)).sub(TWO);
      // DOUBLE: DoubleVector p = t.fma(Q16, Q15);
      // DOUBLE: p = p.lanewise(FMA, t, Q14).lanewise(FMA, t, Q13).lanewise(FMA, t, Q12);
      // DOUBLE: p = p.lanewise(FMA, t, Q11).lanewise(FMA, t, Q10);
      // DOUBLE: p = p.lanewise(FMA, t, Q9).lanewise(FMA, t, Q8).lanewise(FMA, t, Q7);
      // DOUBLE: p = p.lanewise(FMA, t, Q6);
      // DOUBLE: p = p.lanewise(FMA, t, Q5);
      FloatVector p = t.fma(Q6, Q5); // FLOAT
      p =
          p.lanewise(FMA, t, Q4)
              .lanewise(FMA, t, Q3)
              .lanewise(FMA, t, Q2)
              .lanewise(FMA, t, Q1)
              .lanewise(FMA, t, Q0);
      p.intoArray(y, i);
    }
  }

  /** y = erf x given 1 - erf |x| for |x| ≥ 1. */
  private static void combine(float[] x, int xo, float[] complement, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector z = v.mul(v);
      // DOUBLE: DoubleVector p = z.fma(P11, P10);
      // DOUBLE: p = p.lanewise(FMA, z, P9).lanewise(FMA, z, P8).lanewise(FMA, z, P7);
      // DOUBLE: p = p.lanewise(FMA, z, P6);
      // DOUBLE: p = p.lanewise(FMA, z, P5);
      FloatVector p = z.fma(P6, P5); // FLOAT
      p =
          p.lanewise(FMA, z, P4)
              .lanewise(FMA, z, P3)
              .lanewise(FMA, z, P2)
              .lanewise(FMA, z, P1)
              .lanewise(FMA, z, P0);
      FloatVector far = FloatVector.fromArray(S, complement, i).neg().add(ONE);
      FloatVector signed = far.blend(far.neg(), v.compare(VectorOperators.LT, ZERO));
      v.fma(p, v)
          .blend(signed, v.abs().compare(VectorOperators.GE, ONE))
          .blend(v, v.compare(VectorOperators.EQ, ZERO))
          .intoArray(y, yo + i);
    }
  }
}
