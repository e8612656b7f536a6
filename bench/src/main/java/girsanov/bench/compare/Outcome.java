package girsanov.bench.compare;

import java.util.List;
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

  /**
   * How much more a peer costs.
   *
   * @param value the peer's median by ours
   * @param low the 10th percentile of the ratios of single rounds
   * @param high their 90th
   */
  record Ratio(double value, double low, double high) {}

  /** Within a round both run on the machine as it was then, so what drifts drops out. */
  Ratio ratio(Measured peer) {
    double[] rounds =
        IntStream.range(0, peer.costs().length)
            .mapToDouble(i -> peer.costs()[i] / ours.costs()[i])
            .toArray();
    return new Ratio(
        peer.median() / ours.median(),
        Measured.percentile(rounds, 0.1),
        Measured.percentile(rounds, 0.9));
  }

  double limitFraction() {
    return Measured.percentile(limitFractions, 0.5);
  }
}
