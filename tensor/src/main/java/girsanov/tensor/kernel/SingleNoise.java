package girsanov.tensor.kernel;

import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link girsanov.tensor.Noise} in single precision, by two groups: sixteen Philox blocks side by
 * side give 64 elements.
 *
 * <p>Even blocks and odd ones are two chains of vectors of longs, whose products of words need all
 * 64 bits; at the end the odd ones fill the upper halves, and the words lie as ints in the blocks'
 * order, word j of block b as number 16 j + b.
 */
public final class SingleNoise {
  /** The elements of two groups. */
  public static final int UNIT = 2 * NoiseKernel.GROUP;

  /** How much longer than its elements an array of results must be. */
  public static final int MARGIN = UNIT;

  private static final VectorSpecies<Long> S = Lanes.LONG;
  private static final VectorSpecies<Integer> I = Lanes.INT;
  private static final VectorSpecies<Float> F = Lanes.FLOAT;
  private static final int L = F.length();

  /** The blocks of a unit, and of a group. */
  private static final int BLOCKS = 16;

  private static final int HALF_BLOCKS = 8;

  private static final long LOW = 0xFFFFFFFFL;
  private static final int WORD = 32;

  /** Half a word set into the bits of 2²³ counts ones there, and in those of 2³⁹ it counts 2¹⁶. */
  private static final int HALF_WORD = 16;

  private static final int LOW_HALF = 0xFFFF;
  private static final int TWO_23_BITS = 0x4B000000;
  private static final int TWO_39_BITS = 0x53000000;
  private static final float TWO_23_LESS_HALF = 0x1p23f - 0.5f;
  private static final float TWO_39 = 0x1p39f;
  private static final float TWO_39_AND_32 = 0x1p39f + 0x1p32f;

  private static final float WORDS_TO_UNIT = 0x1p-32f;
  private static final float ONE_LESS = 1 - 0x1p-24f;
  private static final float WORD_BITS = 32;
  private static final float ZERO = 0;
  private static final float ONE = 1;
  private static final float TWO = 2;
  private static final float HALF = 0.5f;
  private static final float MINUS_HALF = -0.5f;
  private static final float MINUS_TWO = -2;
  private static final float TO_ANGLE = (float) (Math.PI * 0x1p-33);
  private static final int EIGHTH_TURN = 1 << 29;
  private static final int QUARTER_TURN = 1 << 30;

  private static final LongVector LANE = LongVector.broadcast(S, 0).addIndex(2);

  /** Of a register that holds a whole unit's blocks, those of its first and second group. */
  private static final VectorMask<Float> FIRST = VectorMask.fromLong(F, 0xFF);

  private static final VectorMask<Float> SECOND = VectorMask.fromLong(F, 0xFF00);

  private SingleNoise() {}

