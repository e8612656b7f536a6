package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * sin and cos on vectors: |x| = n π/2 + r, |r| ≤ π/4 (Cody and Waite's reduction, π/2 in three
 * parts; with fused multiply-adds the first step is exact), then sin r = r + r³ S(r²) or cos r = 1
 * - r²/2 + r⁴ C(r²) by the parity of n.
 *
 * <p>S and C are minimax fits by the Remez exchange in 200 bits, S with a relative error of sin of
 * 2⁻²⁸ and C of 2⁻³³ in FLOAT (degree 2 each), 2⁻⁵⁸ and 2⁻⁶⁴ in DOUBLE (degree 5).
 *
 * <p>Holds for |x| ≤ {@link #LIMIT}; larger arguments are left to {@link StrictMath}, one by one.
 */
final class FloatTrigonometry {
  static final float LIMIT = 0x1p20f; // FLOAT
  // DOUBLE: static final double LIMIT = 0x1p30;

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final float TWO_OVER_PI = (float) 0.6366197723675814;

  private static final float HALF_PI_1 = 0x1.921fb6p+0f; // FLOAT
  private static final float HALF_PI_2 = -0x1.777a5cp-25f; // FLOAT
  private static final float HALF_PI_3 = -0x1.ee59dap-50f; // FLOAT

  // DOUBLE: private static final double HALF_PI_1 = 0x1.921fb54442d18p+0;
  // DOUBLE: private static final double HALF_PI_2 = 0x1.1a62633145c07p-54;
  // DOUBLE: private static final double HALF_PI_3 = -0x1.f1976b7ed8fbcp-110;

  private FloatTrigonometry() {}

  static FloatVector sin(FloatVector x) {
    FloatVector n = x.abs().fma(c(TWO_OVER_PI), c(FloatBits.MAGIC));
    FloatVector y = sineOfTurned(x.abs(), n, n);
    return FloatBits.flipSign(y, x);
  }

  static FloatVector cos(FloatVector x) {
    FloatVector n = x.abs().fma(c(TWO_OVER_PI), c(FloatBits.MAGIC));
    return sineOfTurned(x.abs(), n, n.add(1));
  }

  static VectorMask<Float> isFar(FloatVector x) {
    return x.abs().compare(VectorOperators.GT, LIMIT);
  }

  /** sin(x - n π/2 + turns π/2), n and turns as MAGIC plus an integer. */
  private static FloatVector sineOfTurned(FloatVector x, FloatVector n, FloatVector turns) {
    FloatVector m = n.sub(FloatBits.MAGIC);
    FloatVector r = m.fma(c(-HALF_PI_1), x);
    r = m.fma(c(-HALF_PI_2), r);
    r = m.fma(c(-HALF_PI_3), r);
    FloatVector z = r.mul(r);
    return turned(turns, sine(r, z), cosine(z));
  }

  /** sin(r + turns π/2) from sin r and cos r. */
  static FloatVector turned(FloatVector turns, FloatVector sine, FloatVector cosine) {
    return FloatBits.negateIfBit1(FloatBits.byParity(turns, sine, cosine), turns);
  }

  /** sin r for |r| ≤ π/4, z = r². */
  static FloatVector sine(FloatVector r, FloatVector z) {
    FloatVector p = c(-0x1.9955b6p-13f); // FLOAT
    p = p.fma(z, c(0x1.11077cp-7f)); // FLOAT
    p = p.fma(z, c(-0x1.555546p-3f)); // FLOAT
    // DOUBLE: DoubleVector p = c(0x1.5d930224a83dap-33);
    // DOUBLE: p = p.fma(z, c(-0x1.ae5e66a7222c1p-26));
    // DOUBLE: p = p.fma(z, c(0x1.71de3578f00fep-19));
    // DOUBLE: p = p.fma(z, c(-0x1.a01a019c141cbp-13));
    // DOUBLE: p = p.fma(z, c(0x1.111111110f89cp-7));
    // DOUBLE: p = p.fma(z, c(-0x1.5555555555549p-3));
    return r.mul(z).fma(p, r);
  }

  /** cos r for |r| ≤ π/4, z = r². */
  static FloatVector cosine(FloatVector z) {
    FloatVector p = c(0x1.99e0fep-16f); // FLOAT
    p = p.fma(z, c(-0x1.6c0c1ap-10f)); // FLOAT
    p = p.fma(z, c(0x1.55554ap-5f)); // FLOAT
    // DOUBLE: DoubleVector p = c(-0x1.8fb08d96c49b3p-37);
    // DOUBLE: p = p.fma(z, c(0x1.1ee9f040a0fe1p-29));
    // DOUBLE: p = p.fma(z, c(-0x1.27e4f81169e43p-22));
    // DOUBLE: p = p.fma(z, c(0x1.a01a019cbe0a0p-16));
    // DOUBLE: p = p.fma(z, c(-0x1.6c16c16c15217p-10));
    // DOUBLE: p = p.fma(z, c(0x1.555555555554cp-5));
    FloatVector square = z.mul(z);
    return square.fma(p, z.fma(c((float) -0.5), c(1)));
  }

  private static FloatVector c(float value) {
    return FloatVector.broadcast(S, value);
  }
}
