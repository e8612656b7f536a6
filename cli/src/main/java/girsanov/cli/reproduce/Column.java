package girsanov.cli.reproduce;

import girsanov.readers.Kind;

/** A column of tables 1 and 2. */
enum Column {
  NLL("NLL"),
  PREDICTION("prediction"),
  INTERPOLATION("interpolation");

  private final String title;

  Column(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Whether more is better. */
  boolean moreIsBetter(Kind data) {
    return this != NLL && data == Kind.MUSIC;
  }

  /** The key of the figure in the scores of a contender, after the rate. */
  String key(Kind data, Contender contender) {
    String metric = data == Kind.MUSIC ? ".accuracy" : ".rmse";
    return switch (this) {
      case NLL -> data == Kind.MUSIC ? "nll_per_frame" : "nll_per_dim";
      case PREDICTION -> contender.prediction() + metric;
      case INTERPOLATION -> "held_out.smoothed" + metric;
    };
  }

  /** What the figures are in. */
  String unitTitle(Kind data) {
    boolean music = data == Kind.MUSIC;
    return this == NLL
        ? "nats of a " + (music ? "frame" : "sample")
        : music ? "accuracy, %" : "RMSE";
  }

  /** What a figure is multiplied by to be that of the table. */
  double unit(Kind data) {
    return moreIsBetter(data) ? 100 : 1;
  }
}
