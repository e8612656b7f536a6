package girsanov.tensor.kernel;

import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link girsanov.tensor.Noise} by the group: eight Philox blocks side by side give 32 elements,
 * word j of block b as element 8 j + b.
 *
 * <p>In two steps over an array in the L1 cache, words and then normals: in one loop they would
 * reach the JIT's limit of inlining, and every vector would be boxed.
 */
public final class NoiseKernel {
  /** The elements of one group. */
  public static final int GROUP = 32;

  private static final VectorSpecies<Long> S = Lanes.LONG;
  private static final VectorSpecies<Double> D = Lanes.DOUBLE;
  private static final int L = S.length();

  /** The blocks of one group. */
  private static final int BLOCKS = 8;

  /** The constants of Philox 4x32-10; see {@link girsanov.tensor.Philox}. */
  static final long M0 = 0xD2511F53L;

  static final long M1 = 0xCD9E8D57L;
  static final int W0 = 0x9E3779B9;
  static final int W1 = 0xBB67AE85;
  static final int ROUNDS = 10;

  private static final long LOW = 0xFFFFFFFFL;
  private static final long TWO_52_BITS = 0x4330000000000000L;
  private static final double TWO_52_LESS_HALF = 0x1p52 - 0.5;
  private static final double WORDS_TO_QUARTERS = 0x1p-30;
  private static final double WORD_BITS = 32;
  private static final double HALF_PI = Math.PI / 2;
  private static final double ONE = 1;
  private static final double TWO = 2;
  private static final double HALF = 0.5;
  private static final double MINUS_HALF = -0.5;
  private static final double MINUS_TWO = -2;
  private static final LongVector LANE = LongVector.broadcast(S, 0).addIndex(1);

  private NoiseKernel() {}

