package girsanov.cli.experiment;

import girsanov.cli.settings.Settings;
import girsanov.models.data.FrameBaseline;
import girsanov.readers.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a model of frames as a small table of plain text. */
final class FrameTable {
  private static final String NONE = "–";

  private FrameTable() {}

  /** Lines to print. */
  static List<String> of(FrameExperiment experiment, Map<String, Object> figures) {
    boolean music = experiment.data() == Kind.MUSIC;
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Test segments, %.0f %% of the frames observed, regularly",
            100 * experiment.rate()));
    String unit = music ? "a frame" : "a sample";
    lines.add(
        row(
            "NLL of an observed frame given those before, nats " + unit,
            number(figures, music ? "test.nll_per_frame" : "test.nll_per_dim", "%.4f")));
    lines.add(music ? "Accuracy, as the paper's authors sample it, %" : "RMSE of a segment");
    for (String[] line :
        new String[][] {
          {"prediction of observed frames, from those before", "observed.predicted"},
          {"  the same, after the frame itself was seen", "observed.assimilated"},
          {"interpolation of held-out frames, from those before", "held_out.predicted"},
          {"interpolation of held-out frames, from all", "held_out.smoothed"}
        }) {
      String key = "test." + line[1];
      lines.add(row(line[0], metric(music, figures, key)));
    }
    addBaselines(music, figures, lines);
    return lines;
  }

  /** The prefix of a baseline's keys. */
  static String key(FrameBaseline baseline) {
    return "test.baseline." + Settings.word(baseline);
  }

  private static void addBaselines(boolean music, Map<String, Object> figures, List<String> lines) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%-42s %9s  %10s  %13s",
            "What needs no model, likewise",
            "NLL",
            "prediction",
            "interpolation"));
    for (FrameBaseline baseline : FrameBaseline.values()) {
      String key = key(baseline);
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-40s %9s  %10s  %13s",
              baseline.title(),
              number(figures, key + (music ? ".nll_per_frame" : ".nll_per_dim"), "%.4f"),
              metric(music, figures, key + ".observed.predicted"),
              metric(music, figures, key + ".held_out.smoothed")));
    }
  }

  private static String metric(boolean music, Map<String, Object> figures, String key) {
    return music ? percent(figures, key + ".accuracy") : number(figures, key + ".rmse", "%.4f");
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "  %-56s %9s", name, value);
  }

  private static String percent(Map<String, Object> figures, String key) {
    return figures.get(key) instanceof Double value
        ? String.format(Locale.ROOT, "%.2f", 100 * value)
        : NONE;
  }

  private static String number(Map<String, Object> figures, String key, String format) {
    return figures.get(key) instanceof Double value
        ? String.format(Locale.ROOT, format, value)
        : NONE;
  }
}