  /** The words of {@code units} units from number {@code firstUnit} on. */
  public static void words(long seed, long stream, long firstUnit, int units, int[] w) {
    for (int at = 0; at < units * UNIT; at += UNIT) {
      long first = (firstUnit + at / UNIT) * BLOCKS;
      for (int b = 0; b < BLOCKS; b += L) {
        LongVector c0 = LANE.add(first + b);
        LongVector d0 = LANE.add(first + b + 1);
        LongVector c1 = c0.lanewise(VectorOperators.LSHR, WORD);
        LongVector d1 = d0.lanewise(VectorOperators.LSHR, WORD);
        LongVector c2 = LongVector.broadcast(S, stream);
        LongVector d2 = LongVector.broadcast(S, stream);
        LongVector c3 = LongVector.broadcast(S, stream >>> WORD);
        LongVector d3 = LongVector.broadcast(S, stream >>> WORD);
        int k0 = (int) seed;
        int k1 = (int) (seed >>> WORD);
        for (int round = 0; round < NoiseKernel.ROUNDS; round++) {
          // Only the low half of a lane counts; what the products leave above it is masked here.
          LongVector p0 = c0.and(LOW).mul(NoiseKernel.M0);
          LongVector q0 = d0.and(LOW).mul(NoiseKernel.M0);
          LongVector p1 = c2.and(LOW).mul(NoiseKernel.M1);
          LongVector q1 = d2.and(LOW).mul(NoiseKernel.M1);
          c0 = p1.lanewise(VectorOperators.LSHR, WORD).lanewise(VectorOperators.XOR, c1);
          d0 = q1.lanewise(VectorOperators.LSHR, WORD).lanewise(VectorOperators.XOR, d1);
          c0 = c0.lanewise(VectorOperators.XOR, k0);
          d0 = d0.lanewise(VectorOperators.XOR, k0);
          c1 = p1;
          d1 = q1;
          c2 = p0.lanewise(VectorOperators.LSHR, WORD).lanewise(VectorOperators.XOR, c3);
          d2 = q0.lanewise(VectorOperators.LSHR, WORD).lanewise(VectorOperators.XOR, d3);
          c2 = c2.lanewise(VectorOperators.XOR, k1);
          d2 = d2.lanewise(VectorOperators.XOR, k1);
          c3 = p0;
          d3 = q0;
          k0 += NoiseKernel.W0;
          k1 += NoiseKernel.W1;
        }
        int to = at + b;
        c0 = c0.and(LOW).or(d0.lanewise(VectorOperators.LSHL, WORD));
        c1 = c1.and(LOW).or(d1.lanewise(VectorOperators.LSHL, WORD));
        c2 = c2.and(LOW).or(d2.lanewise(VectorOperators.LSHL, WORD));
        c3 = c3.and(LOW).or(d3.lanewise(VectorOperators.LSHL, WORD));
        c0.reinterpretAsInts().intoArray(w, to);
        c1.reinterpretAsInts().intoArray(w, to + BLOCKS);
        c2.reinterpretAsInts().intoArray(w, to + 2 * BLOCKS);
        c3.reinterpretAsInts().intoArray(w, to + 3 * BLOCKS);
      }
    }
  }

  /** The uniforms of words w: (w + 1/2) / 2³², rounded once, and below 1. */
  public static void uniforms(int units, int[] w, float[] y) {
    for (int at = 0; at < units * UNIT; at += BLOCKS) {
      for (int b = 0; b < BLOCKS; b += L) {
        IntVector word = IntVector.fromArray(I, w, at + b);
        FloatVector low = word.and(LOW_HALF).or(TWO_23_BITS).reinterpretAsFloats();
        IntVector upper = word.lanewise(VectorOperators.LSHR, HALF_WORD);
        FloatVector high = upper.or(TWO_39_BITS).reinterpretAsFloats();
        FloatVector u = high.sub(TWO_39).add(low.sub(TWO_23_LESS_HALF)).mul(WORDS_TO_UNIT);
        u = u.blend(ONE_LESS, u.compare(VectorOperators.GT, ONE_LESS));
        // Where a unit's words j begin, its first group's elements begin at half of that.
        int to = at - at % UNIT / 2 + b;
        if (L == BLOCKS) {
          u.intoArray(y, to, FIRST);
          u.intoArray(y, to + NoiseKernel.GROUP - HALF_BLOCKS, SECOND);
        } else {
          u.intoArray(y, to + b / HALF_BLOCKS * (NoiseKernel.GROUP - HALF_BLOCKS));
        }
      }
    }
  }

