package girsanov.bench.compare;

import girsanov.tensor.Workers;
import java.util.Map;
import java.util.TreeMap;

/** Our teams of threads, one of each size, shared by all rows. */
final class Teams implements AutoCloseable {
  private final Map<Integer, Workers> teams = new TreeMap<>();
  private final int most;

  /** Teams of at most so many threads. */
  Teams(int most) {
    this.most = most;
  }

  int most() {
    return most;
  }

  Workers of(int threads) {
    return teams.computeIfAbsent(threads, Workers::new);
  }

  @Override
  public void close() {
    teams.values().forEach(Workers::close);
  }
}
