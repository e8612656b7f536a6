package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * ln and what is made of it, on vectors: x = 2ᵉ (1 + f), √½ ≤ 1 + f < √2, and with s = f / (2 + f)
 *
 * <p>ln(1 + f) = 2 artanh s = f - (f²/2 - s (f²/2 + R)), R = 2 artanh(s)/s - 2 = s² P(s²),
 *
 * <p>the arrangement of FreeBSD's e_log.c, in which the rounding errors meet the small terms only.
 * P is a minimax fit on |s| ≤ 0.1716 by the Remez exchange in 200 bits: its error reaches the
 * result with a relative 2⁻²⁸ in FLOAT (degree 2) and 2⁻⁵⁷ in DOUBLE (degree 6).
 */
final class FloatLogarithm {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;

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

  private FloatLogarithm() {}

  static FloatVector log(FloatVector x) {
    var subnormal = x.compare(VectorOperators.LT, FloatBits.MIN_NORMAL);
    FloatVector raised = x.blend(x.mul(RAISE), subnormal);
    FloatVector e = FloatBits.exponent(raised);
    FloatVector exponent = e.blend(e.sub(RAISE_EXPONENT), subnormal);
    FloatVector y = assemble(exponent, FloatBits.fraction(raised).sub(1));
    return withPoles(y, x, x);
  }

  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1);
    // The rounding error of that sum, exactly (Knuth's two-sum), on the scale of f.
    FloatVector one = u.sub(x);
    FloatVector lost = x.sub(u.sub(one)).add(c(1).sub(one));
    FloatVector f = FloatBits.fraction(u).sub(1);
    f = lost.mul(FloatBits.inverseScale(u)).fma(c((float) 0.5), f);
    FloatVector y = assemble(FloatBits.exponent(u), f);
    return withPoles(FloatBits.withSign(y, x), u, x);
  }

  /** ln(1 + eˣ) = max(x, 0) + ln(1 + e^-|x|). */
  static FloatVector softplus(FloatVector x) {
    FloatVector e = FloatExponential.exp(x.abs().neg());
    return x.max(0).add(log1pOfFraction(e));
  }

  /** ln(1 + x) for 0 ≤ x ≤ 1. */
  private static FloatVector log1pOfFraction(FloatVector x) {
    FloatVector u = x.add(1);
    FloatVector lost = x.sub(u.sub(1));
    FloatVector f = FloatBits.fraction(u).sub(1);
    f = lost.mul(FloatBits.inverseScale(u)).fma(c((float) 0.5), f);
    return assemble(FloatBits.exponent(u), f);
  }

  /** y where u is positive and finite; else the values at 0, below it, at infinity and NaN. */
  private static FloatVector withPoles(FloatVector y, FloatVector u, FloatVector x) {
    return y.blend(x, u.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY))
        .blend(Float.NEGATIVE_INFINITY, u.compare(VectorOperators.EQ, 0))
        .blend(Float.NaN, u.compare(VectorOperators.LT, 0))
        .blend(x, u.compare(VectorOperators.NE, u));
  }

  /** e ln 2 + ln(1 + f). */
  static FloatVector assemble(FloatVector e, FloatVector f) {
    FloatVector s = f.div(f.add(2));
    FloatVector halfSquare = f.mul(f).mul(c((float) 0.5));
    FloatVector z = s.mul(s);
    FloatVector tail = z.fma(series(z), halfSquare).mul(s);
    FloatVector low = e.fma(c(LN2_LOW), tail);
    return e.fma(c(LN2_HIGH), f.sub(halfSquare.sub(low)));
  }

  /** P(z). */
  static FloatVector series(FloatVector z) {
    FloatVector p = c(0x1.2f27b8p-2f); // FLOAT
    p = p.fma(z, c(0x1.997abp-2f)); // FLOAT
    p = p.fma(z, c(0x1.55555cp-1f)); // FLOAT
    // DOUBLE: DoubleVector p = c(0x1.2b5d1d59154a1p-3);
    // DOUBLE: p = p.fma(z, c(0x1.39fdf9971e02ep-3));
    // DOUBLE: p = p.fma(z, c(0x1.7462b7cb7e668p-3));
    // DOUBLE: p = p.fma(z, c(0x1.c71c62dae55d3p-3));
    // DOUBLE: p = p.fma(z, c(0x1.2492492df8356p-2));
    // DOUBLE: p = p.fma(z, c(0x1.99999999952d3p-2));
    // DOUBLE: p = p.fma(z, c(0x1.5555555555558p-1));
    return p;
  }

  private static FloatVector c(float value) {
    return FloatVector.broadcast(S, value);
  }
}
