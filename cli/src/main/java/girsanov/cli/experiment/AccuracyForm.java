package girsanov.cli.experiment;

import girsanov.models.frames.FrameScores.Figures;
import java.util.function.ToDoubleFunction;

/**
 * The accuracies TP / (TP + FP + FN) of frames of notes, in the order of the tables: which notes
 * count as predicted, and what a frame counts in which there is none to find. See docs/metrics.md.
 */
public enum AccuracyForm {
  /** As the paper's authors have it. */
  DRAWN("", "drawn, silent 0", Figures::sampled),
  DRAWN_SOUNDING(".sounding", "drawn, silent left out", Figures::sampledSounding),
  THRESHOLD(".threshold", "above ½, silent 0", Figures::threshold),
  THRESHOLD_SOUNDING(".threshold.sounding", "above ½, silent left out", Figures::thresholdSounding),
  ACCUMULATED(".accumulated", "above ½, accumulated", Figures::accumulated);

  private final String key;
  private final String title;
  private final ToDoubleFunction<Figures> figure;

  AccuracyForm(String key, String title, ToDoubleFunction<Figures> figure) {
    this.key = key;
    this.title = title;
    this.figure = figure;
  }

  /** The end of its keys, after that of the frames. */
  public String key() {
    return ".accuracy" + key;
  }

  /** As the head of a column. */
  public String title() {
    return title;
  }

  double of(Figures figures) {
    return figure.applyAsDouble(figures);
  }
}
