package girsanov.tensor.kernel;

// FLOAT

// DOUBLE: import jdk.incubator.vector.LongVector;

/**
 * Constants for work on the bit patterns of floating-point numbers.
 *
 * <p>The elementary functions are written flat, one loop each, and name no method of their own
 * between load and store: HotSpot inlines a method of ours only until the loop has grown large, and
 * not at all once that method has been compiled alone; a vector that meets a real call is boxed, at
 * a hundred times the cost. Constants are scalars, broadcast in the loop, from which the JIT moves
 * them: one kept as a vector would be loaded again after every store.
 */
final class FloatBits {
  /**
   * 1.5 x 2^(mantissa bits), where the unit of the last place is 1: adding it rounds to the nearest
   * integer n and leaves n in the low bits.
   */
  static final float MAGIC = 0x1.8p23f; // FLOAT

  // DOUBLE: static final double MAGIC = 0x1.8p52;

  /** Bits of the mantissa, and the shift that brings bit 1 to the sign. */
  static final int MANTISSA = 23; // FLOAT

  static final int BIT_1_TO_SIGN = 30; // FLOAT
  // DOUBLE: static final int MANTISSA = 52;
  // DOUBLE: static final int BIT_1_TO_SIGN = 62;

  private static final int BIAS = 127; // FLOAT
  private static final int MAGIC_BITS = 0x4B400000; // FLOAT
  private static final int SQRT_HALF_BITS = 0x3F3504F3; // FLOAT
  // DOUBLE: private static final long BIAS = 1023;
  // DOUBLE: private static final long MAGIC_BITS = 0x4338000000000000L;
  // DOUBLE: private static final long SQRT_HALF_BITS = 0x3FE6A09E667F3BCDL;

  static final int ONE = 1; // FLOAT
  static final int SIGN = Integer.MIN_VALUE; // FLOAT

  // DOUBLE: static final long ONE = 1;
  // DOUBLE: static final long SIGN = Long.MIN_VALUE;

  /** The pattern of 1. */
  static final int BIAS_FIELD = BIAS << MANTISSA; // FLOAT

  // DOUBLE: static final long BIAS_FIELD = BIAS << MANTISSA;

  /** The pattern of {@link #RAISED}, so much that e^-|x| times it is a normal number. */
  static final int RAISED_FIELD = (BIAS + 32) << MANTISSA; // FLOAT

  static final float RAISED = 0x1p32f; // FLOAT

  // DOUBLE: static final long RAISED_FIELD = (BIAS + 64) << MANTISSA;
  // DOUBLE: static final double RAISED = 0x1p64;

  /** Less the pattern of a power of two: that of its reciprocal. */
  static final int TWICE_BIAS_FIELD = (2 * BIAS) << MANTISSA; // FLOAT

  // DOUBLE: static final long TWICE_BIAS_FIELD = (2 * BIAS) << MANTISSA;

  /** Less a biased exponent e: that of 2^(1 - e). */
  static final int TWICE_BIAS_AND_ONE = 2 * BIAS + 1; // FLOAT

  // DOUBLE: static final long TWICE_BIAS_AND_ONE = 2 * BIAS + 1;

  /** Plus a biased exponent: the pattern of MAGIC plus the exponent. */
  static final int UNBIAS_MAGIC = MAGIC_BITS - BIAS; // FLOAT

  // DOUBLE: static final long UNBIAS_MAGIC = MAGIC_BITS - BIAS;

  /** Plus the pattern of MAGIC + n: twice the bias + n, a positive number. */
  static final int UNMAGIC = 2 * BIAS - MAGIC_BITS; // FLOAT

  // DOUBLE: static final long UNMAGIC = 2 * BIAS - MAGIC_BITS;

  /** Plus the pattern of x = m 2ᵉ, √½ ≤ m < √2: the biased e in the exponent's place. */
  static final int TO_SQRT = (BIAS << MANTISSA) - SQRT_HALF_BITS; // FLOAT

  // DOUBLE: static final long TO_SQRT = (BIAS << MANTISSA) - SQRT_HALF_BITS;

  private FloatBits() {}
}
