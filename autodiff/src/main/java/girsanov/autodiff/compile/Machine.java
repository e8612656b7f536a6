package girsanov.autodiff.compile;

/** What runs a program's instructions, in one of the precisions. */
sealed interface Machine permits FloatMachine, DoubleMachine {
  void run();
}
