package girsanov.models.frames;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;

/**
 * The order in which segments are taken: position p of an endless sequence that has all of them
 * once, then all once in another order, and so on; a pure function of the seed and p.
 */
final class Shuffle {
  /** Out of the way of the streams of noise. */
  private static final long STREAMS = 1L << 60;

  private final boolean shuffled;
  private final long seed;
  private final int[] order;
  private final DoubleTensor random;
  private long epoch = -1;

  Shuffle(int count, boolean shuffled, long seed) {
    this.shuffled = shuffled;
    this.seed = seed;
    order = new int[count];
    random = DoubleTensor.zeros(Shape.of(Math.max(1, shuffled ? count : 1)));
  }

  boolean shuffled() {
    return shuffled;
  }

  /** The segment at a position; by several threads. */
  int at(long position) {
    int place = (int) (position % order.length);
    return shuffled ? shuffled(position / order.length, place) : place;
  }

  private synchronized int shuffled(long wanted, int place) {
    if (wanted != epoch) {
      epoch = wanted;
      Noise.uniform(seed, STREAMS + epoch, 0, random);
      for (int i = 0; i < order.length; i++) {
        int j = (int) (random.at(i) * (i + 1));
        order[i] = order[j];
        order[j] = i;
      }
    }
    return order[place];
  }
}
