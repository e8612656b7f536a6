package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * exp and what is made of it, on vectors. All start from x = n ln 2 + r, |r| ≤ ln 2 / 2, and from
 * one polynomial, eʳ - 1 = r + r² q(r).
 *
 * <p>q is the minimax fit of (eʳ - 1 - r) / r² under the weight |r| + 0.02, so for the relative
 * error of eʳ - 1, by the Remez exchange in 200 bits and then rounded: error 2⁻²⁵·⁸ of degree 4 in
 * FLOAT, 2⁻⁵⁵·¹ of degree 9 in DOUBLE. What is reached is tested: ElementaryFunctionsTest.
 */
final class FloatExponential {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;

  private static final float LOG2_E = (float) 1.4426950408889634;

  /** ln 2 in two parts. */
  private static final float LN2_HIGH = 0x1.62e43p-1f; // FLOAT

  private static final float LN2_LOW = -0x1.05c61p-29f; // FLOAT

  // DOUBLE: private static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
  // DOUBLE: private static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

  /** Beyond it eˣ is infinite; the largest x below has a finite one. */
  private static final float OVERFLOW = 0x1.62e42ep6f; // FLOAT

  // DOUBLE: private static final double OVERFLOW = 0x1.62e42fefa39efp9;

  /** Below it eˣ is less than half the smallest number. */
  private static final float UNDERFLOW = -104; // FLOAT

  // DOUBLE: private static final double UNDERFLOW = -746;

  /** From here on tanh rounds to 1. */
  private static final float TANH_ONE = 9.1f; // FLOAT

  // DOUBLE: private static final double TANH_ONE = 19.1;

  private FloatExponential() {}

  static FloatVector exp(FloatVector x) {
    FloatVector n = x.fma(c(LOG2_E), c(FloatBits.MAGIC));
    FloatVector y = expm1Reduced(remainder(x, n)).add(1);
    return y.mul(FloatBits.lowerRoot(n))
        .mul(FloatBits.upperRoot(n))
        .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, OVERFLOW))
        .blend(0, x.compare(VectorOperators.LT, UNDERFLOW));
  }

  /** e^(x + low) for a low that is small beside the unit of the last place of 2⁶ or so. */
  static FloatVector exp(FloatVector x, FloatVector low) {
    FloatVector n = x.fma(c(LOG2_E), c(FloatBits.MAGIC));
    FloatVector y = expm1Reduced(remainder(x, n).add(low)).add(1);
    return y.mul(FloatBits.lowerRoot(n))
        .mul(FloatBits.upperRoot(n))
        .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, OVERFLOW))
        .blend(0, x.compare(VectorOperators.LT, UNDERFLOW));
  }

  static FloatVector expm1(FloatVector x) {
    FloatVector n = x.fma(c(LOG2_E), c(FloatBits.MAGIC));
    FloatVector upper = FloatBits.upperRoot(n);
    // eˣ - 1 = 2^u (2^l (eʳ - 1) + (2^l - 2^-u)), u + l = n: neither part can overflow.
    FloatVector lower = FloatBits.lowerRoot(n);
    FloatVector shift = lower.sub(FloatBits.inverse(upper));
    FloatVector y = expm1Reduced(remainder(x, n)).fma(lower, shift).mul(upper);
    return FloatBits.withSign(y, x)
        .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, OVERFLOW))
        .blend(-1, x.compare(VectorOperators.LT, UNDERFLOW));
  }

  /** eˣ for UNDERFLOW / 2 ≤ x ≤ OVERFLOW / 2. */
  static FloatVector expModerate(FloatVector x) {
    FloatVector n = x.fma(c(LOG2_E), c(FloatBits.MAGIC));
    return expm1Reduced(remainder(x, n)).add(1).mul(FloatBits.powerOfTwo(n));
  }

  /** t / (t + 2), t = e^(2|x|) - 1, with the sign of x. */
  static FloatVector tanh(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector twice = size.add(size);
    FloatVector n = twice.fma(c(LOG2_E), c(FloatBits.MAGIC));
    FloatVector scale = FloatBits.powerOfTwo(n);
    FloatVector t = expm1Reduced(remainder(twice, n)).fma(scale, scale.sub(1));
    FloatVector y = t.div(t.add(2)).blend(1, size.compare(VectorOperators.GT, TANH_ONE));
    return FloatBits.withSign(y, x);
  }

  /** 1 / (1 + e⁻ˣ), or eˣ / (1 + eˣ) for x < 0: no overflow, and a small result stays exact. */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    return c(1).blend(e, x.compare(VectorOperators.LT, 0)).div(e.add(1));
  }

  private static FloatVector remainder(FloatVector x, FloatVector magicPlusN) {
    FloatVector n = magicPlusN.sub(FloatBits.MAGIC);
    return n.fma(c(-LN2_LOW), n.fma(c(-LN2_HIGH), x));
  }

  /** eʳ - 1 for |r| ≤ ln 2 / 2. */
  private static FloatVector expm1Reduced(FloatVector r) {
    FloatVector q = c(0x1.6d95fep-10f); // FLOAT
    q = q.fma(r, c(0x1.122602p-7f)); // FLOAT
    q = q.fma(r, c(0x1.55548cp-5f)); // FLOAT
    q = q.fma(r, c(0x1.5554b2p-3f)); // FLOAT
    // DOUBLE: DoubleVector q = c(0x1.af74727d2e1c2p-26);
    // DOUBLE: q = q.fma(r, c(0x1.28a0855b9d0bbp-22));
    // DOUBLE: q = q.fma(r, c(0x1.71ddeb8391acfp-19));
    // DOUBLE: q = q.fma(r, c(0x1.a019a8fe66d63p-16));
    // DOUBLE: q = q.fma(r, c(0x1.a01a01b521128p-13));
    // DOUBLE: q = q.fma(r, c(0x1.6c16c17e3ea6fp-10));
    // DOUBLE: q = q.fma(r, c(0x1.111111110e91dp-7));
    // DOUBLE: q = q.fma(r, c(0x1.55555555525b5p-5));
    // DOUBLE: q = q.fma(r, c(0x1.555555555555cp-3));
    q = q.fma(r, c((float) 0.5));
    return r.mul(r).fma(q, r);
  }

  private static FloatVector c(float value) {
    return FloatVector.broadcast(S, value);
  }
}
