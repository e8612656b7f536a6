package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector; // FLOAT
// DOUBLE: import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Exponents and signs of floating-point numbers as bit patterns, in registers.
 *
 * <p>An integer n is passed as {@code MAGIC + n}, MAGIC = 1.5 x 2^(mantissa bits): there the unit
 * of the last place is 1, so that adding MAGIC rounds to the nearest integer, and n stands in the
 * low bits of the pattern.
 */
final class FloatBits {
  static final float MAGIC = 0x1.8p23f; // FLOAT

  // DOUBLE: static final double MAGIC = 0x1.8p52;

  /** Below it numbers are subnormal and have no exponent of their own. */
  static final float MIN_NORMAL = Float.MIN_NORMAL;

  private static final int MANTISSA = 23; // FLOAT
  private static final int BIAS = 127; // FLOAT
  private static final int MAGIC_BITS = 0x4B400000; // FLOAT
  private static final int SQRT_HALF_BITS = 0x3F3504F3; // FLOAT
  private static final int SIGN = 0x80000000; // FLOAT
  private static final int SIGN_SHIFT = 30; // FLOAT

  // DOUBLE: private static final int MANTISSA = 52;
  // DOUBLE: private static final long BIAS = 1023;
  // DOUBLE: private static final long MAGIC_BITS = 0x4338000000000000L;
  // DOUBLE: private static final long SQRT_HALF_BITS = 0x3FE6A09E667F3BCDL;
  // DOUBLE: private static final long SIGN = 0x8000000000000000L;
  // DOUBLE: private static final int SIGN_SHIFT = 62;

  private FloatBits() {}

  /** 2ⁿ, for n whose 2ⁿ is a normal number. */
  static FloatVector powerOfTwo(FloatVector magicPlusN) {
    // The shift drops all of MAGIC.
    return bits(magicPlusN)
        .lanewise(VectorOperators.LSHL, MANTISSA)
        .add(BIAS << MANTISSA)
        .reinterpretAsFloats();
  }

  /** 2^⌊n/2⌋, for n of any finite or subnormal result. */
  static FloatVector lowerRoot(FloatVector magicPlusN) {
    return half(magicPlusN).lanewise(VectorOperators.LSHL, MANTISSA).reinterpretAsFloats();
  }

  /** 2^(n - ⌊n/2⌋): times {@link #lowerRoot} it gives 2ⁿ. */
  static FloatVector upperRoot(FloatVector magicPlusN) {
    return bits(magicPlusN)
        .add(2 * BIAS - MAGIC_BITS)
        .sub(half(magicPlusN))
        .lanewise(VectorOperators.LSHL, MANTISSA)
        .reinterpretAsFloats();
  }

  /** 1 / p for a power of two p with a normal reciprocal. */
  static FloatVector inverse(FloatVector p) {
    return bits(p).neg().add((2 * BIAS) << MANTISSA).reinterpretAsFloats();
  }

  /** The exponent e of x = m 2ᵉ with √½ ≤ m < √2, for normal x > 0. */
  static FloatVector exponent(FloatVector x) {
    return biasedExponent(x).add(MAGIC_BITS - BIAS).reinterpretAsFloats().sub(MAGIC);
  }

  /** 2^(1 - e), e as above. */
  static FloatVector inverseScale(FloatVector x) {
    return biasedExponent(x)
        .neg()
        .add(2 * BIAS + 1)
        .lanewise(VectorOperators.LSHL, MANTISSA)
        .reinterpretAsFloats();
  }

  /** The fraction m of x, as above. */
  static FloatVector fraction(FloatVector x) {
    return bits(x)
        .sub(biasedExponent(x).sub(BIAS).lanewise(VectorOperators.LSHL, MANTISSA))
        .reinterpretAsFloats();
  }

  /** {@code magnitude} ≥ 0 with the sign of {@code sign}. */
  static FloatVector withSign(FloatVector magnitude, FloatVector sign) {
    return bits(magnitude).or(bits(sign).and(SIGN)).reinterpretAsFloats();
  }

  /** x, negated where {@code sign} is negative. */
  static FloatVector flipSign(FloatVector x, FloatVector sign) {
    return bits(x).lanewise(VectorOperators.XOR, bits(sign).and(SIGN)).reinterpretAsFloats();
  }

  /** x with its sign changed where bit 1 of n is set. */
  static FloatVector negateIfBit1(FloatVector x, FloatVector magicPlusN) {
    return bits(x)
        .lanewise(
            VectorOperators.XOR,
            bits(magicPlusN).lanewise(VectorOperators.LSHL, SIGN_SHIFT).and(SIGN))
        .reinterpretAsFloats();
  }

  /** {@code odd} where n is odd, else {@code even}. */
  static FloatVector byParity(FloatVector magicPlusN, FloatVector even, FloatVector odd) {
    var select = bits(magicPlusN).and(1).neg();
    return bits(even)
        .lanewise(VectorOperators.BITWISE_BLEND, bits(odd), select)
        .reinterpretAsFloats();
  }

  private static IntVector half(FloatVector magicPlusN) { // FLOAT
    // DOUBLE: private static LongVector half(DoubleVector magicPlusN) {
    // n + 2 BIAS is positive, so that halving it rounds down.
    return bits(magicPlusN).add(2 * BIAS - MAGIC_BITS).lanewise(VectorOperators.LSHR, 1);
  }

  private static IntVector biasedExponent(FloatVector x) { // FLOAT
    // DOUBLE: private static LongVector biasedExponent(DoubleVector x) {
    return bits(x)
        .add((BIAS << MANTISSA) - SQRT_HALF_BITS)
        .lanewise(VectorOperators.LSHR, MANTISSA);
  }

  private static IntVector bits(FloatVector x) { // FLOAT
    // DOUBLE: private static LongVector bits(DoubleVector x) {
    return x.reinterpretAsInts(); // FLOAT
    // DOUBLE: return x.reinterpretAsLongs();
  }
}
