package girsanov.cli.reproduce;

import girsanov.cli.experiment.Fingerprint;
import girsanov.cli.experiment.FrameProblem;
import girsanov.cli.experiment.TrivialFigures;
import girsanov.cli.runs.Counted;
import girsanov.cli.runs.FolderLock;
import girsanov.cli.runs.Json;
import girsanov.cli.runs.LastWords;
import girsanov.cli.runs.LineReport;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.Terminal;
import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.models.data.FrameBaseline;
import girsanov.models.data.Part;
import girsanov.models.data.SegmentSets;
import girsanov.readers.Corpus;
import girsanov.tensor.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Trains and judges all cells of a study, and writes its tables and figures. What is finished is
 * kept in the folder, so that a run that was stopped or killed goes on where it was.
 */
public final class Reproduction {
  private static final String FINGERPRINT = "fingerprint";

  private static final String STOPPED =
      "Stopped between models: none is lost. Go on with: " + CellRun.SAME_COMMAND;

  private final Study study;
  private final RunFolder folder;
  private final FrameProblem first;
  private final Workers workers;
  private final Terminal terminal;
  private final CellRun cells;

  private Reproduction(
      Study study, RunFolder folder, FrameProblem first, Workers workers, Terminal terminal) {
    this.study = study;
    this.folder = folder;
    this.first = first;
    this.workers = workers;
    this.terminal = terminal;
    cells =
        new CellRun(
            study, folder.path().resolve(RunFolder.CELLS), first.corpus(), workers, terminal);
  }

  /**
   * Begins a study, or goes on with it.
   *
   * @param path a new or empty folder, or that of the same study
   * @param lock holds the folder from then on
   * @throws UserException if the folder is of another study, of other recordings, or of anything
   *     else, or if another process is at work in it
   */
  public static Reproduction of(
      Study asked, Path path, Workers workers, Terminal terminal, FolderLock lock) {
    boolean begun = Files.exists(path.resolve(RunFolder.CONFIG));
    if (begun) {
      // At once, and not after the recordings have been read.
      lock.take(path);
    }
    Corpus corpus = corpus(asked);
    Study study = asked.judgingFew(heldOut(corpus));
    FrameProblem first = FrameProblem.of(study.experiment(study.table().getFirst()), corpus);
    SegmentSets data = first.data();
    var settings = new LinkedHashMap<String, Object>(Settings.flatten(study));
    settings.put("train", data.train().count());
    settings.put("valid", data.valid().count());
    settings.put("test", data.test().count());
    RunFolder folder = begun ? RunFolder.open(path) : RunFolder.create(path, 0, lock);
    if (begun) {
      Path file = folder.file(RunFolder.CONFIG);
      requireData(file, SameSettings.require(file, settings), data);
    }
    settings.put(FINGERPRINT, fingerprint(data));
    folder.write(RunFolder.CONFIG, Json.write(settings));
    first.writeSkipped(folder);
    return new Reproduction(study, folder, first, workers, terminal);
  }

  /** With no more held-out segments than are judged, for all of a large collection are too many. */
  private static Corpus corpus(Study asked) {
    Study few = asked.judgingFew(Integer.MAX_VALUE);
    var experiment = few.experiment(few.table().getFirst());
    return FrameProblem.of(experiment, /* globalPeak= */ 0).corpus();
  }

  /** How many there are for validation or report, whichever are more. */
  private static int heldOut(Corpus corpus) {
    return Math.max(
        corpus.found().getOrDefault(Part.VALID, 0), corpus.found().getOrDefault(Part.TEST, 0));
  }

  /** A study from before its data were written down has none to compare with. */
  private static void requireData(Path file, Map<String, String> begun, SegmentSets data) {
    String before = begun.getOrDefault(FINGERPRINT, fingerprint(data));
    if (!before.equals(fingerprint(data))) {
      throw UserException.failure(
          file
              + ": expected the recordings that the study was begun with (fingerprint "
              + before
              + "), found others of as many segments ("
              + fingerprint(data)
              + "); put them back, or choose another --out");
    }
  }

  /** Of all numbers of all segments. */
  private static String fingerprint(SegmentSets data) {
    return Fingerprint.of(data.train().values(), data.valid().values(), data.test().values());
  }

