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

  private static final String ACCURACIES =
      String.format(
          Locale.ROOT, "%-58s %9s%9s%9s%9s%9s", "Accuracy, %", "(1)", "(2)", "(3)", "(4)", "(5)");

  private static final List<String> FORMS =
      List.of(
          "  notes drawn with their probability: (1) silent frames count 0, as the paper's authors"
              + " do it, (2) left out;",
          "  notes above 1/2: (3) silent frames count 0, (4) left out, (5) accumulated over all"
              + " frames");

  /** Of any run in whose table it is so: nothing that is learned has accuracy for its aim. */
  private static final List<String> WHY_COPYING =
      List.of(
          "  Copying the last frame is ahead in accuracy because notes mostly go on. A model is not"
              + " trained to copy, but",
          "  for the likelihood of a frame, by which copying has no figure: docs/results/music.md");

  private FrameTable() {}

  private static boolean copyingIsAhead(Map<String, Object> figures) {
    String drawn = AccuracyForm.DRAWN.key();
    for (String frames : List.of(".observed.predicted", ".held_out.smoothed")) {
      if (figures.get("test" + frames + drawn) instanceof Double model
          && figures.get(key(FrameBaseline.COPY) + frames + drawn) instanceof Double copied
          && model < copied) {
        return true;
      }
    }
    return false;
  }

  /** Lines to print. */
  static List<String> of(FrameExperiment experiment, Map<String, Object> figures) {
    boolean music = experiment.data() == Kind.MUSIC;
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Test segments, %.0f %% of the frames observed, regularly",
            100 * experiment.rate()));
    addNll(experiment, music ? ".nll_per_frame" : ".nll_per_dim", figures, lines);
    lines.add(music ? ACCURACIES : "RMSE of a segment");
    for (String[] line :
        new String[][] {
          {"prediction of observed frames, from those before", "observed.predicted"},
          {"  the same, after the frame itself was seen", "observed.assimilated"},
          {"interpolation of held-out frames, from those before", "held_out.predicted"},
          {"interpolation of held-out frames, from all", "held_out.smoothed"}
        }) {
      String key = "test." + line[1];
      lines.add(
          row(line[0], music ? accuracies(figures, key) : number(figures, key + ".rmse", "%.4f")));
    }
    if (music) {
      lines.addAll(FORMS);
    }
    addBaselines(music, figures, lines);
    if (music && copyingIsAhead(figures)) {
      lines.addAll(WHY_COPYING);
    }
    return lines;
  }

  private static void addNll(
      FrameExperiment experiment, String key, Map<String, Object> figures, List<String> lines) {
    String unit = experiment.data() == Kind.MUSIC ? "a frame" : "a sample";
    String nll = "NLL of an observed frame given those before, nats " + unit;
    if (!experiment.assimilated()) {
      lines.add(row(nll, number(figures, "test" + key, "%.4f")));
      return;
    }
    String strict = "test" + FrameFigures.STRICT + key;
    lines.add(row(nll, number(figures, strict, "%.4f")));
    lines.add(
        row(
            "  what was minimised, given itself too: no NLL",
            number(figures, "test" + key, "%.4f")));
  }

  /** In all forms, in the order of {@link #FORMS}, which is theirs. */
  private static String accuracies(Map<String, Object> figures, String key) {
    var all = new StringBuilder();
    for (AccuracyForm form : AccuracyForm.values()) {
      all.append(String.format(Locale.ROOT, "%9s", percent(figures, key + form.key())));
    }
    return all.toString();
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
            music ? "What needs no model, by (1)" : "What needs no model, likewise",
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
    return music
        ? percent(figures, key + AccuracyForm.DRAWN.key())
        : number(figures, key + ".rmse", "%.4f");
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
