package girsanov.bench.compare;

/** One who does a piece of work again and again: ours, or a peer. */
public interface Contender extends AutoCloseable {

  /** As in the report, e.g. {@code OpenBLAS}. */
  String name();

  /**
   * Does the work so many times in a row.
   *
   * @return what all of it took, in the row's unit: seconds, unless the row says otherwise
   */
  double run(int repetitions);

  /**
   * What the first repetition made, to be checked: see {@link Work}. Called before any {@link
   * #run}.
   */
  double[] result();

  /** Gives back what only this work needed. */
  @Override
  default void close() {}
}
