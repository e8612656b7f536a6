package girsanov.cli.reproduce;

import girsanov.cli.experiment.AccuracyForm;
import girsanov.readers.Kind;
import java.util.Locale;

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

  /** The key of the figure in the scores of a row's model, after the rate. */
  String key(Kind data, Row row) {
    return switch (this) {
      case NLL -> row.prefix() + (data == Kind.MUSIC ? "nll_per_frame" : "nll_per_dim");
      case PREDICTION, INTERPOLATION -> frames(row) + metric(data);
    };
  }

  /** Which frames, and what is known of each; not of the NLL. */
  String frames(Row row) {
    return switch (this) {
      case NLL -> throw new IllegalArgumentException("the NLL is of all observed frames");
      case PREDICTION -> row.prediction();
      case INTERPOLATION -> row.prefix() + "held_out.smoothed";
    };
  }

  /** What is measured of frames, as the end of a key. */
  static String metric(Kind data) {
    return data == Kind.MUSIC ? AccuracyForm.DRAWN.key() : ".rmse";
  }

  /** A figure as it is printed in the paper. */
  String published(Kind data, double value) {
    boolean nll = this == NLL;
    boolean percent = moreIsBetter(data) || (nll && value > 1);
    return String.format(Locale.ROOT, percent ? "%.2f" : nll ? "%.3f" : "%.4f", value);
  }

  /** A figure as it is printed, in the unit of the table. */
  String format(Kind data, double value) {
    boolean accuracy = moreIsBetter(data);
    return String.format(Locale.ROOT, accuracy ? "%.2f" : "%.4f", value);
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
