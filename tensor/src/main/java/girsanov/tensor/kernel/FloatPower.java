package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * aᵇ = exp(b ln |a|) on vectors, the logarithm and the product carried in two parts (Dekker), since
 * the exponential multiplies their absolute error: 4 ulp. Poles and signs are those of {@link
 * Math#pow}.
 */
final class FloatPower {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;

  /** From here on every number is an integer; from twice here on, an even one. */
  private static final float INTEGERS = 0x1p23f; // FLOAT

  // DOUBLE: private static final double INTEGERS = 0x1p52;

  private FloatPower() {}

  static FloatVector power(FloatVector a, FloatVector b) {
    FloatVector x = a.abs();
    var subnormal = x.compare(VectorOperators.LT, FloatBits.MIN_NORMAL);
    FloatVector raised = x.blend(x.mul(FloatLogarithm.RAISE), subnormal);
    FloatVector e = FloatBits.exponent(raised);
    e = e.blend(e.sub(FloatLogarithm.RAISE_EXPONENT), subnormal);
    FloatVector f = FloatBits.fraction(raised).sub(1);
    FloatVector d = f.add(2);
    FloatVector s = f.div(d);
    // ln x = high + low, high = e ln 2 + 2 s; what s lost: (f - s d) / d, d's own loss included.
    FloatVector lost = s.neg().fma(d, f).sub(s.mul(f.sub(d.sub(2)))).div(d);
    FloatVector whole = e.mul(FloatLogarithm.LN2_HIGH);
    FloatVector twice = s.add(s);
    FloatVector high = whole.add(twice);
    FloatVector z = s.mul(s);
    FloatVector low =
        e.fma(c(FloatLogarithm.LN2_LOW), twice.sub(high.sub(whole)))
            .add(lost.add(lost))
            .add(z.mul(FloatLogarithm.series(z)).mul(s));
    FloatVector log = high.add(low);
    FloatVector logRest = low.sub(log.sub(high));
    FloatVector product = b.mul(log);
    FloatVector rest = b.fma(log, product.neg()).add(b.mul(logRest));
    return withPoles(FloatExponential.exp(product, rest), a, b);
  }

  private static FloatVector withPoles(FloatVector y, FloatVector a, FloatVector b) {
    FloatVector x = a.abs();
    FloatVector infinity = c(Float.POSITIVE_INFINITY);
    VectorMask<Float> rising = b.compare(VectorOperators.GT, 0);
    FloatVector atZero = infinity.blend(0, rising);
    FloatVector atInfinity = c(0).blend(Float.POSITIVE_INFINITY, rising);
    FloatVector value =
        y.blend(atZero, x.compare(VectorOperators.EQ, 0))
            .blend(atInfinity, x.compare(VectorOperators.EQ, infinity));
    return ofSign(value, a, b)
        .blend(Float.NaN, a.compare(VectorOperators.NE, a))
        .blend(Float.NaN, b.compare(VectorOperators.NE, b))
        .blend(1, b.compare(VectorOperators.EQ, 0));
  }

  /** |a|ᵇ given its value: negated for negative a and odd b, NaN for negative a and broken b. */
  private static FloatVector ofSign(FloatVector value, FloatVector a, FloatVector b) {
    FloatVector size = b.abs();
    FloatVector half = size.mul((float) 0.5);
    VectorMask<Float> integer =
        size.add(INTEGERS)
            .sub(INTEGERS)
            .compare(VectorOperators.EQ, size)
            .or(size.compare(VectorOperators.GE, INTEGERS));
    VectorMask<Float> odd =
        half.add(INTEGERS)
            .sub(INTEGERS)
            .compare(VectorOperators.NE, half)
            .and(size.compare(VectorOperators.LT, 2 * INTEGERS))
            .and(integer);
    VectorMask<Float> broken =
        integer
            .not()
            .and(a.compare(VectorOperators.LT, 0))
            .and(a.compare(VectorOperators.GT, Float.NEGATIVE_INFINITY));
    return value.blend(FloatBits.flipSign(value, a), odd).blend(Float.NaN, broken);
  }

  private static FloatVector c(float value) {
    return FloatVector.broadcast(S, value);
  }
}
