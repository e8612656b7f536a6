package girsanov.cli.reproduce;

/**
 * A model to train and judge.
 *
 * @param rate the part of the frames that is observed
 * @param ablation whether it is of figure 4
 */
record Cell(
    Contender contender, double rate, double beta, int latent, long seed, boolean ablation) {

  /** The name of its folder. */
  String name() {
    String own = contender.word() + "-" + percent(rate);
    return ablation ? own + "-beta" + beta + "-latent" + latent : own + "-seed" + seed;
  }

  /** The rates at which it is judged. */
  double[] judgedAt() {
    boolean figure2 = !ablation && rate == Study.SPARSE && !contender.assimilated();
    return figure2 ? Study.FIGURE_2 : new double[] {rate};
  }

  /** As it is known in keys and names. */
  static String percent(double rate) {
    return Long.toString(Math.round(100 * rate));
  }
}
