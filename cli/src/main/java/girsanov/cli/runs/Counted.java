package girsanov.cli.runs;

/** Numbers with what they count. */
public final class Counted {
  private Counted() {}

  /** Such as {@code 1 sequence} and {@code 2 sequences}. */
  public static String of(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
