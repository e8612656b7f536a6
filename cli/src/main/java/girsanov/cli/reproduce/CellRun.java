package girsanov.cli.reproduce;

import girsanov.cli.experiment.FrameExperiment;
import girsanov.cli.experiment.FrameProblem;
import girsanov.cli.experiment.SavedModel;
import girsanov.cli.experiment.TrainingRun;
import girsanov.cli.runs.FolderLock;
import girsanov.cli.runs.LastWords;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.Terminal;
import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.models.training.ParameterVector;
import girsanov.readers.Corpus;
import girsanov.tensor.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Trains and judges cells, each in a folder of its own, which is that of {@code girsanov train}.
 */
final class CellRun {
  private static final String JUDGING = "Judging the model...";
  static final String SAME_COMMAND = "the same command";

  private static final double CHECKPOINT_SECONDS = 30;

  private final Study study;
  private final Path folder;
  private final Corpus corpus;
  private final Workers workers;
  private final Terminal terminal;

  CellRun(Study study, Path folder, Corpus corpus, Workers workers, Terminal terminal) {
    this.study = study;
    this.folder = folder;
    this.corpus = corpus;
    this.workers = workers;
    this.terminal = terminal;
  }

  /**
   * The scores of a cell that was finished before.
   *
   * @throws UserException if it was trained otherwise, as by another version
   */
  Optional<Scores> finished(Cell cell) {
    RunFolder own = folder(cell);
    Optional<Scores> scores = Scores.read(own);
    if (scores.isPresent()) {
      FrameExperiment experiment = study.experiment(cell);
      SameSettings.require(own.file(RunFolder.CONFIG), experiment.settings(), experiment.added());
    }
    return scores;
  }

  /**
   * Whether there is something to do: training, or judging a kept model for figures that its scores
   * lack, as those of a version that had fewer.
   */
  boolean left(Cell cell) {
    boolean kept = Files.exists(folder(cell).file(RunFolder.MODEL));
    return !trained(cell) || (kept && judgings(cell) > 0);
  }

  /** Whether a cell was finished once, and lacks nothing but figures. */
  boolean trained(Cell cell) {
    return Files.exists(folder(cell).file(Scores.FILE));
  }

  /** Whether something of a cell was done by an earlier process. */
  boolean begun(Cell cell) {
    return Files.exists(folder(cell).file(RunFolder.CONFIG));
  }

  /** How often the test segments are judged until a cell lacks nothing. */
  int judgings(Cell cell) {
    return Judging.missing(cell, Scores.read(folder(cell)).orElse(Scores.NONE)).size();
  }

  /**
   * Trains from where it was left, and judges; nothing after Ctrl-C.
   *
   * @throws UserException if another process is at work in its folder, such as girsanov train
   */
  Optional<Scores> run(Cell cell) {
    try (var lock = new FolderLock(terminal)) {
      FrameProblem problem = problem(cell);
      RunFolder own = folder(cell);
      if (begun(cell)) {
        lock.take(own.path());
      } else {
        RunFolder.create(own.path(), TrainingRun.bytes(problem), lock);
      }
      return trained(cell) || train(cell, problem, own)
          ? Optional.of(judge(cell, problem, own))
          : Optional.empty();
    }
  }

  private Scores judge(Cell cell, FrameProblem problem, RunFolder own) {
    var words =
        "Stopped while this model was judged: it is kept as trained, what was judged of it is lost."
            + " Go on with: "
            + SAME_COMMAND;
    try (var _ = new LastWords(terminal, words)) {
      terminal.println(JUDGING);
      SavedModel model = SavedModel.read(own.file(RunFolder.MODEL));
      Scores known = Scores.read(own).orElse(Scores.NONE);
      Scores scores = new Judging(cell, problem, model, workers).completed(known);
      scores.write(own);
      return scores;
    }
  }

  /** By itself, so that the trainer's memory is free when the model is judged. */
  private boolean train(Cell cell, FrameProblem problem, RunFolder own) {
    var run =
        new TrainingRun(
            Settings.word(cell.contender().system()),
            problem,
            own,
            problem.trainer(workers),
            workers,
            CHECKPOINT_SECONDS);
    run.restore();
    run.describe();
    return run.train(terminal, SAME_COMMAND);
  }

  /** What a cell's checkpoints will take that is not taken yet. */
  long bytes(Cell cell) {
    boolean begun = Files.exists(folder(cell).file(RunFolder.CONFIG));
    return begun ? 0 : TrainingRun.bytes(problem(cell));
  }

  FrameProblem problem(Cell cell) {
    return FrameProblem.of(study.experiment(cell), corpus);
  }

  /** The trained parameters of a cell that is finished. */
  ParameterVector parameters(Cell cell, FrameProblem problem) {
    return SavedModel.read(folder(cell).file(RunFolder.MODEL)).parameters(problem);
  }

  private RunFolder folder(Cell cell) {
    return new RunFolder(folder.resolve(cell.name()));
  }
}