  /**
   * Runs what is not finished, and writes tables and figures.
   *
   * @return false after Ctrl-C
   */
  public boolean run() {
    about().forEach(terminal::println);
    first.notes().stream().skip(1).forEach(terminal::println);
    var scores = new HashMap<Cell, Scores>();
    var left = new ArrayList<Cell>();
    List<Cell> all = study.cells();
    for (Cell cell : all) {
      cells.finished(cell).ifPresent(of -> scores.put(cell, of));
      if (cells.left(cell)) {
        left.add(cell);
      }
    }
    Map<FrameBaseline, Scores> trivial = trivial();
    Forecast forecast = new Forecast(left.isEmpty() ? Map.of() : announce(all.size(), left));
    int done = all.size() - left.size();
    for (Cell cell : left) {
      done++;
      terminal.println("");
      terminal.println(
          "Model "
              + done
              + " of "
              + all.size()
              + ": "
              + cell.name()
              + "; about "
              + LineReport.duration(Math.max(forecast.seconds(), 1))
              + " until all is done");
      boolean whole = !cells.begun(cell);
      long start = System.nanoTime();
      Optional<Scores> judged = cells.run(cell);
      forecast.done(cell, whole, (System.nanoTime() - start) * 1e-9);
      if (judged.isEmpty()) {
        return false;
      }
      scores.put(cell, judged.get());
      tables(ordered(scores), trivial);
    }
    tables(ordered(scores), trivial);
    try (var _ = new LastWords(terminal, STOPPED)) {
      figures(ordered(scores));
    }
    return true;
  }

  /** In the order of the study, whenever each was finished. */
  private SequencedMap<Cell, Scores> ordered(Map<Cell, Scores> scores) {
    var ordered = new LinkedHashMap<Cell, Scores>();
    for (Cell cell : study.cells()) {
      Scores of = scores.get(cell);
      if (of != null) {
        ordered.put(cell, of);
      }
    }
    return ordered;
  }

  private List<String> about() {
    SegmentSets data = first.data();
    return List.of(
        String.format(
            Locale.ROOT,
            "Data: %s, %d %s files; %d segments of %d frames to learn from, %d to choose models by, %d"
                + " to judge them on (split: %s).",
            data.name(),
            first.corpus().used(),
            study.data().title(),
            data.train().count(),
            data.train().frames(),
            data.valid().count(),
            data.test().count(),
            first.corpus().splitBy()),
        String.format(
            Locale.ROOT,
            "Trained: preset %s, %s, β = %s, %s%s; observed irregularly in training, regularly in the"
                + " test; judged by %d draws.",
            Settings.word(study.preset()),
            study.steps() == 0 ? "by epochs and patience" : study.steps() + " steps a model",
            first.experiment().beta(),
            Counted.of(study.seeds(), "seed"),
            study.changes().isEmpty() ? "" : ", " + study.changes().replace("\n", ", "),
            first.experiment().evaluationDraws()));
  }

  /** Says what is to be done; the seconds that each cell takes. */
  private SequencedMap<Cell, Double> announce(int all, List<Cell> left) {
    long bytes = left.stream().mapToLong(cells::bytes).sum();
    long anew = left.stream().filter(cells::trained).count();
    // Now, and not after the hours that the first cells take.
    folder.requireWritable(bytes);
    terminal.println("Measuring a few steps of each model...");
    SequencedMap<Cell, Double> each;
    try (var _ = new LastWords(terminal, STOPPED)) {
      each = new Estimate(cells, workers).seconds(left);
    }
    double seconds = new Forecast(each).seconds();
    terminal.println(
        String.format(
            Locale.ROOT,
            "%d of %d models are to be trained and judged%s, which takes about %s, and %,d MB in %s."
                + " It can be stopped at any time and goes on by the same command; what is lost then is"
                + " at most half a minute of training, or one step that takes longer, or the judging of"
                + " one model.",
            left.size(),
            all,
            anew == 0 ? "" : ", " + anew + " of them only judged, for figures that they lack",
            LineReport.duration(seconds),
            Math.ceilDiv(bytes, 1 << 20),
            folder.path()));
    Estimate.warning(seconds).ifPresent(terminal::println);
    return each;
  }

  private Map<FrameBaseline, Scores> trivial() {
    var figures = new TrivialFigures(study.data(), first.data());
    var scores = new EnumMap<FrameBaseline, Scores>(FrameBaseline.class);
    for (FrameBaseline baseline : FrameBaseline.values()) {
      var all = new LinkedHashMap<String, Double>();
      for (double rate : Study.FIGURE_2) {
        all.putAll(figures.of(Scores.prefix(rate), baseline, rate));
      }
      scores.put(baseline, new Scores(all));
    }
    return scores;
  }

  private void tables(SequencedMap<Cell, Scores> scores, Map<FrameBaseline, Scores> trivial) {
    new TableReport(study, scores, trivial, about()).write(folder);
    var table = new LinkedHashMap<Cell, Scores>();
    var ablation = new LinkedHashMap<Cell, Scores>();
    scores.forEach((cell, of) -> (cell.ablation() ? ablation : table).put(cell, of));
    ScoresFile.write(folder, TableReport.name(study.data()) + ".csv", table, trivial);
    if (!ablation.isEmpty()) {
      ScoresFile.write(folder, "figure4.csv", ablation, Map.of());
    }
  }

  private void figures(SequencedMap<Cell, Scores> scores) {
    var report = new FigureReport(study, scores, folder, terminal);
    report.figure2();
    report.figure3(cells, workers);
    report.figure4();
    String table = TableReport.name(study.data()) + ".md";
    terminal.println("");
    terminal.println("Table and figures are in " + folder.path() + "; the table is " + table);
  }
}
