package girsanov.bench.compare;

import java.util.Optional;

/** A library or program to compare with. Peers on the class path are found as services. */
public interface Peer extends AutoCloseable {

  /** As in the report, e.g. {@code OpenBLAS}. */
  String name();

  /** Why it cannot take part here and what to do about it; empty if it can. */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** Prepares for a piece of work; empty if it is not one that this peer does. */
  Optional<Contender> enter(Work work, int threads);

  @Override
  default void close() {}
}
