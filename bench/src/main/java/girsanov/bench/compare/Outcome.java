package girsanov.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What came of a row.
 *
 * @param limitFractions of ours, round by round; empty where no limit is stated
 * @param complaints about wrong results; such a row counts for nothing
 */
record Outcome(
    Row row,
    Measured ours,
    List<Measured> peers,
    double[] limitFractions,
    List<String> complaints) {

  /** How often rounds are drawn anew, and from where. */
  private static final int RESAMPLES = 1000;

  private static final long SEED = 1;

  /**
   * How much more a peer costs.
   *
   * @param value the peer's median by ours, both of the rounds that both took part in
   * @param low the 10th percentile of the same quotient over rounds drawn anew
   * @param high the 90th
   */
  record Ratio(double value, double low, double high) {}

  /**
   * The ratio of medians, with a bootstrap's bracket: as many rounds as there were are drawn, with
   * repetition, and the quotient of their medians is taken, again and again. A round is drawn for
   * both, so what drifts with the machine drops out. Of three rounds the bracket is about their
   * range.
   */
  Ratio ratio(Measured peer) {
    int[] rounds =
        IntStream.range(0, peer.costs().length)
            .filter(i -> !Double.isNaN(peer.costs()[i]) && !Double.isNaN(ours.costs()[i]))
            .toArray();
    double value = quotient(peer, rounds);
    if (rounds.length == 0) {
      return new Ratio(value, value, value);
    }
    var random = new Random(SEED);
    var drawn = new int[rounds.length];
    var quotients = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      Arrays.setAll(drawn, _ -> rounds[random.nextInt(rounds.length)]);
      quotients[i] = quotient(peer, drawn);
    }
    double low = Measured.percentile(quotients, 0.1);
    double high = Measured.percentile(quotients, 0.9);
    // Where ours and the peer rise and fall against each other, few draws are like the whole.
    return new Ratio(value, Math.min(low, value), Math.max(high, value));
  }

  private double quotient(Measured peer, int[] rounds) {
    return peer.median(rounds) / ours.median(rounds);
  }

  double limitFraction() {
    return Measured.percentile(limitFractions, 0.5);
  }
}
