package girsanov.cli.reproduce;

import girsanov.cli.runs.RunFolder;
import girsanov.models.data.FrameBaseline;
import girsanov.models.vsdn.FrameSystem;
import girsanov.readers.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** Table 1 or 2 of the paper: what was measured beside what was published. */
final class TableReport {
  private static final String NONE = "–";

  /** Baselines have the same keys as these. */
  private static final Contender PLAIN = new Contender(FrameSystem.ODE_RNN, false);

  private final Study study;
  private final Map<Cell, Scores> scores;
  private final Map<FrameBaseline, Scores> trivial;
  private final List<String> about;

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
    this.scores = scores;
    this.trivial = trivial;
    this.about = about;
  }

  /** The names of the files, without extension. */
  static String name(Kind data) {
    return data == Kind.MUSIC ? "table1" : "table2";
  }

  void write(RunFolder folder) {
    String text = String.join("\n", lines()) + "\n";
    folder.write(name(study.data()) + ".md", text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> lines() {
    boolean music = study.data() == Kind.MUSIC;
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
    for (Contender contender : study.contenders()) {
      lines.add(row(contender.title(), (column, rate) -> both(contender, rate, column)));
    }
    trivial.forEach(
        (baseline, of) ->
            lines.add(
                row("*" + baseline.title() + "*", (column, rate) -> trivial(of, rate, column))));
    lines.add("");
    addMargins(lines);
    if (!music) {
      addScales(lines);
    }
    return lines;
  }

  private void addHead(List<String> lines) {
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

  private String both(Contender contender, double rate, Column column) {
    double published = Published.of(study.data(), contender.system(), column, rate);
    String ours = ours(values(contender, rate, column), value -> format(value, column));
    return ours + " / " + (Double.isNaN(published) ? NONE : theirs(published, column));
  }

  /** The mean over seeds, and how they spread. */
  private static String ours(double[] values, DoubleFunction<String> format) {
    String spread = values.length < 2 ? "" : " ± " + format.apply(deviation(values));
    return values.length == 0 ? NONE : format.apply(mean(values)) + spread;
  }

  private String trivial(Scores of, double rate, Column column) {
    return format(figure(of, rate, PLAIN, column), column);
  }

  /** By seed. */
  private double[] values(Contender contender, double rate, Column column) {
    return values(contender, rate, of -> figure(of, rate, contender, column));
  }

  private double[] values(Contender contender, double rate, ToDoubleFunction<Scores> figure) {
    return scores.entrySet().stream()
        .filter(e -> !e.getKey().ablation() && e.getKey().rate() == rate)
        .filter(e -> e.getKey().contender().equals(contender))
        .mapToDouble(e -> figure.applyAsDouble(e.getValue()))
        .toArray();
  }

  private double figure(Scores of, double rate, Contender contender, Column column) {
    return of.at(rate, column.key(study.data(), contender)) * column.unit(study.data());
  }

  /** How much each strict VSDN is better than the better one of the paper's two baselines. */
  private void addMargins(List<String> lines) {
    lines.add(
        "How far each VSDN is ahead of the better one of ODE-RNN and GRU-ODE, ours / published:");
    lines.add("NLL in nats, the others relative to the baseline; below 0 it is behind.");
    lines.add("");
    addHead(lines);
    for (Contender contender : study.contenders()) {
      if (contender.system().variational() && !contender.assimilated()) {
        lines.add(row(contender.title(), (column, rate) -> margin(contender, rate, column)));
      }
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
    var head = new StringBuilder("| |");
    for (String title : new String[] {"prediction", "all observed"}) {
      for (double rate : Study.RATES) {
        head.append(" σ, ").append(title).append(' ').append(Cell.percent(rate)).append(" % |");
      }
    }
    lines.add(head.toString());
    lines.add("| --- |" + " --- |".repeat(2 * Study.RATES.length));
    for (Contender contender : study.contenders()) {
      var line = new StringBuilder("| ").append(contender.title()).append(" |");
      for (String frames : new String[] {contender.prediction(), "observed.smoothed"}) {
        for (double rate : Study.RATES) {
          double[] all = values(contender, rate, of -> of.at(rate, frames + ".std"));
          line.append(' ').append(ours(all, TableReport::scale)).append(" |");
        }
      }
      lines.add(line.toString());
    }
  }

  private static String scale(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.4f", value);
  }

  private String margin(Contender contender, double rate, Column column) {
    double[] of = values(contender, rate, column);
    var ours =
        new double[] {
          of.length == 0 ? Double.NaN : mean(of),
          best(column, s -> mean(values(new Contender(s, false), rate, column)))
        };
    var theirs =
        new double[] {
          Published.of(study.data(), contender.system(), column, rate),
          best(column, s -> Published.of(study.data(), s, column, rate))
        };
    return margin(ours, column) + " / " + margin(theirs, column);
  }

  private String margin(double[] figures, Column column) {
    boolean more = column.moreIsBetter(study.data());
    double ahead = (figures[0] - figures[1]) * (more ? 1 : -1);
    if (Double.isNaN(ahead)) {
      return NONE;
    }
    return column == Column.NLL
        ? String.format(Locale.ROOT, "%+.3f", ahead)
        : String.format(Locale.ROOT, "%+.1f %%", 100 * ahead / figures[1]);
  }

  @FunctionalInterface
  private interface OfSystem {
    double figure(FrameSystem system);
  }

  private double best(Column column, OfSystem of) {
    double a = of.figure(FrameSystem.ODE_RNN);
    double b = of.figure(FrameSystem.GRU_ODE);
    return column.moreIsBetter(study.data()) ? Math.max(a, b) : Math.min(a, b);
  }

  private String format(double value, Column column) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    boolean accuracy = column.moreIsBetter(study.data());
    return String.format(Locale.ROOT, accuracy ? "%.2f" : "%.4f", value);
  }

  /** As printed in the paper. */
  private String theirs(double value, Column column) {
    boolean nll = column == Column.NLL;
    boolean percent = column.moreIsBetter(study.data()) || (nll && value > 1);
    return String.format(Locale.ROOT, percent ? "%.2f" : nll ? "%.3f" : "%.4f", value);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }
}
