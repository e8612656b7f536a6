package girsanov.tensor.kernel;

import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * sin and cos: |x| = n π/2 + r, |r| ≤ π/4 (Cody and Waite's reduction, π/2 in three parts; with
 * fused multiply-adds the first step is exact), then sin r = r + r³ S(r²) or cos r = 1 - r²/2 + r⁴
 * C(r²) by the parity of n.
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
  private static final int L = S.length();
  private static final float ONE = 1;
  private static final float MINUS_HALF = (float) -0.5;
  private static final float TWO_OVER_PI = (float) 0.6366197723675814;
  private static final float MAGIC = FloatBits.MAGIC;

  /** -π/2 in three parts. */
  private static final float HALF_PI_1 = -0x1.921fb6p+0f; // FLOAT

  private static final float HALF_PI_2 = 0x1.777a5cp-25f; // FLOAT
  private static final float HALF_PI_3 = 0x1.ee59dap-50f; // FLOAT
  // DOUBLE: private static final double HALF_PI_1 = -0x1.921fb54442d18p+0;
  // DOUBLE: private static final double HALF_PI_2 = -0x1.1a62633145c07p-54;
  // DOUBLE: private static final double HALF_PI_3 = 0x1.f1976b7ed8fbcp-110;

  static final float SIN_0 = -0x1.555546p-3f; // FLOAT
  static final float SIN_1 = 0x1.11077cp-7f; // FLOAT
  static final float SIN_2 = -0x1.9955b6p-13f; // FLOAT
  // DOUBLE: static final double SIN_0 = -0x1.5555555555549p-3;
  // DOUBLE: static final double SIN_1 = 0x1.111111110f89cp-7;
  // DOUBLE: static final double SIN_2 = -0x1.a01a019c141cbp-13;
  // DOUBLE: static final double SIN_3 = 0x1.71de3578f00fep-19;
  // DOUBLE: static final double SIN_4 = -0x1.ae5e66a7222c1p-26;
  // DOUBLE: static final double SIN_5 = 0x1.5d930224a83dap-33;

  static final float COS_0 = 0x1.55554ap-5f; // FLOAT
  static final float COS_1 = -0x1.6c0c1ap-10f; // FLOAT
  static final float COS_2 = 0x1.99e0fep-16f; // FLOAT

  // DOUBLE: static final double COS_0 = 0x1.555555555554cp-5;
  // DOUBLE: static final double COS_1 = -0x1.6c16c16c15217p-10;
  // DOUBLE: static final double COS_2 = 0x1.a01a019cbe0a0p-16;
  // DOUBLE: static final double COS_3 = -0x1.27e4f81169e43p-22;
  // DOUBLE: static final double COS_4 = 0x1.1ee9f040a0fe1p-29;
  // DOUBLE: static final double COS_5 = -0x1.8fb08d96c49b3p-37;

  private FloatTrigonometry() {}

  /** sin x, or cos x, which is sin |x| a quarter turn on. */
  static void sine(float[] x, int xo, float[] y, int yo, int n, boolean cosine) {
    FloatVector turn = FloatVector.broadcast(S, cosine ? 1 : 0);
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector size = v.abs();
      FloatVector k = size.fma(TWO_OVER_PI, MAGIC);
      FloatVector m = k.sub(MAGIC);
      FloatVector r =
          m.lanewise(FMA, HALF_PI_3, m.lanewise(FMA, HALF_PI_2, m.lanewise(FMA, HALF_PI_1, size)));
      FloatVector z = r.mul(r);
      // DOUBLE: DoubleVector s = z.fma(SIN_5, SIN_4);
      // DOUBLE: s = s.lanewise(FMA, z, SIN_3).lanewise(FMA, z, SIN_2).lanewise(FMA, z, SIN_1);
      // DOUBLE: DoubleVector c = z.fma(COS_5, COS_4);
      // DOUBLE: c = c.lanewise(FMA, z, COS_3).lanewise(FMA, z, COS_2).lanewise(FMA, z, COS_1);
      FloatVector s = z.fma(SIN_2, SIN_1); // FLOAT
      FloatVector c = z.fma(COS_2, COS_1); // FLOAT
      s = r.mul(z).fma(s.lanewise(FMA, z, SIN_0), r);
      c = z.mul(z).fma(c.lanewise(FMA, z, COS_0), z.fma(MINUS_HALF, ONE));
      // Bit 0 of the quarter turns exchanges the two, bit 1 negates, and so does a negative x.
      var turns = k.add(turn).reinterpretAsInts(); // FLOAT
      var even = s.reinterpretAsInts(); // FLOAT
      var odd = c.reinterpretAsInts(); // FLOAT
      var sign = v.reinterpretAsInts().and(FloatBits.SIGN); // FLOAT
      // DOUBLE: var turns = k.add(turn).reinterpretAsLongs();
      // DOUBLE: var even = s.reinterpretAsLongs();
      // DOUBLE: var odd = c.reinterpretAsLongs();
      // DOUBLE: var sign = v.reinterpretAsLongs().and(DoubleBits.SIGN);
      if (cosine) {
        sign = sign.sub(sign);
      }
      var select = turns.and(FloatBits.ONE).neg();
      var flip = turns.lanewise(VectorOperators.LSHL, FloatBits.BIT_1_TO_SIGN);
      flip = flip.and(FloatBits.SIGN).lanewise(VectorOperators.XOR, sign);
      var bits = even.lanewise(VectorOperators.BITWISE_BLEND, odd, select);
      bits = bits.lanewise(VectorOperators.XOR, flip);
      VectorMask<Float> far = size.compare(VectorOperators.GT, LIMIT);
      if (far.anyTrue()) {
        sineFar(x, xo + i, y, yo + i, cosine);
        bits.reinterpretAsFloats().intoArray(y, yo + i, far.not());
      } else {
        bits.reinterpretAsFloats().intoArray(y, yo + i);
      }
    }
  }

  private static void sineFar(float[] x, int xo, float[] y, int yo, boolean cosine) {
    for (int i = 0; i < L; i++) {
      double v = x[xo + i];
      if (Math.abs(v) > LIMIT) {
        y[yo + i] = (float) (cosine ? StrictMath.cos(v) : StrictMath.sin(v));
      }
    }
  }
}
