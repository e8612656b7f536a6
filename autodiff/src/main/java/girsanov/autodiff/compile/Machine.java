package girsanov.autodiff.compile;

/** What runs a program's instructions, in one of the precisions. */
sealed interface Machine permits FloatMachine, DoubleMachine {
  void run();

  /**
   * Elements that it holds beside inputs and outputs: the plan's work memory, what products pack
   * into, the registers of tile loops for all threads, and constants.
   */
  long elements();
}
