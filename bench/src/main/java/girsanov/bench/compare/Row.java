package girsanov.bench.compare;

import java.util.List;
import java.util.function.Supplier;

/**
 * One line of the comparison.
 *
 * @param group several rows have in common, e.g. {@code gru-ode}
 * @param name begins with the group
 * @param work made when the row's turn comes: some needs data that take a while
 * @param threads ours may use
 * @param peerThreads the peers may use; each enters once for each of these
 * @param limit what the machine allows
 * @param fresh each repetition is a process of its own: there is nothing to warm up
 * @param unit of what {@link Contender#run} returns
 */
public record Row(
    String group,
    String name,
    Supplier<Work> work,
    int threads,
    List<Integer> peerThreads,
    Limit limit,
    boolean fresh,
    Unit unit) {

  public Row {
    if (!name.startsWith(group)) {
      throw new IllegalArgumentException("expected a name that begins with " + group);
    }
    peerThreads = List.copyOf(peerThreads);
  }

  /** What is measured. */
  public enum Unit {
    SECONDS,
    BYTES
  }

  /** Whether a word on the command line means this row: its group, or its name up to a dash. */
  boolean isMeantBy(String word) {
    return word.equals("all")
        || word.equals(group)
        || (word.length() >= group.length() && (name + "-").startsWith(word + "-"));
  }
}