  /** Standard normals of words by Box and Muller. */
  public static void normals(int units, int[] w, float[] y) {
    for (int at = 0; at < units * UNIT; at += 2 * BLOCKS) {
      for (int b = 0; b < BLOCKS; b += L) {
        // r = √(-2 ln u), the logarithm as in FloatLogarithm, of u itself or of 1 + (u - 1).
        IntVector word = IntVector.fromArray(I, w, at + b);
        FloatVector low = word.and(LOW_HALF).or(TWO_23_BITS).reinterpretAsFloats();
        low = low.sub(TWO_23_LESS_HALF);
        IntVector upper = word.lanewise(VectorOperators.LSHR, HALF_WORD);
        FloatVector high = upper.or(TWO_39_BITS).reinterpretAsFloats();
        FloatVector lessOne = high.sub(TWO_39_AND_32).add(low).mul(WORDS_TO_UNIT);
        IntVector u = high.sub(TWO_39).add(low).reinterpretAsInts();
        IntVector biased = u.add(FloatBits.TO_SQRT);
        biased = biased.lanewise(VectorOperators.LSHR, FloatBits.MANTISSA);
        IntVector field = biased.lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
        IntVector fraction = u.sub(field).add(FloatBits.BIAS_FIELD);
        FloatVector e = biased.add(FloatBits.UNBIAS_MAGIC).reinterpretAsFloats();
        e = e.sub(FloatBits.MAGIC).sub(WORD_BITS);
        FloatVector f = fraction.reinterpretAsFloats().sub(ONE);
        f = f.blend(lessOne, e.compare(VectorOperators.EQ, ZERO));
        FloatVector s = f.div(f.add(TWO));
        FloatVector z = s.mul(s);
        FloatVector p = z.fma(FloatLogarithm.P2, FloatLogarithm.P1);
        p = p.lanewise(FMA, z, FloatLogarithm.P0);
        FloatVector halfSquare = f.mul(f).mul(HALF);
        FloatVector rest = e.lanewise(FMA, FloatLogarithm.LN2_LOW, z.fma(p, halfSquare).mul(s));
        FloatVector log = e.lanewise(FMA, FloatLogarithm.LN2_HIGH, f.sub(halfSquare.sub(rest)));
        FloatVector radius = log.mul(MINUS_TWO).sqrt();
        // A quarter turn is 2³⁰ words: the lower 30 bits, signed, are what is left of whole ones.
        IntVector turn = IntVector.fromArray(I, w, at + BLOCKS + b);
        IntVector left = turn.lanewise(VectorOperators.LSHL, 2);
        FloatVector angle = left.convert(VectorOperators.I2F, 0).reinterpretAsFloats();
        angle = angle.add(TWO).mul(TO_ANGLE);
        IntVector turns = turn.add(EIGHTH_TURN);
        FloatVector q = angle.mul(angle);
        FloatVector sine = q.fma(FloatTrigonometry.SIN_2, FloatTrigonometry.SIN_1);
        sine = angle.mul(q).fma(sine.lanewise(FMA, q, FloatTrigonometry.SIN_0), angle);
        FloatVector cosine = q.fma(FloatTrigonometry.COS_2, FloatTrigonometry.COS_1);
        cosine = cosine.lanewise(FMA, q, FloatTrigonometry.COS_0);
        cosine = q.mul(q).fma(cosine, q.fma(MINUS_HALF, ONE));
        // An odd number of quarter turns exchanges the two; two of them negate the sine, and two
        // of one turn more the cosine.
        IntVector odd = turns.lanewise(VectorOperators.LSHL, 1).lanewise(VectorOperators.ASHR, 31);
        IntVector sineBits = radius.mul(sine).reinterpretAsInts();
        IntVector cosineBits = radius.mul(cosine).reinterpretAsInts();
        IntVector swap = sineBits.lanewise(VectorOperators.XOR, cosineBits).and(odd);
        IntVector nextSign = turns.add(QUARTER_TURN).and(FloatBits.SIGN);
        FloatVector lower =
            swap.lanewise(VectorOperators.XOR, cosineBits)
                .lanewise(VectorOperators.XOR, nextSign)
                .reinterpretAsFloats();
        FloatVector higher =
            swap.lanewise(VectorOperators.XOR, sineBits)
                .lanewise(VectorOperators.XOR, turns.and(FloatBits.SIGN))
                .reinterpretAsFloats();
        int to = at - at % UNIT / 2 + b;
        if (L == BLOCKS) {
          lower.intoArray(y, to, FIRST);
          lower.intoArray(y, to + NoiseKernel.GROUP - HALF_BLOCKS, SECOND);
          higher.intoArray(y, to + HALF_BLOCKS, FIRST);
          higher.intoArray(y, to + NoiseKernel.GROUP, SECOND);
        } else {
          to += b / HALF_BLOCKS * (NoiseKernel.GROUP - HALF_BLOCKS);
          lower.intoArray(y, to);
          higher.intoArray(y, to + HALF_BLOCKS);
        }
      }
    }
  }
}
