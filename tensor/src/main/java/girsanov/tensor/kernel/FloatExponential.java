package girsanov.tensor.kernel;

import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * exp and what is made of it. All start from x = n ln 2 + r, |r| ≤ ln 2 / 2, and from one
 * polynomial, eʳ - 1 = r + r² q(r).
 *
 * <p>q is the minimax fit of (eʳ - 1 - r) / r² under the weight |r| + 0.02, so for the relative
 * error of eʳ - 1, by the Remez exchange in 200 bits and then rounded: error 2⁻²⁵·⁸ of degree 4 in
 * FLOAT, 2⁻⁵⁵·¹ of degree 9 in DOUBLE. What is reached is tested: ElementaryFunctionsTest.
 *
 * <p>Why they are written out, each in one loop: {@link FloatBits}.
 */
final class FloatExponential {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  static final float ZERO = 0;
  static final float ONE = 1;
  private static final float MINUS_ONE = -1;
  static final float TWO = 2;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  static final float MAGIC = FloatBits.MAGIC;
  static final float LOG2_E = (float) 1.4426950408889634;

  /** -ln 2 in two parts. */
  static final float LN2_HIGH = -0x1.62e43p-1f; // FLOAT

  static final float LN2_LOW = 0x1.05c61p-29f; // FLOAT

  // DOUBLE: static final double LN2_HIGH = -0x1.62e42fefa39efp-1;
  // DOUBLE: static final double LN2_LOW = -0x1.abc9e3b39803fp-56;

  /** Beyond it eˣ is infinite; the largest x below has a finite one. */
  private static final float OVERFLOW = 0x1.62e42ep6f; // FLOAT

  // DOUBLE: private static final double OVERFLOW = 0x1.62e42fefa39efp9;

  /**
   * Less, and eˣ is a normal number: n is added to the exponent of eʳ. Beyond it vectors are rare.
   */
  static final float NEAR = 86; // FLOAT

  // DOUBLE: static final double NEAR = 700;

  /** Below it eˣ is less than half the smallest number. */
  static final float UNDERFLOW = -104; // FLOAT

  // DOUBLE: static final double UNDERFLOW = -746;

  /**
   * Takes {@link FloatBits#RAISED} away: the only rounding of a small power to a subnormal number.
   */
  private static final float LOWERED = 1 / FloatBits.RAISED;

  /** From here on tanh rounds to 1. */
  static final float TANH_ONE = 9.1f; // FLOAT

  // DOUBLE: static final double TANH_ONE = 19.1;

  static final float Q0 = (float) 0.5;
  static final float Q1 = 0x1.5554b2p-3f; // FLOAT
  static final float Q2 = 0x1.55548cp-5f; // FLOAT
  static final float Q3 = 0x1.122602p-7f; // FLOAT
  static final float Q4 = 0x1.6d95fep-10f; // FLOAT

  // DOUBLE: static final double Q1 = 0x1.555555555555cp-3;
  // DOUBLE: static final double Q2 = 0x1.55555555525b5p-5;
  // DOUBLE: static final double Q3 = 0x1.111111110e91dp-7;
  // DOUBLE: static final double Q4 = 0x1.6c16c17e3ea6fp-10;
  // DOUBLE: static final double Q5 = 0x1.a01a01b521128p-13;
  // DOUBLE: static final double Q6 = 0x1.a019a8fe66d63p-16;
  // DOUBLE: static final double Q7 = 0x1.71ddeb8391acfp-19;
  // DOUBLE: static final double Q8 = 0x1.28a0855b9d0bbp-22;
  // DOUBLE: static final double Q9 = 0x1.af74727d2e1c2p-26;

  private static final float P0 = 0x1.55554cp-1f; // FLOAT
  private static final float P1 = 0x1.99ad6cp-2f; // FLOAT
  private static final float P2 = 0x1.21249ap-2f; // FLOAT
  private static final float P3 = 0x1.12f598p-2f; // FLOAT

