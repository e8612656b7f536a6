package girsanov.cli.reproduce;

import girsanov.cli.experiment.AccuracyForm;
import girsanov.models.data.FrameBaseline;
import girsanov.readers.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is measured of frames besides the paper's columns: with less known of them, or more, and
 * music by all accuracies.
 */
final class FrameTables {
  private static final String PAST = "held_out.predicted";
  private static final String SEEN = "observed.assimilated";

  private final Study study;
  private final Kind data;
  private final Results results;
  private final Map<FrameBaseline, Scores> trivial;

  FrameTables(Study study, Results results, Map<FrameBaseline, Scores> trivial) {
    this.study = study;
    this.results = results;
    this.trivial = trivial;
    data = study.data();
  }

  /** Held-out frames without the future, and observed frames after they were seen. */
  void addRegimes(List<String> lines) {
    lines.add("");
    lines.add(
        "Held-out frames *from the past* alone, whatever a model reads besides, and observed frames"
            + " *after they were seen*:");
    lines.add(
        "what a model makes of a frame that it has just been told. The published figures beside it"
            + " are those of its prediction.");
    lines.add("");
    addHead(lines, "interpolation, from the past", "after it was seen");
    for (Contender contender : study.contenders()) {
      var line = new StringBuilder("| ").append(contender.title()).append(" |");
      for (double rate : Study.RATES) {
        line.append(' ').append(ours(contender, rate, PAST + metric())).append(" |");
      }
      for (double rate : Study.RATES) {
        double theirs = Published.of(data, contender.system(), Column.PREDICTION, rate);
        line.append(' ').append(ours(contender, rate, SEEN + metric())).append(" / ");
        boolean none = Double.isNaN(theirs);
        line.append(none ? Results.NONE : Column.PREDICTION.published(data, theirs)).append(" |");
      }
      lines.add(line.toString());
    }
    trivial.forEach(
        (baseline, of) -> {
          if (baseline.causal()) {
            var line = new StringBuilder("| *").append(baseline.title()).append("* |");
            for (double rate : Study.RATES) {
              line.append(' ').append(format(of.at(rate, PAST + metric()))).append(" |");
            }
            lines.add(
                line.append((" " + Results.NONE + " |").repeat(Study.RATES.length)).toString());
          }
        });
  }

  /** The head of a table with a column for each title at each rate. */
  static void addHead(List<String> lines, String... titles) {
    var head = new StringBuilder("| |");
    for (String title : titles) {
      for (double rate : Study.RATES) {
        head.append(' ').append(title).append(' ').append(Cell.percent(rate)).append(" % |");
      }
    }
    lines.add(head.toString());
    lines.add("| --- |" + " --- |".repeat(titles.length * Study.RATES.length));
  }

  /** All accuracies at the lower rate. */
  void addAccuracies(List<String> lines, List<Row> rows) {
    addAccuracies(lines, rows, "Prediction", Column.PREDICTION::frames);
    addAccuracies(lines, rows, "Interpolation", Column.INTERPOLATION::frames);
    List<Row> once = rows.stream().filter(row -> !row.strictly()).toList();
    addAccuracies(lines, once, "Interpolation from the past", _ -> PAST);
  }

  private void addAccuracies(
      List<String> lines, List<Row> rows, String title, Function<Row, String> frames) {
    lines.add("");
    lines.add(
        title
            + " where "
            + Cell.percent(Study.SPARSE)
            + " % of the frames are observed, by all accuracies, %:");
    lines.add("");
    List<String> titles = Arrays.stream(AccuracyForm.values()).map(AccuracyForm::title).toList();
    lines.add("| | " + String.join(" | ", titles) + " |");
    lines.add("| --- |" + " --- |".repeat(titles.size()));
    for (Row row : rows) {
      var line = new StringBuilder("| ").append(row.title()).append(" |");
      for (AccuracyForm form : AccuracyForm.values()) {
        String key = frames.apply(row) + form.key();
        line.append(' ').append(ours(row.contender(), Study.SPARSE, key)).append(" |");
      }
      lines.add(line.toString());
    }
    trivial.forEach(
        (baseline, of) -> {
          String key = frames.apply(Row.PLAIN);
          if (!Double.isNaN(of.at(Study.SPARSE, key + metric()))) {
            var line = new StringBuilder("| *").append(baseline.title()).append("* |");
            for (AccuracyForm form : AccuracyForm.values()) {
              line.append(' ').append(format(of.at(Study.SPARSE, key + form.key()))).append(" |");
            }
            lines.add(line.toString());
          }
        });
  }

  private String metric() {
    return Column.metric(data);
  }

  private String ours(Contender contender, double rate, String key) {
    return Results.text(results.values(contender, rate, key), this::format);
  }

  private String format(double value) {
    Column column = Column.INTERPOLATION;
    return Double.isNaN(value) ? Results.NONE : column.format(data, value * column.unit(data));
  }
}
