package girsanov.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a row is measured. Every contender's result is checked and it is warmed up; then come rounds,
 * in each of which every contender runs for a moment, in an order that is rotated from round to
 * round. A turn begins when all others' threads have come to rest, and with some untimed work.
 *
 * @param count the number of rounds
 * @param turnSeconds how long a turn lasts at least
 */
record Rounds(int count, double turnSeconds, LimitMeter meter) {
  /** Who takes longer for one repetition than this, in seconds, takes part in a few rounds only. */
  private static final double SLOW = 0.7;

  private static final int FEW = 3;

  /**
   * Warm-up lasts until nothing gets faster, but no less and no more than this, in seconds. HotSpot
   * takes some tenths of a second until all that leads to a kernel is compiled; until then it is
   * slow, but evenly so. On a busy machine that takes many times as long.
   */
  private static final double LEAST_WARM_UP = 0.8;

  private static final double MOST_WARM_UP = 8;
  private static final double MOST_BOXING = 30;
  private static final int MOST_REPETITIONS = 200_000;

  /** Measures a row; the first contender is ours. */
  Outcome measure(Row row, List<Contender> contenders, List<String> complaints) {
    int size = contenders.size();
    var repetitions = new int[size];
    var costs = new double[size][count];
    for (int i = 0; i < size; i++) {
      Arrays.fill(costs[i], Double.NaN);
      repetitions[i] = row.fresh() ? 0 : warmUp(contenders.get(i));
    }
    var fractions = new double[count];
    for (int round = 0; round < count; round++) {
      for (int turn = 0; turn < size; turn++) {
        int i = (round + turn) % size;
        if (repetitions[i] > 0 || round < FEW) {
          costs[i][round] = turn(contenders.get(i), repetitions[i]);
        }
      }
      Rest.untilQuiet();
      double perSecond = meter.measure(row.limit(), row.threads());
      fractions[round] = LimitMeter.fraction(row.limit(), costs[0][round], perSecond);
    }
    var measured = new ArrayList<Measured>();
    for (int i = 0; i < size; i++) {
      measured.add(new Measured(contenders.get(i).name(), costs[i]));
    }
    return new Outcome(row, measured.getFirst(), measured.subList(1, size), fractions, complaints);
  }

  private static double turn(Contender contender, int repetitions) {
    Rest.untilQuiet();
    if (repetitions > 1) {
      double unused = contender.run(Math.max(1, repetitions / 4));
    }
    int timed = Math.max(1, repetitions);
    return contender.run(timed) / timed;
  }

  /**
   * Returns the repetitions of a turn; 0 for one who is slow, and so takes part in a few rounds.
   */
  private int warmUp(Contender contender) {
    Rest.untilQuiet();
    long start = System.nanoTime();
    double best = contender.run(1);
    int repetitions = 1;
    int unimproved = 0;
    var boxing = new Boxing();
    boolean boxed = false;
    while (seconds(start) < LEAST_WARM_UP
        || (boxed && seconds(start) < MOST_BOXING)
        || (unimproved < FEW && seconds(start) < MOST_WARM_UP)) {
      repetitions = repetitions(best);
      boxing.begin();
      double cost = contender.run(repetitions) / repetitions;
      boxed = boxing.wasSeen();
      unimproved = cost < 0.97 * best ? 0 : unimproved + 1;
      best = Math.min(best, cost);
    }
    return best < SLOW ? repetitions(best) : 0;
  }

  private int repetitions(double cost) {
    return (int) Math.clamp(Math.ceil(turnSeconds / cost), 1, MOST_REPETITIONS);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
