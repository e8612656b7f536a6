package girsanov.tensor.kernel;

import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * ln and what is made of it: x = 2ᵉ (1 + f), √½ ≤ 1 + f < √2, and with s = f / (2 + f)
 *
 * <p>ln(1 + f) = 2 artanh s = f - (f²/2 - s (f²/2 + R)), R = 2 artanh(s)/s - 2 = s² P(s²),
 *
 * <p>the arrangement of FreeBSD's e_log.c, in which the rounding errors meet the small terms only.
 * P is a minimax fit on |s| ≤ 0.1716 by the Remez exchange in 200 bits: its error reaches the
 * result with a relative 2⁻²⁸ in FLOAT (degree 2) and 2⁻⁵⁷ in DOUBLE (degree 6).
 */
final class FloatLogarithm {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  /** ln 2 in two parts; the first has room for the exponent, so that e times it is exact. */
  static final float LN2_HIGH = 0x1.62ep-1f; // FLOAT

  static final float LN2_LOW = 0x1.0bfbe8p-15f; // FLOAT

  // DOUBLE: static final double LN2_HIGH = 0x1.62e42feep-1;
  // DOUBLE: static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /** Brings every subnormal number among the normal ones. */
  static final float RAISE = 0x1p25f; // FLOAT

  static final float RAISE_EXPONENT = 25; // FLOAT
  // DOUBLE: static final double RAISE = 0x1p54;
  // DOUBLE: static final double RAISE_EXPONENT = 54;

  static final float MIN_NORMAL = Float.MIN_NORMAL;
  static final float ONE = 1;
  static final float TWO = 2;
  private static final float ZERO = 0;
  private static final float HALF = (float) 0.5;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float MINUS_INFINITY = Float.NEGATIVE_INFINITY;
  private static final float NAN = Float.NaN;

  static final float P0 = 0x1.55555cp-1f; // FLOAT
  static final float P1 = 0x1.997abp-2f; // FLOAT
  static final float P2 = 0x1.2f27b8p-2f; // FLOAT

  // DOUBLE: static final double P0 = 0x1.5555555555558p-1;
  // DOUBLE: static final double P1 = 0x1.99999999952d3p-2;
  // DOUBLE: static final double P2 = 0x1.2492492df8356p-2;
  // DOUBLE: static final double P3 = 0x1.c71c62dae55d3p-3;
  // DOUBLE: static final double P4 = 0x1.7462b7cb7e668p-3;
  // DOUBLE: static final double P5 = 0x1.39fdf9971e02ep-3;
  // DOUBLE: static final double P6 = 0x1.2b5d1d59154a1p-3;

  private FloatLogarithm() {}

  static void log(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      var subnormal = v.compare(VectorOperators.LT, MIN_NORMAL);
      FloatVector u = v.blend(v.mul(RAISE), subnormal);
      var biased = u.reinterpretAsInts().add(FloatBits.TO_SQRT); // FLOAT
      // DOUBLE: var biased = u.reinterpretAsLongs().add(DoubleBits.TO_SQRT);
      biased = biased.lanewise(VectorOperators.LSHR, FloatBits.MANTISSA);
      var field = biased.lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
      var fraction = u.reinterpretAsInts().sub(field).add(FloatBits.BIAS_FIELD); // FLOAT
      // DOUBLE: var fraction = u.reinterpretAsLongs().sub(field).add(DoubleBits.BIAS_FIELD);
      FloatVector e = biased.add(FloatBits.UNBIAS_MAGIC).reinterpretAsFloats();
      e = e.sub(FloatBits.MAGIC);
      FloatVector f = fraction.reinterpretAsFloats().sub(ONE);
      e = e.blend(e.sub(RAISE_EXPONENT), subnormal);
      FloatVector s = f.div(f.add(TWO));
      FloatVector z = s.mul(s);
      // DOUBLE: DoubleVector p = z.fma(P6, P5);
      // DOUBLE: p = p.lanewise(FMA, z, P4).lanewise(FMA, z, P3).lanewise(FMA, z, P2);
      // DOUBLE: p = p.lanewise(FMA, z, P1);
      FloatVector p = z.fma(P2, P1); // FLOAT
      p = p.lanewise(FMA, z, P0);
      FloatVector halfSquare = f.mul(f).mul(HALF);
      FloatVector low = e.lanewise(FMA, LN2_LOW, z.fma(p, halfSquare).mul(s));
      e.lanewise(FMA, LN2_HIGH, f.sub(halfSquare.sub(low)))
          .blend(v, v.compare(VectorOperators.EQ, INFINITY))
          .blend(MINUS_INFINITY, v.compare(VectorOperators.EQ, ZERO))
          .blend(NAN, v.compare(VectorOperators.LT, ZERO))
          .blend(v, v.compare(VectorOperators.NE, v))
          .intoArray(y, yo + i);
    }
  }

  /** ln(1 + x): the logarithm of u = 1 + x, and what that sum lost, on the scale of f. */
  static void log1p(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector u = v.add(ONE);
      var biased = u.reinterpretAsInts().add(FloatBits.TO_SQRT); // FLOAT
      // DOUBLE: var biased = u.reinterpretAsLongs().add(DoubleBits.TO_SQRT);
      biased = biased.lanewise(VectorOperators.LSHR, FloatBits.MANTISSA);
      var field = biased.lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
      var fraction = u.reinterpretAsInts().sub(field).add(FloatBits.BIAS_FIELD); // FLOAT
      // DOUBLE: var fraction = u.reinterpretAsLongs().sub(field).add(DoubleBits.BIAS_FIELD);
      FloatVector e = biased.add(FloatBits.UNBIAS_MAGIC).reinterpretAsFloats();
      e = e.sub(FloatBits.MAGIC);
      FloatVector f = fraction.reinterpretAsFloats().sub(ONE);
      // Knuth's two-sum: the rounding error of a sum, exactly.
      FloatVector one = u.sub(v);
      FloatVector lost = v.sub(u.sub(one)).add(one.neg().add(ONE));
      var scale = biased.neg().add(FloatBits.TWICE_BIAS_AND_ONE);
      scale = scale.lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
      f = lost.mul(scale.reinterpretAsFloats()).lanewise(FMA, HALF, f);
      FloatVector s = f.div(f.add(TWO));
      FloatVector z = s.mul(s);
      // DOUBLE: DoubleVector p = z.fma(P6, P5);
      // DOUBLE: p = p.lanewise(FMA, z, P4).lanewise(FMA, z, P3).lanewise(FMA, z, P2);
      // DOUBLE: p = p.lanewise(FMA, z, P1);
      FloatVector p = z.fma(P2, P1); // FLOAT
      p = p.lanewise(FMA, z, P0);
      FloatVector halfSquare = f.mul(f).mul(HALF);
      FloatVector low = e.lanewise(FMA, LN2_LOW, z.fma(p, halfSquare).mul(s));
      e.lanewise(FMA, LN2_HIGH, f.sub(halfSquare.sub(low)))
          .blend(v, u.compare(VectorOperators.EQ, INFINITY))
          .blend(MINUS_INFINITY, u.compare(VectorOperators.EQ, ZERO))
          .blend(NAN, u.compare(VectorOperators.LT, ZERO))
          .blend(v, u.compare(VectorOperators.NE, u))
          .blend(v, v.compare(VectorOperators.EQ, ZERO))
          .intoArray(y, yo + i);
    }
  }
}
