package girsanov.tensor.kernel;

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
  private static final long M0 = 0xD2511F53L;

  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private static final long LOW = 0xFFFFFFFFL;
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
        centre(c0).intoArray(x, to);
        centre(c1).intoArray(x, to + BLOCKS);
        centre(c2).intoArray(x, to + 2 * BLOCKS);
        centre(c3).intoArray(x, to + 3 * BLOCKS);
      }
    }
  }

  /** Turns what {@link #words} left in x into standard normals. */
  public static void normals(int groups, double[] x) {
    for (int at = 0; at < groups * GROUP; at += 2 * BLOCKS) {
      for (int b = at; b < at + BLOCKS; b += L) {
        DoubleVector radius = radius(DoubleVector.fromArray(D, x, b));
        // A quarter turn is 2³⁰ words: quarters = n + rest, |rest| ≤ 1/2, without a rounding error.
        DoubleVector quarters = DoubleVector.fromArray(D, x, b + BLOCKS).mul(0x1p-30);
        DoubleVector n = quarters.add(DoubleBits.MAGIC);
        DoubleVector angle = quarters.sub(n.sub(DoubleBits.MAGIC)).mul(Math.PI / 2);
        DoubleVector square = angle.mul(angle);
        DoubleVector sine = DoubleTrigonometry.sine(angle, square);
        DoubleVector cosine = DoubleTrigonometry.cosine(square);
        radius.mul(DoubleTrigonometry.turned(n.add(1), sine, cosine)).intoArray(x, b);
        radius.mul(DoubleTrigonometry.turned(n, sine, cosine)).intoArray(x, b + BLOCKS);
      }
    }
  }

  /** √(-2 ln(x / 2³²)). */
  private static DoubleVector radius(DoubleVector x) {
    DoubleVector e = DoubleBits.exponent(x).sub(32);
    DoubleVector f = DoubleBits.fraction(x).sub(1);
    return DoubleLogarithm.assemble(e, f).mul(-2).sqrt();
  }

  /** w + 1/2 for the word w in the low half, exactly: 2⁵² + w is w set into the bits of 2⁵². */
  private static DoubleVector centre(LongVector word) {
    return word.and(LOW)
        .lanewise(VectorOperators.OR, 0x4330000000000000L)
        .reinterpretAsDoubles()
        .sub(0x1p52 - 0.5);
  }
}
