package girsanov.tensor;

/**
 * Philox 4x32-10: a counter-based random number generator. Each block of four 32-bit words is a
 * bijection of a 128-bit counter under a 64-bit key, so any word of the stream can be had at any
 * time, in any order, by any thread.
 *
 * <p>One round maps words (c0, c1, c2, c3) and key (k0, k1) to (hi(M1 c2) ^ c1 ^ k0, lo(M1 c2),
 * hi(M0 c0) ^ c3 ^ k1, lo(M0 c0)); ten rounds, the key moving by (W0, W1) between them.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
 * section 3.3; known-answer vectors of the Random123 library are in the tests.
 */
public final class Philox {
  /** Multipliers and key increments; Salmon et al., section 3.3. */
  private static final int M0 = 0xD2511F53;

  private static final int M1 = 0xCD9E8D57;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private static final long LOW = 0xFFFFFFFFL;

  private Philox() {}

  /**
   * The four words of one block, for a counter of four words and a key of two.
   *
   * @throws IllegalArgumentException if counter or key have another length
   */
  public static int[] block(int[] counter, int[] key) {
    if (counter.length != 4 || key.length != 2) {
      throw new IllegalArgumentException(
          "Expected a counter of 4 words and a key of 2, got "
              + counter.length
              + " and "
              + key.length
              + ".");
    }
    long c01 = join(counter[0], counter[1]);
    long c23 = join(counter[2], counter[3]);
    long seed = join(key[0], key[1]);
    long low = words(seed, c23, c01, false);
    long high = words(seed, c23, c01, true);
    return new int[] {(int) low, (int) (low >>> 32), (int) high, (int) (high >>> 32)};
  }

  /**
   * Two words of the block at counter {@code (block, stream)}, key {@code seed}, each split low
   * word first: words 0 and 1, or 2 and 3 if {@code upper}; the lower-numbered word in the low
   * half.
   */
  public static long words(long seed, long stream, long block, boolean upper) {
    int c0 = (int) block;
    int c1 = (int) (block >>> 32);
    int c2 = (int) stream;
    int c3 = (int) (stream >>> 32);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = (M0 & LOW) * (c0 & LOW);
      long p1 = (M1 & LOW) * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    return upper ? join(c2, c3) : join(c0, c1);
  }

  private static long join(int low, int high) {
    return (low & LOW) | ((long) high << 32);
  }
}
