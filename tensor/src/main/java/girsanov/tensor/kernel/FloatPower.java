package girsanov.tensor.kernel;

import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * aᵇ = exp(b ln |a|), the logarithm and the product carried in two parts (Dekker), since the
 * exponential multiplies their absolute error: 4 ulp. Poles and signs are those of {@link
 * Math#pow}.
 *
 * <p>Stages, each a loop of its own (why: {@link FloatBits}), over blocks that stay in the L1
 * cache.
 */
final class FloatPower {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private static final float ZERO = 0;
  private static final float ONE = 1;
  private static final float TWO = 2;
  private static final float HALF = (float) 0.5;
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float MINUS_INFINITY = Float.NEGATIVE_INFINITY;
  private static final float NAN = Float.NaN;

  /** From here on every number is an integer; from twice here on, an even one. */
  private static final float INTEGERS = 0x1p23f; // FLOAT

  // DOUBLE: private static final double INTEGERS = 0x1p52;
  private static final float EVENS = 2 * INTEGERS;

  private static final int BLOCK = 512;
  private static final ThreadLocal<float[][]> BUFFERS =
      ThreadLocal.withInitial(() -> new float[2][BLOCK]);

  private FloatPower() {}

  static void power(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    float[] value = BUFFERS.get()[0];
    float[] low = BUFFERS.get()[1];
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      log(a, ao + i, value, low, count);
      multiply(b, bo + i, value, low, count);
      FloatExponential.exp(value, 0, value, 0, count);
      correct(value, low, count);
      poles(value, a, ao + i, b, bo + i, count);
      signs(value, a, ao + i, b, bo + i, y, yo + i, count);
    }
  }

  /** high + low = ln |a|. */
  private static void log(float[] a, int ao, float[] high, float[] low, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector x = FloatVector.fromArray(S, a, ao + i).abs();
      var subnormal = x.compare(VectorOperators.LT, FloatLogarithm.MIN_NORMAL);
      FloatVector raised = x.blend(x.mul(FloatLogarithm.RAISE), subnormal);
      var biased = raised.reinterpretAsInts().add(FloatBits.TO_SQRT); // FLOAT
      // DOUBLE: var biased = raised.reinterpretAsLongs().add(DoubleBits.TO_SQRT);
      biased = biased.lanewise(VectorOperators.LSHR, FloatBits.MANTISSA);
      var field = biased.lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
      var fraction = raised.reinterpretAsInts().sub(field).add(FloatBits.BIAS_FIELD); // FLOAT
      // DOUBLE: var fraction = raised.reinterpretAsLongs().sub(field).add(DoubleBits.BIAS_FIELD);
      FloatVector e = biased.add(FloatBits.UNBIAS_MAGIC).reinterpretAsFloats();
      e = e.sub(FloatBits.MAGIC);
      FloatVector f = fraction.reinterpretAsFloats().sub(ONE);
      e = e.blend(e.sub(FloatLogarithm.RAISE_EXPONENT), subnormal);
      FloatVector d = f.add(TWO);
      FloatVector s = f.div(d);
      FloatVector z = s.mul(s);
      // DOUBLE: var p = z.fma(DoubleLogarithm.P6, DoubleLogarithm.P5);
      // DOUBLE: p = p.lanewise(FMA, z, DoubleLogarithm.P4);
      // DOUBLE: p = p.lanewise(FMA, z, DoubleLogarithm.P3);
      // DOUBLE: p = p.lanewise(FMA, z, DoubleLogarithm.P2);
      // DOUBLE: p = p.lanewise(FMA, z, DoubleLogarithm.P1);
      FloatVector p = z.fma(FloatLogarithm.P2, FloatLogarithm.P1); // FLOAT
      FloatVector tail = z.mul(p.lanewise(FMA, z, FloatLogarithm.P0)).mul(s);
      // What s lost: (f - s d) / d, with what d lost.
      FloatVector lost = s.neg().fma(d, f).sub(s.mul(f.sub(d.sub(TWO)))).div(d);
      FloatVector whole = e.mul(FloatLogarithm.LN2_HIGH);
      FloatVector twice = s.add(s);
      FloatVector sum = whole.add(twice);
      FloatVector rest = e.lanewise(FMA, FloatLogarithm.LN2_LOW, twice.sub(sum.sub(whole)));
      rest = rest.add(lost.add(lost)).add(tail);
      FloatVector log = sum.add(rest);
      log.intoArray(high, i);
      rest.sub(log.sub(sum)).intoArray(low, i);
    }
  }

  /** value + low = b (value + low). */
  private static void multiply(float[] b, int bo, float[] value, float[] low, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, b, bo + i);
      FloatVector log = FloatVector.fromArray(S, value, i);
      FloatVector product = u.mul(log);
      FloatVector lost = u.fma(log, product.neg());
      u.mul(FloatVector.fromArray(S, low, i)).add(lost).intoArray(low, i);
      product.intoArray(value, i);
    }
  }

  /** value = value (1 + low) where it is neither 0 nor infinite. */
  private static void correct(float[] value, float[] low, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, value, i);
      v.fma(FloatVector.fromArray(S, low, i), v)
          .blend(v, v.compare(VectorOperators.EQ, INFINITY))
          .blend(v, v.compare(VectorOperators.EQ, ZERO))
          .intoArray(value, i);
    }
  }

  /** value = |a|ᵇ, given it where a is neither 0 nor infinite. */
  private static void poles(float[] value, float[] a, int ao, float[] b, int bo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      FloatVector size = u.abs();
      VectorMask<Float> rising = v.compare(VectorOperators.GT, ZERO);
      FloatVector z =
          FloatVector.fromArray(S, value, i)
              .blend(
                  FloatVector.broadcast(S, INFINITY).blend(ZERO, rising),
                  size.compare(VectorOperators.EQ, ZERO))
              .blend(
                  FloatVector.zero(S).blend(INFINITY, rising),
                  size.compare(VectorOperators.EQ, INFINITY));
      z.intoArray(value, i);
    }
  }

  /**
   * y = aᵇ given value = |a|ᵇ: negated for negative a and odd b, NaN for negative a and broken b.
   */
  private static void signs(
      float[] value, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      FloatVector z = FloatVector.fromArray(S, value, i);
      var sign = u.reinterpretAsInts().and(FloatBits.SIGN); // FLOAT
      var bits = z.reinterpretAsInts().lanewise(VectorOperators.XOR, sign); // FLOAT
      // DOUBLE: var sign = u.reinterpretAsLongs().and(DoubleBits.SIGN);
      // DOUBLE: var bits = z.reinterpretAsLongs().lanewise(VectorOperators.XOR, sign);
      FloatVector flipped = bits.reinterpretAsFloats();
      FloatVector size = v.abs();
      FloatVector half = size.mul(HALF);
      VectorMask<Float> broken =
          size.add(INTEGERS)
              .sub(INTEGERS)
              .compare(VectorOperators.NE, size)
              .and(size.compare(VectorOperators.LT, INTEGERS));
      VectorMask<Float> odd =
          half.add(INTEGERS)
              .sub(INTEGERS)
              .compare(VectorOperators.NE, half)
              .and(size.compare(VectorOperators.LT, EVENS))
              .andNot(broken);
      VectorMask<Float> undefined =
          broken
              .and(u.compare(VectorOperators.LT, ZERO))
              .and(u.compare(VectorOperators.GT, MINUS_INFINITY));
      z.blend(flipped, odd)
          .blend(NAN, undefined)
          .blend(NAN, u.compare(VectorOperators.NE, u))
          .blend(NAN, v.compare(VectorOperators.NE, v))
          .blend(ONE, v.compare(VectorOperators.EQ, ZERO))
          .intoArray(y, yo + i);
    }
  }
}
