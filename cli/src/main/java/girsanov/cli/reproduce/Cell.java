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
    boolean figure2 = !ablation && rate == Study.SPARSE;
    return figure2 ? Study.FIGURE_2 : new double[] {rate};
  }

  /** Whether it is judged there also as the strict model that its parameters make. */
  boolean strictlyAt(double observed) {
    return contender.assimilated() && observed == rate;
  }

  /** As it is known in keys and names. */
  static String percent(double rate) {
    return Long.toString(Math.round(100 * rate));
  }
}
