package girsanov.cli.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a model as a small table of plain text. */
public final class SdeMatchingTable {
  private SdeMatchingTable() {}

  /** Lines to print. */
  public static List<String> of(SdeMatchingExperiment experiment, Map<String, Object> figures) {
    var lines = new ArrayList<String>();
    if (figures.containsKey(SdeMatchingFigures.forecastKey(experiment) + ".mse_of_mean")) {
      forecasts(experiment, figures, lines);
      lines.add("");
    }
    bounds(figures, lines);
    return lines;
  }

  private static void forecasts(
      SdeMatchingExperiment experiment, Map<String, Object> figures, List<String> lines) {
    String key = SdeMatchingFigures.forecastKey(experiment);
    int given = experiment.forecastFrom();
    lines.add(
        String.format(
            Locale.ROOT,
            "Test error: mean squared error of %d frames forecast from %d, 4 sequences, raw units",
            300 - given,
            given));
    lines.add(row("", "mean of sample MSEs", "MSE of the mean"));
    lines.add(
        row(
            "this run (1 seed, " + figures.get(key + ".samples") + " samples) [1]",
            plusMinus(figures, key + ".mse_of_samples"),
            number(figures, key + ".mse_of_mean")));
    String baseline = key + ".baseline.";
    lines.add(row("zero (each sequence's own mean)", "", number(figures, baseline + "zero")));
    lines.add(row("repeat the last frame seen", "", number(figures, baseline + "repeat_last")));
    lines.add(row("nearest training sequence", "", number(figures, baseline + "nearest_sequence")));
    if (given == 3) {
      lines.add(row("published: SDE Matching [2]", "4.50 ± 0.32", ""));
      lines.add(row("published: Latent SDE [3]", "4.03 ± 0.20", ""));
    } else if (given == 100) {
      lines.add(row("published: SDE Matching [4]", "4.26 ± 0.35", ""));
    }
    lines.add("[1] ± is the 95 % interval over this run's samples, not over seeds");
    if (given == 3) {
      lines.add("[2] Bartosh et al. 2025, Table 2: 95 % interval over 10 seeds");
      lines.add("[3] Li et al. 2020: 95 % interval over 50 posterior samples of one model;");
      lines.add("    public reproductions of it report 8 to 30");
    } else if (given == 100) {
      lines.add("[4] as quoted by Kiyohara et al. 2025 (Neural Stochastic Flows)");
    }
  }

  private static void bounds(Map<String, Object> figures, List<String> lines) {
    lines.add(
        "Nats per sequence of "
            + figures.get("nelbo.observations")
            + " observations: NELBO [*], and the notebook's objective");
    for (String split : List.of("train", "valid", "test")) {
      if (figures.containsKey(split + ".nelbo")) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %-18s %10s ± %-10s %10s",
                split,
                number(figures, split + ".nelbo"),
                number(figures, split + ".nelbo.standard_error"),
                number(figures, split + ".notebook_objective")));
      }
    }
    lines.add("[*] ± is the standard error of the estimate over its random draws");
  }

  private static String row(String name, String samples, String mean) {
    return String.format(Locale.ROOT, "  %-40s %-21s %s", name, samples, mean).stripTrailing();
  }

  private static String plusMinus(Map<String, Object> figures, String key) {
    return number(figures, key) + " ± " + number(figures, key + ".interval95");
  }

  private static String number(Map<String, Object> figures, String key) {
    return figures.get(key) instanceof Double value
        ? String.format(Locale.ROOT, "%.2f", value)
        : "?";
  }
}
