package girsanov.cli.runs;

/** Tells the user how far a run is. */
public sealed interface Report extends AutoCloseable permits BarReport, LineReport {

  /**
   * After each step.
   *
   * @param done steps taken in all
   * @param loss that of the last step
   */
  void step(long done, double loss);

  /** A sentence that stays. */
  void note(String sentence);

  @Override
  void close();
}
