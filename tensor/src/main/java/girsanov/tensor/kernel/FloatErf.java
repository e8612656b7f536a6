package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The error function on vectors: erf x = x + x P(x²) for |x| < 1, and 1 - exp(-Q(|x| - 2)) beyond,
 * Q the negative logarithm of the complementary error function.
 *
 * <p>P and Q are minimax fits by the Remez exchange in 200 bits and then rounded; absolute error of
 * the result 2⁻²⁷ in FLOAT (both of degree 6), 2⁻⁵⁴ in DOUBLE (degree 11 and 16).
 */
final class FloatErf {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;

  /** From here on erf rounds to 1. */
  private static final float TOP = 4; // FLOAT

  // DOUBLE: private static final double TOP = 6;

  private FloatErf() {}

  static FloatVector erf(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector top = size.blend(TOP, size.compare(VectorOperators.GT, TOP));
    FloatVector far = c(1).sub(FloatExponential.expModerate(negativeLogOfComplement(top.sub(2))));
    FloatVector y = near(size).blend(far, size.compare(VectorOperators.GE, 1));
    return FloatBits.withSign(y, x);
  }

  private static FloatVector near(FloatVector x) {
    FloatVector z = x.mul(x);
    FloatVector p = c(0x1.4c339ep-14f); // FLOAT
    p = p.fma(z, c(-0x1.a50ae8p-11f)); // FLOAT
    p = p.fma(z, c(0x1.542e0ep-8f)); // FLOAT
    p = p.fma(z, c(-0x1.b7fe9p-6f)); // FLOAT
    p = p.fma(z, c(0x1.ce2d5p-4f)); // FLOAT
    p = p.fma(z, c(-0x1.812740p-2f)); // FLOAT
    p = p.fma(z, c(0x1.06eba8p-3f)); // FLOAT
    // DOUBLE: DoubleVector p = c(-0x1.a0626274e4e34p-31);
    // DOUBLE: p = p.fma(z, c(0x1.d34738be8e12dp-27));
    // DOUBLE: p = p.fma(z, c(-0x1.5b77f44447731p-23));
    // DOUBLE: p = p.fma(z, c(0x1.b96835d408331p-20));
    // DOUBLE: p = p.fma(z, c(-0x1.f4c7e37d1349ap-17));
    // DOUBLE: p = p.fma(z, c(0x1.f9a29231590dcp-14));
    // DOUBLE: p = p.fma(z, c(-0x1.c02dae8b98385p-11));
    // DOUBLE: p = p.fma(z, c(0x1.565bccedde57bp-8));
    // DOUBLE: p = p.fma(z, c(-0x1.b82ce311a3343p-6));
    // DOUBLE: p = p.fma(z, c(0x1.ce2f21a03f792p-4));
    // DOUBLE: p = p.fma(z, c(-0x1.812746b03799cp-2));
    // DOUBLE: p = p.fma(z, c(0x1.06eba8214db68p-3));
    return x.fma(p, x);
  }

  /** -Q(t), so ln(1 - erf(t + 2)). */
  private static FloatVector negativeLogOfComplement(FloatVector t) {
    FloatVector p = c(0x1.856af8p-13f); // FLOAT
    p = p.fma(t, c(-0x1.75908ap-11f)); // FLOAT
    p = p.fma(t, c(0x1.d07ba4p-9f)); // FLOAT
    p = p.fma(t, c(-0x1.0e2104p-6f)); // FLOAT
    p = p.fma(t, c(-0x1.d8f62cp-1f)); // FLOAT
    p = p.fma(t, c(-0x1.1ac32p+2f)); // FLOAT
    return p.fma(t, c(-0x1.575b32p+2f)); // FLOAT
    // DOUBLE: DoubleVector p = c(0x1.337a3aa28f47ep-36);
    // DOUBLE: p = p.fma(t, c(-0x1.737cdb0055c58p-34));
    // DOUBLE: p = p.fma(t, c(-0x1.4f119e219fb09p-33));
    // DOUBLE: p = p.fma(t, c(0x1.68436c736b32cp-29));
    // DOUBLE: p = p.fma(t, c(-0x1.e9114f9badeadp-27));
    // DOUBLE: p = p.fma(t, c(0x1.ef5f4e00246f3p-25));
    // DOUBLE: p = p.fma(t, c(-0x1.733f2b8abec47p-23));
    // DOUBLE: p = p.fma(t, c(0x1.b5a63bbd13484p-23));
    // DOUBLE: p = p.fma(t, c(0x1.05fe42e77a6c4p-19));
    // DOUBLE: p = p.fma(t, c(-0x1.5b65e72f97470p-16));
    // DOUBLE: p = p.fma(t, c(0x1.1bc3abfdb5ac3p-13));
    // DOUBLE: p = p.fma(t, c(-0x1.7ffcfa253d024p-11));
    // DOUBLE: p = p.fma(t, c(0x1.d406b36eacc8cp-9));
    // DOUBLE: p = p.fma(t, c(-0x1.0dc3b5fc0daebp-6));
    // DOUBLE: p = p.fma(t, c(-0x1.d8f5dece92b7dp-1));
    // DOUBLE: p = p.fma(t, c(-0x1.1ac3258a8dbcfp+2));
    // DOUBLE: return p.fma(t, c(-0x1.575b329b1f510p+2));
  }

  private static FloatVector c(float value) {
    return FloatVector.broadcast(S, value);
  }
}
