package girsanov.cli.reproduce;

import girsanov.cli.runs.RunFolder;
import girsanov.cli.settings.Settings;
import girsanov.models.data.FrameBaseline;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * All figures of all cells as comma-separated text, a row for each rate at which a cell was judged:
 * the columns are the keys of {@code metrics.json}. Names are words of the settings, which hold no
 * comma, as titles may.
 */
final class ScoresFile {
  private static final String KEYS =
      "system,assimilated,trained_at,observed,seed,beta,latent,parameters,iteration,validation";

  private final StringBuilder text = new StringBuilder(KEYS);
  private final Set<String> figures = new LinkedHashSet<>();

  private ScoresFile() {}

  /** Writes the cells of the table, or those of figure 4, and what needs no model. */
  static void write(
      RunFolder folder,
      String name,
      SequencedMap<Cell, Scores> scores,
      Map<FrameBaseline, Scores> trivial) {
    var file = new ScoresFile();
    scores.values().forEach(of -> file.collect(of));
    file.figures.forEach(key -> file.text.append(',').append(key));
    file.text.append('\n');
    scores.forEach(file::add);
    trivial.forEach(file::add);
    folder.write(name, file.text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void collect(Scores scores) {
    for (String key : scores.byKey().keySet()) {
      if (key.startsWith("at")) {
        figures.add(key.substring(key.indexOf('.') + 1));
      }
    }
  }

  private void add(Cell cell, Scores scores) {
    for (double rate : cell.judgedAt()) {
      text.append(Settings.word(cell.contender().system())).append(',');
      text.append(cell.contender().assimilated()).append(',');
      text.append(cell.rate()).append(',').append(rate).append(',').append(cell.seed());
      if (cell.contender().system().variational()) {
        text.append(',').append(cell.beta()).append(',').append(cell.latent());
      } else {
        text.append(",,");
      }
      for (String key : new String[] {"parameters", "model.iteration"}) {
        text.append(',').append((long) scores.get(key));
      }
      append(scores.get("validation"));
      addFigures(scores, rate);
    }
  }

  private void add(FrameBaseline baseline, Scores scores) {
    for (double rate : Study.FIGURE_2) {
      text.append(Settings.word(baseline)).append(",false,,").append(rate).append(",,,,0,,");
      addFigures(scores, rate);
    }
  }

  private void addFigures(Scores scores, double rate) {
    figures.forEach(key -> append(scores.at(rate, key)));
    text.append('\n');
  }

  private void append(double value) {
    text.append(',');
    if (!Double.isNaN(value)) {
      text.append(value);
    }
  }
}
