package girsanov.cli;

import girsanov.cli.experiment.Experiment;
import girsanov.cli.experiment.Forecasts;
import girsanov.cli.experiment.Problem;
import girsanov.cli.experiment.SavedModel;
import girsanov.cli.runs.Interruption;
import girsanov.cli.runs.MetricsFile;
import girsanov.cli.runs.Report;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.Terminal;
import girsanov.cli.settings.UserException;
import girsanov.models.training.Checkpoint;
import girsanov.models.training.DivergedException;
import girsanov.models.training.Progress;
import girsanov.models.training.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/** Training from the start or a checkpoint to the end, or to Ctrl-C. */
final class TrainingRun {
  /** Columns of {@code metrics.csv}. */
  static final List<String> COLUMNS =
      List.of(
          "iteration",
          "loss",
          "prior",
          "diffusion",
          "reconstruction",
          "gradient_norm",
          "learning_rate",
          "seconds",
          "validation");

  /** Steps in which the JVM warms up, left out of the average. */
  private static final int WARM_UP = 10;

  private final String preset;
  private final Problem problem;
  private final Experiment experiment;
  private final RunFolder folder;
  private final double checkpointSeconds;
  private final Trainer trainer;
  private long lastCheckpoint = System.nanoTime();
  private double best = Double.POSITIVE_INFINITY;
  private double seconds;
  private long steps;

  TrainingRun(
      String preset, Problem problem, RunFolder folder, Trainer trainer, double checkpointSeconds) {
    this.preset = preset;
    this.problem = problem;
    this.experiment = problem.experiment();
    this.folder = folder;
    this.checkpointSeconds = checkpointSeconds;
    this.trainer = trainer;
  }

  /** Bytes of a run's checkpoints: parameters and two moments, in two files and one on its way. */
  static long bytes(Problem problem) {
    return 9 * problem.parameters() * problem.experiment().precision().bytes();
  }

  /**
   * Trains.
   *
   * @return false after Ctrl-C
   */
  boolean train(Terminal terminal) {
    try (var interruption = new Interruption(trainer::stop)) {
      long start = trainer.iteration();
      long end = experiment.iterations();
      Path file = folder.file(RunFolder.METRICS);
      try (var metrics = MetricsFile.resume(file, COLUMNS, start);
          Report report = terminal.report(preset, start, end)) {
        if (!interruption.requested()) {
          trainer.run(end, step -> after(step, metrics, report, interruption));
        }
      } catch (DivergedException e) {
        throw UserException.failure(e.getMessage() + "; " + lastGood(), e);
      }
      checkpoint();
      if (interruption.requested()) {
        terminal.println(
            "Stopped after "
                + trainer.iteration()
                + " iterations. Go on with: girsanov train --resume "
                + folder.path());
        return false;
      }
      if (best == Double.POSITIVE_INFINITY) {
        write(RunFolder.MODEL);
      }
      return true;
    }
  }

  /** Seconds of a step of this process, without the first few. */
  double secondsPerIteration() {
    return steps == 0 ? Double.NaN : seconds / steps;
  }

  /** Goes on from the folder's checkpoint, if it has one. */
  void restore() {
    Path checkpoint = folder.file(RunFolder.CHECKPOINT);
    if (!Files.exists(checkpoint)) {
      return;
    }
    Checkpoint saved = Checkpoint.read(checkpoint);
    var settings = new LinkedHashMap<>(SavedModel.configuration(preset, experiment));
    settings.remove("iterations");
    saved.requireConfiguration(settings);
    if (saved.iteration() > experiment.iterations()) {
      throw UserException.usage(
          "iterations: expected "
              + saved.iteration()
              + " or more, which the run has taken already, got "
              + experiment.iterations());
    }
    trainer.restore(saved.state(problem.model()));
    if (experiment.validateEvery() > 0 && Files.exists(folder.file(RunFolder.MODEL))) {
      double validation = SavedModel.read(folder.file(RunFolder.MODEL)).validation();
      best = Double.isNaN(validation) ? best : validation;
    }
  }

  private void after(Progress step, MetricsFile metrics, Report report, Interruption interruption) {
    long done = trainer.iteration();
    if (steps++ == WARM_UP) {
      seconds = 0;
      steps = 1;
    }
    seconds += step.seconds();
    double validation = Double.NaN;
    int every = experiment.validateEvery();
    if (every > 0 && (done % every == 0 || done == experiment.iterations())) {
      validation = validation();
      if (validation < best) {
        best = validation;
        write(RunFolder.MODEL);
      }
    }
    metrics.row(
        step.iteration(),
        step.total(),
        step.term(0),
        step.term(1),
        step.term(2),
        step.gradientNorm(),
        step.learningRate(),
        step.seconds(),
        validation);
    report.step(done, step.total());
    if ((System.nanoTime() - lastCheckpoint) * 1e-9 >= checkpointSeconds) {
      checkpoint();
    }
    if (interruption.requested()) {
      trainer.stop();
    }
  }

  /** The mean of squared errors of forecasts of the validation sequences. */
  private double validation() {
    return Forecasts.of(
            problem.sampler(trainer.parameters()),
            problem.data().valid(),
            experiment.forecastFrom(),
            Math.min(experiment.samples(), 20))
        .error()
        .meanOfSamples();
  }

  private void checkpoint() {
    write(RunFolder.CHECKPOINT);
    lastCheckpoint = System.nanoTime();
  }

  private void write(String name) {
    var configuration =
        name.equals(RunFolder.MODEL) && best < Double.POSITIVE_INFINITY
            ? SavedModel.configuration(preset, experiment, best)
            : SavedModel.configuration(preset, experiment);
    Checkpoint.write(folder.file(name), trainer.state(), experiment.seed(), configuration);
  }

  /** What is left after a loss that is no number: the last checkpoint, or the start. */
  private String lastGood() {
    Path checkpoint = folder.file(RunFolder.CHECKPOINT);
    if (!Files.exists(checkpoint)) {
      checkpoint();
    }
    return "kept " + checkpoint + " of iteration " + Checkpoint.read(checkpoint).iteration();
  }
}
