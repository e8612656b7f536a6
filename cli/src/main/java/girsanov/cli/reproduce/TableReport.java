package girsanov.cli.reproduce;

import girsanov.cli.runs.RunFolder;
import girsanov.models.data.FrameBaseline;
import girsanov.readers.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Table 1 or 2 of the paper: what was measured beside what was published. */
final class TableReport {
  private final Study study;
  private final Kind data;
  private final Results results;
  private final Map<FrameBaseline, Scores> trivial;
  private final List<String> about;
  private final List<Row> rows;

  /**
   * A report.
   *
   * @param scores of the cells that are finished
   * @param about the data and the study, in lines
   */
  TableReport(
      Study study,
      Map<Cell, Scores> scores,
      Map<FrameBaseline, Scores> trivial,
      List<String> about) {
    this.study = study;
    this.trivial = trivial;
    this.about = about;
    data = study.data();
    results = new Results(scores);
    rows = Row.of(study.contenders());
  }

  /** The names of the files, without extension. */
  static String name(Kind data) {
    return data == Kind.MUSIC ? "table1" : "table2";
  }

  void write(RunFolder folder) {
    String text = String.join("\n", lines()) + "\n";
    folder.write(name(data) + ".md", text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> lines() {
    boolean music = data == Kind.MUSIC;
    var lines = new ArrayList<String>();
    lines.add(music ? "# Table 1: symbolic music" : "# Table 2: speech");
    lines.add("");
    lines.addAll(about);
    lines.add("");
    lines.addAll(music ? TableNotes.MUSIC : TableNotes.SPEECH);
    lines.add("");
    lines.add("Each entry: ours / published.");
    lines.add("");
    addHead(lines);
    for (Row row : rows) {
      lines.add(row(row.title(), (column, rate) -> both(row, rate, column)));
    }
    trivial.forEach(
        (baseline, of) ->
            lines.add(
                row("*" + baseline.title() + "*", (column, rate) -> trivial(of, rate, column))));
    addMargins(lines);
    var frames = new FrameTables(study, results, trivial);
    frames.addRegimes(lines);
    if (music) {
      frames.addAccuracies(lines, rows);
    } else {
      addScales(lines);
    }
    return lines;
  }

  private static void addHead(List<String> lines) {
    lines.add(row("", (column, rate) -> column.title() + " " + Cell.percent(rate) + " %"));
    lines.add(row("---", (_, _) -> "---"));
  }

  @FunctionalInterface
  private interface Entry {
    String at(Column column, double rate);
  }

  private static String row(String title, Entry entry) {
    var line = new StringBuilder("| ").append(title).append(" |");
    for (Column column : Column.values()) {
      for (double rate : Study.RATES) {
        line.append(' ').append(entry.at(column, rate)).append(" |");
      }
    }
    return line.toString();
  }

  /** What is minimised in assimilated training is no NLL, and is put in brackets. */
  private String both(Row row, double rate, Column column) {
    double published = Published.of(data, row.contender().system(), column, rate);
    double[] values = values(row, rate, column);
    String ours = Results.text(values, value -> format(value, column));
    boolean bound = column != Column.NLL || row.strict() || values.length == 0;
    return (bound ? ours : "(" + ours + ")")
        + " / "
        + (Double.isNaN(published) ? Results.NONE : column.published(data, published));
  }

  private String trivial(Scores of, double rate, Column column) {
    return format(of.at(rate, column.key(data, Row.PLAIN)), column);
  }

  /** By seed. */
  private double[] values(Row row, double rate, Column column) {
    return results.values(row.contender(), rate, column.key(data, row));
  }

  private String format(double value, Column column) {
    return Double.isNaN(value) ? Results.NONE : column.format(data, value * column.unit(data));
  }

  /**
   * How much VSDN, where it predicts, is better than the better one of the paper's baselines, in a
   * study of both.
   */
  private void addMargins(List<String> lines) {
    List<Row> ahead =
        rows.stream()
            .filter(row -> row.contender().system().variational() && row.strict())
            .toList();
    if (ahead.isEmpty() || !study.contenders().containsAll(Margins.BASELINES)) {
      return;
    }
    lines.add("");
    lines.add(
        "How far each VSDN is ahead of the better one of ODE-RNN and GRU-ODE, ours / published:");
    lines.add("NLL in nats, the others relative to the baseline; below 0 it is behind.");
    lines.add("");
    addHead(lines);
    var margins = new Margins(data, results);
    for (Row row : ahead) {
      lines.add(row(row.title(), (column, rate) -> margins.of(row, rate, column)));
    }
  }

  /** The standard deviations that models of speech give to observed frames. */
  private void addScales(List<String> lines) {
    lines.add("");
    lines.add(
        "σ: the geometric mean of the predicted standard deviations of all numbers of all observed");
    lines.add(
        "test frames, over all draws. *Prediction* as above; *all observed*: from the frames on both"
            + " sides and the frame itself where a model reads them, as in the NLL of VSDN.");
    lines.add("");
    FrameTables.addHead(lines, "σ, prediction", "σ, all observed");
    for (Row row : rows) {
      var line = new StringBuilder("| ").append(row.title()).append(" |");
      for (String frames : new String[] {row.prediction(), row.prefix() + "observed.smoothed"}) {
        for (double rate : Study.RATES) {
          double[] all = results.values(row.contender(), rate, frames + ".std");
          line.append(' ').append(Results.text(all, TableReport::scale)).append(" |");
        }
      }
      lines.add(line.toString());
    }
  }

  private static String scale(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