  /**
   * x = w + 1/2 for the words w of {@code groups} groups from number {@code firstGroup} on, key
   * seed, counter (block, stream).
   */
  public static void words(long seed, long stream, long firstGroup, int groups, double[] x) {
    for (int g = 0; g < groups; g++) {
      long firstBlock = (firstGroup + g) * BLOCKS;
      for (int b = 0; b < BLOCKS; b += L) {
        LongVector block = LANE.add(firstBlock + b);
        LongVector c0 = block;
        LongVector c1 = block.lanewise(VectorOperators.LSHR, 32);
        LongVector c2 = LongVector.broadcast(S, stream);
        LongVector c3 = LongVector.broadcast(S, stream >>> 32);
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
          // Only the low half of a lane counts; what the products leave above it is masked here.
          LongVector p0 = c0.and(LOW).mul(M0);
          LongVector p1 = c2.and(LOW).mul(M1);
          c0 = p1.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c1);
          c0 = c0.lanewise(VectorOperators.XOR, k0);
          c1 = p1;
          c2 = p0.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c3);
          c2 = c2.lanewise(VectorOperators.XOR, k1);
          c3 = p0;
          k0 += W0;
          k1 += W1;
        }
        int to = g * GROUP + b;
        // 2⁵² + w is w set into the bits of 2⁵²; what is then subtracted leaves w + 1/2, exactly.
        DoubleVector w0 = c0.and(LOW).or(TWO_52_BITS).reinterpretAsDoubles();
        DoubleVector w1 = c1.and(LOW).or(TWO_52_BITS).reinterpretAsDoubles();
        DoubleVector w2 = c2.and(LOW).or(TWO_52_BITS).reinterpretAsDoubles();
        DoubleVector w3 = c3.and(LOW).or(TWO_52_BITS).reinterpretAsDoubles();
        w0.sub(TWO_52_LESS_HALF).intoArray(x, to);
        w1.sub(TWO_52_LESS_HALF).intoArray(x, to + BLOCKS);
        w2.sub(TWO_52_LESS_HALF).intoArray(x, to + 2 * BLOCKS);
        w3.sub(TWO_52_LESS_HALF).intoArray(x, to + 3 * BLOCKS);
      }
    }
  }

  /** Turns what {@link #words} left in x into standard normals, by Box and Muller. */
  public static void normals(int groups, double[] x) {
    for (int at = 0; at < groups * GROUP; at += 2 * BLOCKS) {
      for (int b = at; b < at + BLOCKS; b += L) {
        // r = √(-2 ln(x / 2³²)), the logarithm as in DoubleLogarithm.
        DoubleVector u = DoubleVector.fromArray(D, x, b);
        LongVector biased = u.reinterpretAsLongs().add(DoubleBits.TO_SQRT);
        biased = biased.lanewise(VectorOperators.LSHR, DoubleBits.MANTISSA);
        LongVector field = biased.lanewise(VectorOperators.LSHL, DoubleBits.MANTISSA);
        LongVector fraction = u.reinterpretAsLongs().sub(field).add(DoubleBits.BIAS_FIELD);
        DoubleVector e = biased.add(DoubleBits.UNBIAS_MAGIC).reinterpretAsDoubles();
        e = e.sub(DoubleBits.MAGIC).sub(WORD_BITS);
        DoubleVector f = fraction.reinterpretAsDoubles().sub(ONE);
        DoubleVector s = f.div(f.add(TWO));
        DoubleVector z = s.mul(s);
        DoubleVector p =
            z.fma(DoubleLogarithm.P6, DoubleLogarithm.P5).lanewise(FMA, z, DoubleLogarithm.P4);
        p =
            p.lanewise(FMA, z, DoubleLogarithm.P3)
                .lanewise(FMA, z, DoubleLogarithm.P2)
                .lanewise(FMA, z, DoubleLogarithm.P1);
        p = p.lanewise(FMA, z, DoubleLogarithm.P0);
        DoubleVector halfSquare = f.mul(f).mul(HALF);
        DoubleVector low = e.lanewise(FMA, DoubleLogarithm.LN2_LOW, z.fma(p, halfSquare).mul(s));
        DoubleVector log = e.lanewise(FMA, DoubleLogarithm.LN2_HIGH, f.sub(halfSquare.sub(low)));
        DoubleVector radius = log.mul(MINUS_TWO).sqrt();
        // A quarter turn is 2³⁰ words: quarters = n + rest, |rest| ≤ 1/2, without a rounding error.
        DoubleVector quarters = DoubleVector.fromArray(D, x, b + BLOCKS).mul(WORDS_TO_QUARTERS);
        DoubleVector n = quarters.add(DoubleBits.MAGIC);
        DoubleVector angle = quarters.sub(n.sub(DoubleBits.MAGIC)).mul(HALF_PI);
        DoubleVector q = angle.mul(angle);
        DoubleVector sine = q.fma(DoubleTrigonometry.SIN_5, DoubleTrigonometry.SIN_4);
        sine =
            sine.lanewise(FMA, q, DoubleTrigonometry.SIN_3)
                .lanewise(FMA, q, DoubleTrigonometry.SIN_2);
        sine =
            sine.lanewise(FMA, q, DoubleTrigonometry.SIN_1)
                .lanewise(FMA, q, DoubleTrigonometry.SIN_0);
        sine = radius.mul(angle.mul(q).fma(sine, angle));
        DoubleVector cosine = q.fma(DoubleTrigonometry.COS_5, DoubleTrigonometry.COS_4);
        cosine =
            cosine
                .lanewise(FMA, q, DoubleTrigonometry.COS_3)
                .lanewise(FMA, q, DoubleTrigonometry.COS_2);
        cosine =
            cosine
                .lanewise(FMA, q, DoubleTrigonometry.COS_1)
                .lanewise(FMA, q, DoubleTrigonometry.COS_0);
        cosine = radius.mul(q.mul(q).fma(cosine, q.fma(MINUS_HALF, ONE)));
        // An odd number of quarter turns exchanges the two; bit 1 negates the sine, and bit 1 of
        // one turn more the cosine.
        LongVector turns = n.reinterpretAsLongs();
        LongVector odd = turns.and(DoubleBits.ONE).neg();
        LongVector swap =
            sine.reinterpretAsLongs()
                .lanewise(VectorOperators.XOR, cosine.reinterpretAsLongs())
                .and(odd);
        LongVector sign = turns.lanewise(VectorOperators.LSHL, DoubleBits.BIT_1_TO_SIGN);
        LongVector nextSign =
            turns.add(DoubleBits.ONE).lanewise(VectorOperators.LSHL, DoubleBits.BIT_1_TO_SIGN);
        swap.lanewise(VectorOperators.XOR, cosine.reinterpretAsLongs())
            .lanewise(VectorOperators.XOR, nextSign.and(DoubleBits.SIGN))
            .reinterpretAsDoubles()
            .intoArray(x, b);
        swap.lanewise(VectorOperators.XOR, sine.reinterpretAsLongs())
            .lanewise(VectorOperators.XOR, sign.and(DoubleBits.SIGN))
            .reinterpretAsDoubles()
            .intoArray(x, b + BLOCKS);
      }
    }
  }
}
