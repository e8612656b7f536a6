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

  /**
   * What validation says, before that step is reported.
   *
   * @param done steps taken in all
   * @param figure less is better
   * @param best whether none before was as good, so that the model is kept
   */
  void validated(long done, double figure, boolean best);

  /** A sentence that stays. */
  void note(String sentence);

  @Override
  void close();
}