  // DOUBLE: private static final double P0 = 0x1.5555555555555p-1;
  // DOUBLE: private static final double P1 = 0x1.999999999a3ddp-2;
  // DOUBLE: private static final double P2 = 0x1.24924923d44c6p-2;
  // DOUBLE: private static final double P3 = 0x1.c71c727143318p-3;
  // DOUBLE: private static final double P4 = 0x1.745cf0b0e03bdp-3;
  // DOUBLE: private static final double P5 = 0x1.3b18b294bebf9p-3;
  // DOUBLE: private static final double P6 = 0x1.10ac75dc602b1p-3;
  // DOUBLE: private static final double P7 = 0x1.eb905e8575054p-4;
  // DOUBLE: private static final double P8 = 0x1.687a6e7c95176p-4;
  // DOUBLE: private static final double P9 = 0x1.4b0a26c5f2aefp-3;

  /** From here on down eˣ - 1 rounds to -1. */
  private static final float EXPM1_MINUS_ONE = -18; // FLOAT

  // DOUBLE: private static final double EXPM1_MINUS_ONE = -38;

  private FloatExponential() {}

  /**
   * eˣ. Each of the two ways is written out whole: a kernel of less code than FreqInlineSize, 325
   * bytes, HotSpot may inline into a loop that also calls others, and then load every constant
   * again for every vector (docs/decisions/0007): 0.33 in place of 0.19 ns.
   */
  static void exp(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      if (v.abs().compare(VectorOperators.LT, NEAR).allTrue()) {
        FloatVector k = v.fma(LOG2_E, MAGIC);
        FloatVector whole = k.sub(MAGIC);
        FloatVector r = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, v));
        // DOUBLE: DoubleVector q = r.fma(Q9, Q8);
        // DOUBLE: q = q.lanewise(FMA, r, Q7).lanewise(FMA, r, Q6).lanewise(FMA, r, Q5);
        // DOUBLE: q = q.lanewise(FMA, r, Q4).lanewise(FMA, r, Q3);
        FloatVector q = r.fma(Q4, Q3); // FLOAT
        q = q.lanewise(FMA, r, Q2).lanewise(FMA, r, Q1).lanewise(FMA, r, Q0);
        FloatVector e = r.mul(r).fma(q, r).add(ONE);
        var up = k.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatBits.MANTISSA); // FLOAT
        e.reinterpretAsInts().add(up).reinterpretAsFloats().intoArray(y, yo + i); // FLOAT
        // DOUBLE: var up = k.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        // DOUBLE: e.reinterpretAsLongs().add(up).reinterpretAsDoubles().intoArray(y, yo + i);
      } else {
        FloatVector k = v.fma(LOG2_E, MAGIC);
        FloatVector whole = k.sub(MAGIC);
        FloatVector r = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, v));
        // DOUBLE: DoubleVector q = r.fma(Q9, Q8);
        // DOUBLE: q = q.lanewise(FMA, r, Q7).lanewise(FMA, r, Q6).lanewise(FMA, r, Q5);
        // DOUBLE: q = q.lanewise(FMA, r, Q4).lanewise(FMA, r, Q3);
        FloatVector q = r.fma(Q4, Q3); // FLOAT
        q = q.lanewise(FMA, r, Q2).lanewise(FMA, r, Q1).lanewise(FMA, r, Q0);
        FloatVector e = r.mul(r).fma(q, r).add(ONE);
        // 2ⁿ in two factors: n may be beyond the exponents of normal numbers.
        var bits = k.reinterpretAsInts().add(FloatBits.UNMAGIC); // FLOAT
        // DOUBLE: var bits = k.reinterpretAsLongs().add(DoubleBits.UNMAGIC);
        var half = bits.lanewise(VectorOperators.LSHR, 1);
        var upper = bits.sub(half).lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
        var lower = half.lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
        e.mul(lower.reinterpretAsFloats())
            .mul(upper.reinterpretAsFloats())
            .blend(INFINITY, v.compare(VectorOperators.GT, OVERFLOW))
            .blend(ZERO, v.compare(VectorOperators.LT, UNDERFLOW))
            .intoArray(y, yo + i);
      }
    }
  }

  /** eˣ - 1 = 2^u (2^l (eʳ - 1) + (2^l - 2^-u)), u + l = n: neither part can overflow. */
  static void expm1(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector k = v.fma(LOG2_E, MAGIC);
      FloatVector whole = k.sub(MAGIC);
      FloatVector r = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, v));
      // DOUBLE: DoubleVector q = r.fma(Q9, Q8);
      // DOUBLE: q = q.lanewise(FMA, r, Q7).lanewise(FMA, r, Q6).lanewise(FMA, r, Q5);
      // DOUBLE: q = q.lanewise(FMA, r, Q4).lanewise(FMA, r, Q3);
      FloatVector q = r.fma(Q4, Q3); // FLOAT
      q = q.lanewise(FMA, r, Q2).lanewise(FMA, r, Q1).lanewise(FMA, r, Q0);
      FloatVector p = r.mul(r).fma(q, r);
      if (v.abs().compare(VectorOperators.LT, NEAR).allTrue()) {
        var up = k.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatBits.MANTISSA); // FLOAT
        // DOUBLE: var up = k.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        FloatVector scale = up.add(FloatBits.BIAS_FIELD).reinterpretAsFloats();
        p.fma(scale, scale.sub(ONE))
            .blend(v, v.compare(VectorOperators.EQ, ZERO))
            .intoArray(y, yo + i);
      } else {
        var bits = k.reinterpretAsInts().add(FloatBits.UNMAGIC); // FLOAT
        // DOUBLE: var bits = k.reinterpretAsLongs().add(DoubleBits.UNMAGIC);
        var half = bits.lanewise(VectorOperators.LSHR, 1);
        var upper = bits.sub(half).lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
        FloatVector lower =
            half.lanewise(VectorOperators.LSHL, FloatBits.MANTISSA).reinterpretAsFloats();
        FloatVector inverse = upper.neg().add(FloatBits.TWICE_BIAS_FIELD).reinterpretAsFloats();
        p.fma(lower, lower.sub(inverse))
            .mul(upper.reinterpretAsFloats())
            .blend(INFINITY, v.compare(VectorOperators.GT, OVERFLOW))
            .blend(MINUS_ONE, v.compare(VectorOperators.LT, UNDERFLOW))
            .blend(v, v.compare(VectorOperators.EQ, ZERO))
            .intoArray(y, yo + i);
      }
    }
  }

  /** d (1 - e⁻ˢ), as {@link #expm1} of x = -s. */
  static void softplusSlope(float[] d, int dof, float[] s, int so, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, s, so + i).neg();
      FloatVector k = v.fma(LOG2_E, MAGIC);
      FloatVector whole = k.sub(MAGIC);
      FloatVector r = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, v));
      // DOUBLE: DoubleVector q = r.fma(Q9, Q8);
      // DOUBLE: q = q.lanewise(FMA, r, Q7).lanewise(FMA, r, Q6).lanewise(FMA, r, Q5);
      // DOUBLE: q = q.lanewise(FMA, r, Q4).lanewise(FMA, r, Q3);
      FloatVector q = r.fma(Q4, Q3); // FLOAT
      q = q.lanewise(FMA, r, Q2).lanewise(FMA, r, Q1).lanewise(FMA, r, Q0);
      FloatVector p = r.mul(r).fma(q, r);
      if (v.abs().compare(VectorOperators.LT, NEAR).allTrue()) {
        var up = k.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatBits.MANTISSA); // FLOAT
        // DOUBLE: var up = k.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        FloatVector scale = up.add(FloatBits.BIAS_FIELD).reinterpretAsFloats();
        p.fma(scale, scale.sub(ONE))
            .blend(v, v.compare(VectorOperators.EQ, ZERO))
            .neg()
            .mul(FloatVector.fromArray(S, d, dof + i))
            .intoArray(y, yo + i);
      } else {
        var bits = k.reinterpretAsInts().add(FloatBits.UNMAGIC); // FLOAT
        // DOUBLE: var bits = k.reinterpretAsLongs().add(DoubleBits.UNMAGIC);
        var half = bits.lanewise(VectorOperators.LSHR, 1);
        var upper = bits.sub(half).lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
        FloatVector lower =
            half.lanewise(VectorOperators.LSHL, FloatBits.MANTISSA).reinterpretAsFloats();
        FloatVector inverse = upper.neg().add(FloatBits.TWICE_BIAS_FIELD).reinterpretAsFloats();
        p.fma(lower, lower.sub(inverse))
            .mul(upper.reinterpretAsFloats())
            .blend(INFINITY, v.compare(VectorOperators.GT, OVERFLOW))
            .blend(MINUS_ONE, v.compare(VectorOperators.LT, UNDERFLOW))
            .blend(v, v.compare(VectorOperators.EQ, ZERO))
            .neg()
            .mul(FloatVector.fromArray(S, d, dof + i))
            .intoArray(y, yo + i);
      }
    }
  }

  /** t / (t + 2), t = e^(2|x|) - 1, with the sign of x. */
  static void tanh(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector size = v.abs();
      FloatVector twice = size.add(size);
      FloatVector k = twice.fma(LOG2_E, MAGIC);
      FloatVector whole = k.sub(MAGIC);
      FloatVector r = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, twice));
      // DOUBLE: DoubleVector q = r.fma(Q9, Q8);
      // DOUBLE: q = q.lanewise(FMA, r, Q7).lanewise(FMA, r, Q6).lanewise(FMA, r, Q5);
      // DOUBLE: q = q.lanewise(FMA, r, Q4).lanewise(FMA, r, Q3);
      FloatVector q = r.fma(Q4, Q3); // FLOAT
      q = q.lanewise(FMA, r, Q2).lanewise(FMA, r, Q1).lanewise(FMA, r, Q0);
      var bits = k.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatBits.MANTISSA); // FLOAT
      // DOUBLE: var bits = k.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
      FloatVector scale = bits.add(FloatBits.BIAS_FIELD).reinterpretAsFloats();
      FloatVector t = r.mul(r).fma(q, r).fma(scale, scale.sub(ONE));
      FloatVector h = t.div(t.add(TWO)).blend(ONE, size.compare(VectorOperators.GT, TANH_ONE));
      var sign = v.reinterpretAsInts().and(FloatBits.SIGN); // FLOAT
      h.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yo + i); // FLOAT
      // DOUBLE: var sign = v.reinterpretAsLongs().and(DoubleBits.SIGN);
      // DOUBLE: h.reinterpretAsLongs().or(sign).reinterpretAsDoubles().intoArray(y, yo + i);
    }
  }

  /** e / (1 + e), e = eˣ, of which a large one is cut and a small one stays exact. */
  static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      if (v.abs().compare(VectorOperators.LT, NEAR).allTrue()) {
        FloatVector k = v.fma(LOG2_E, MAGIC);
        FloatVector whole = k.sub(MAGIC);
        FloatVector r = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, v));
        // DOUBLE: DoubleVector q = r.fma(Q9, Q8);
        // DOUBLE: q = q.lanewise(FMA, r, Q7).lanewise(FMA, r, Q6).lanewise(FMA, r, Q5);
        // DOUBLE: q = q.lanewise(FMA, r, Q4).lanewise(FMA, r, Q3);
        FloatVector q = r.fma(Q4, Q3); // FLOAT
        q = q.lanewise(FMA, r, Q2).lanewise(FMA, r, Q1).lanewise(FMA, r, Q0);
        FloatVector p = r.mul(r).fma(q, r).add(ONE);
        var up = k.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatBits.MANTISSA); // FLOAT
        FloatVector e = p.reinterpretAsInts().add(up).reinterpretAsFloats(); // FLOAT
        // DOUBLE: var up = k.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        // DOUBLE: DoubleVector e = p.reinterpretAsLongs().add(up).reinterpretAsDoubles();
        e.div(e.add(ONE)).intoArray(y, yo + i);
      } else {
        FloatVector cut = v.blend(NEAR, v.compare(VectorOperators.GT, NEAR));
        cut = cut.blend(UNDERFLOW, v.compare(VectorOperators.LT, UNDERFLOW));
        FloatVector k = cut.fma(LOG2_E, MAGIC);
        FloatVector whole = k.sub(MAGIC);
        FloatVector r = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, cut));
        // DOUBLE: DoubleVector q = r.fma(Q9, Q8);
        // DOUBLE: q = q.lanewise(FMA, r, Q7).lanewise(FMA, r, Q6).lanewise(FMA, r, Q5);
        // DOUBLE: q = q.lanewise(FMA, r, Q4).lanewise(FMA, r, Q3);
        FloatVector q = r.fma(Q4, Q3); // FLOAT
        q = q.lanewise(FMA, r, Q2).lanewise(FMA, r, Q1).lanewise(FMA, r, Q0);
        var bits = k.reinterpretAsInts().add(FloatBits.UNMAGIC); // FLOAT
        // DOUBLE: var bits = k.reinterpretAsLongs().add(DoubleBits.UNMAGIC);
        var half = bits.lanewise(VectorOperators.LSHR, 1);
        var upper = bits.sub(half).lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
        var lower = half.lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
        FloatVector e = r.mul(r).fma(q, r).add(ONE).mul(lower.reinterpretAsFloats());
        e = e.mul(upper.reinterpretAsFloats());
        e.div(e.add(ONE)).intoArray(y, yo + i);
      }
    }
  }

  /** x / (1 + e), or x e / (1 + e) for x < 0, e = e^-|x|. */
  static void silu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      var negative = v.reinterpretAsInts().or(FloatBits.SIGN); // FLOAT
      FloatVector minusSize = negative.reinterpretAsFloats(); // FLOAT
      // DOUBLE: var negative = v.reinterpretAsLongs().or(DoubleBits.SIGN);
      // DOUBLE: DoubleVector minusSize = negative.reinterpretAsDoubles();
      minusSize = minusSize.blend(UNDERFLOW, minusSize.compare(VectorOperators.LT, UNDERFLOW));
      FloatVector k = minusSize.fma(LOG2_E, MAGIC);
      FloatVector whole = k.sub(MAGIC);
      FloatVector r = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, minusSize));
      // DOUBLE: DoubleVector q = r.fma(Q9, Q8);
      // DOUBLE: q = q.lanewise(FMA, r, Q7).lanewise(FMA, r, Q6).lanewise(FMA, r, Q5);
      // DOUBLE: q = q.lanewise(FMA, r, Q4).lanewise(FMA, r, Q3);
      FloatVector q = r.fma(Q4, Q3); // FLOAT
      q = q.lanewise(FMA, r, Q2).lanewise(FMA, r, Q1).lanewise(FMA, r, Q0);
      var bits = k.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatBits.MANTISSA); // FLOAT
      // DOUBLE: var bits = k.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
      FloatVector scale = bits.add(FloatBits.RAISED_FIELD).reinterpretAsFloats();
      FloatVector e = r.mul(r).fma(q, r).add(ONE).mul(scale).mul(LOWERED);
      FloatVector.broadcast(S, 1)
          .blend(e, v.compare(VectorOperators.LT, ZERO))
          .div(e.add(ONE))
          .mul(v)
          .intoArray(y, yo + i);
    }
  }

  /** x, or eˣ - 1 = 2ⁿ (eʳ - 1) + (2ⁿ - 1) for x < 0. */
  static void elu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      var small = v.compare(VectorOperators.LT, EXPM1_MINUS_ONE);
      FloatVector below = v.blend(EXPM1_MINUS_ONE, small);
      FloatVector k = below.fma(LOG2_E, MAGIC);
      FloatVector whole = k.sub(MAGIC);
      FloatVector r = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, below));
      // DOUBLE: DoubleVector q = r.fma(Q9, Q8);
      // DOUBLE: q = q.lanewise(FMA, r, Q7).lanewise(FMA, r, Q6).lanewise(FMA, r, Q5);
      // DOUBLE: q = q.lanewise(FMA, r, Q4).lanewise(FMA, r, Q3);
      FloatVector q = r.fma(Q4, Q3); // FLOAT
      q = q.lanewise(FMA, r, Q2).lanewise(FMA, r, Q1).lanewise(FMA, r, Q0);
      var bits = k.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatBits.MANTISSA); // FLOAT
      // DOUBLE: var bits = k.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
      FloatVector scale = bits.add(FloatBits.BIAS_FIELD).reinterpretAsFloats();
      r.mul(r)
          .fma(q, r)
          .fma(scale, scale.sub(ONE))
          .blend(v, v.compare(VectorOperators.GE, ZERO))
          .intoArray(y, yo + i);
    }
  }

  /**
   * max(x, 0) + ln(1 + t), t = e^-|x|. With s = t / (2 + t) ≤ 1/3, ln(1 + t) = 2 artanh s = t - s
   * (t - z P(z)), z = s², in which rounding errors meet small terms only; P is a Chebyshev fit on z
   * ≤ 1/9 in 200 bits, whose error reaches the result with a relative 2⁻²⁶ in FLOAT and 2⁻⁵⁷ in
   * DOUBLE.
   */
  static void softplus(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      var negative = v.reinterpretAsInts().or(FloatBits.SIGN); // FLOAT
      FloatVector minusSize = negative.reinterpretAsFloats(); // FLOAT
      // DOUBLE: var negative = v.reinterpretAsLongs().or(DoubleBits.SIGN);
      // DOUBLE: DoubleVector minusSize = negative.reinterpretAsDoubles();
      minusSize = minusSize.blend(UNDERFLOW, minusSize.compare(VectorOperators.LT, UNDERFLOW));
      FloatVector k = minusSize.fma(LOG2_E, MAGIC);
      FloatVector whole = k.sub(MAGIC);
      FloatVector r = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, minusSize));
      // DOUBLE: DoubleVector q = r.fma(Q9, Q8);
      // DOUBLE: q = q.lanewise(FMA, r, Q7).lanewise(FMA, r, Q6).lanewise(FMA, r, Q5);
      // DOUBLE: q = q.lanewise(FMA, r, Q4).lanewise(FMA, r, Q3);
      FloatVector q = r.fma(Q4, Q3); // FLOAT
      q = q.lanewise(FMA, r, Q2).lanewise(FMA, r, Q1).lanewise(FMA, r, Q0);
      var bits = k.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatBits.MANTISSA); // FLOAT
      // DOUBLE: var bits = k.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
      FloatVector scale = bits.add(FloatBits.RAISED_FIELD).reinterpretAsFloats();
      FloatVector e = r.mul(r).fma(q, r).add(ONE).mul(scale).mul(LOWERED);
      FloatVector s = e.div(e.add(TWO));
      FloatVector z = s.mul(s);
      // DOUBLE: DoubleVector p = z.fma(P9, P8);
      // DOUBLE: p = p.lanewise(FMA, z, P7).lanewise(FMA, z, P6).lanewise(FMA, z, P5);
      // DOUBLE: p = p.lanewise(FMA, z, P4).lanewise(FMA, z, P3).lanewise(FMA, z, P2);
      FloatVector p = z.fma(P3, P2); // FLOAT
      p = p.lanewise(FMA, z, P1).lanewise(FMA, z, P0);
      FloatVector log = s.neg().fma(e.sub(z.mul(p)), e);
      // A comparison and a blend are two instructions; max, for NaN and the sign of zero, is six.
      v.blend(ZERO, v.compare(VectorOperators.LT, ZERO)).add(log).intoArray(y, yo + i);
    }
  }
}
