package girsanov.cli.experiment;

import girsanov.cli.runs.Counted;
import girsanov.cli.runs.Interruption;
import girsanov.cli.runs.Json;
import girsanov.cli.runs.MetricsFile;
import girsanov.cli.runs.Report;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.Terminal;
import girsanov.cli.settings.UserException;
import girsanov.models.training.Checkpoint;
import girsanov.models.training.DivergedException;
import girsanov.models.training.Progress;
import girsanov.models.training.Trainer;
import girsanov.tensor.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/** Training from the start or a checkpoint to the end, or to Ctrl-C. */
public final class TrainingRun {
  /** Steps in which the JVM warms up, left out of the average. */
  private static final int WARM_UP = 10;

  private final String preset;
  private final Problem problem;
  private final RunFolder folder;
  private final double checkpointSeconds;
  private final Trainer trainer;
  private final DoubleSupplier validation;
  private final SequencedMap<String, String> configuration;
  private long lastCheckpoint = System.nanoTime();
  private double best = Double.POSITIVE_INFINITY;
  private long bestAt;
  private double seconds;
  private long steps;

  public TrainingRun(
      String preset,
      Problem problem,
      RunFolder folder,
      Trainer trainer,
      Workers workers,
      double checkpointSeconds) {
    this.preset = preset;
    this.problem = problem;
    this.folder = folder;
    this.checkpointSeconds = checkpointSeconds;
    this.trainer = trainer;
    validation = problem.validation(trainer.parameters(), workers);
    configuration = SavedModel.configuration(preset, problem);
  }

  /** Bytes of a run's checkpoints: parameters and two moments, in two files and one on its way. */
  public static long bytes(Problem problem) {
    return 9 * problem.parameters() * problem.experiment().precision().bytes();
  }

  /**
   * Trains.
   *
   * @param goOn the command that goes on after Ctrl-C
   * @return false after Ctrl-C
   */
  public boolean train(Terminal terminal, String goOn) {
    try (var interruption = new Interruption(trainer::stop)) {
      long start = trainer.iteration();
      long end = problem.iterations();
      Path file = folder.file(RunFolder.METRICS);
      try (var metrics = MetricsFile.resume(file, columns(problem), start);
          Report report = terminal.report(preset, start, end)) {
        if (!interruption.requested() && !outOfPatience()) {
          trainer.run(end, step -> after(step, metrics, report, interruption));
        }
      } catch (DivergedException e) {
        throw UserException.failure(e.getMessage() + "; " + lastGood(), e);
      }
      checkpoint();
      if (interruption.requested()) {
        // Before the interruption is closed: the process ends then.
        terminal.println(
            "Stopped after "
                + Counted.of(trainer.iteration(), "iteration")
                + ". Go on with: "
                + goOn);
        return false;
      }
      if (best == Double.POSITIVE_INFINITY) {
        write(RunFolder.MODEL);
      }
      return true;
    }
  }

  /** Steps taken in all. */
  public long iterations() {
    return trainer.iteration();
  }

  /** Seconds of a step of this process, without the first few. */
  public double secondsPerIteration() {
    return steps == 0 ? Double.NaN : seconds / steps;
  }

  /** Writes down what is run: the preset and all settings. */
  public void describe() {
    var values = new LinkedHashMap<String, Object>();
    values.put(SavedModel.PRESET, preset);
    values.putAll(problem.experiment().settings());
    folder.write(RunFolder.CONFIG, Json.write(values));
  }

  /** Goes on from the folder's checkpoint, if it has one. */
  public void restore() {
    Path checkpoint = folder.file(RunFolder.CHECKPOINT);
    if (!Files.exists(checkpoint)) {
      return;
    }
    Checkpoint saved = Checkpoint.read(checkpoint);
    var settings = new LinkedHashMap<>(configuration);
    problem.experiment().lengths().forEach(settings::remove);
    problem
        .experiment()
        .added()
        .forEach(
            (key, value) -> {
              if (!saved.configuration().containsKey(key)) {
                settings.remove(key, value);
              }
            });
    String fingerprint = settings.remove(SavedModel.FINGERPRINT);
    // Of the same data it is the same, and a run from before it was written down goes on.
    settings.remove(SavedModel.GLOBAL_PEAK);
    requireUnchanged(checkpoint, saved.configuration(), settings);
    saved.requireConfiguration(settings);
    String got = saved.configuration().get(SavedModel.FINGERPRINT);
    if (!Objects.equals(fingerprint, got) && !Fingerprint.former(problem.learned()).equals(got)) {
      throw UserException.failure(
          checkpoint
              + ": expected the data that the run has learned from (fingerprint "
              + got
              + "), got others ("
              + fingerprint
              + "); name them with --data, or start a new run");
    }
    if (saved.iteration() > problem.iterations()) {
      throw UserException.usage(
          "iterations: expected "
              + saved.iteration()
              + " or more, which the run has taken already, got "
              + problem.iterations());
    }
    trainer.restore(saved.state(problem.model()));
    if (problem.validateEvery() > 0 && Files.exists(folder.file(RunFolder.MODEL))) {
      SavedModel model = SavedModel.read(folder.file(RunFolder.MODEL));
      if (!Double.isNaN(model.validation())) {
        best = model.validation();
        bestAt = model.checkpoint().iteration();
      }
    }
  }

  /** A run goes on as it was set, but for how long it is. */
  private void requireUnchanged(
      Path checkpoint, Map<String, String> saved, Map<String, String> settings) {
    Experiment experiment = problem.experiment();
    for (String key : experiment.settings().keySet()) {
      String wanted = settings.get(key);
      String has = saved.getOrDefault(key, experiment.added().getOrDefault(key, "none"));
      if (wanted != null && !wanted.equals(has)) {
        throw UserException.failure(
            checkpoint
                + ": the run has "
                + key
                + " = "
                + has
                + ", and --resume cannot change it to "
                + wanted
                + ", but "
                + String.join(", ", experiment.lengths())
                + " only; leave it as it is, or start a new run");
      }
    }
  }

  private void after(Progress step, MetricsFile metrics, Report report, Interruption interruption) {
    long done = trainer.iteration();
    if (steps++ == WARM_UP) {
      seconds = 0;
      steps = 1;
    }
    seconds += step.seconds();
    double reached = Double.NaN;
    int every = problem.validateEvery();
    if (every > 0 && (done % every == 0 || done == problem.iterations())) {
      reached = validation.getAsDouble();
      report.validated(done, reached, reached < best);
      if (reached < best) {
        best = reached;
        bestAt = done;
        write(RunFolder.MODEL);
      }
    }
    metrics.row(step.iteration(), row(step, reached));
    report.step(done, step.total());
    if ((System.nanoTime() - lastCheckpoint) * 1e-9 >= checkpointSeconds) {
      checkpoint();
    }
    if (outOfPatience()) {
      report.note(
          "Stopped after "
              + Counted.of(done, "iteration")
              + ": the model of iteration "
              + bestAt
              + " is kept,");
      report.note(
          "  none of the " + problem.patience() + " validated since is better on validation");
      trainer.stop();
    }
    if (interruption.requested()) {
      trainer.stop();
    }
  }

  private boolean outOfPatience() {
    long longest = (long) problem.patience() * problem.validateEvery();
    long since = Math.max(bestAt, problem.patienceFrom());
    return longest > 0 && trainer.iteration() - since >= longest;
  }

  /** The columns of {@code metrics.csv}. */
  private static List<String> columns(Problem problem) {
    var columns = new ArrayList<>(List.of("iteration", "loss"));
    columns.addAll(problem.terms().keySet());
    columns.addAll(List.of("gradient_norm", "learning_rate", "seconds", "validation"));
    return columns;
  }

  private double[] row(Progress step, double validation) {
    SequencedMap<String, Double> terms = step.terms();
    var row = DoubleStream.builder().add(step.total());
    for (String term : problem.terms().keySet()) {
      row.add(terms.getOrDefault(term, Double.NaN));
    }
    row.add(step.gradientNorm()).add(step.learningRate()).add(step.seconds()).add(validation);
    return row.build().toArray();
  }

  private void checkpoint() {
    write(RunFolder.CHECKPOINT);
    lastCheckpoint = System.nanoTime();
  }

  private void write(String name) {
    var written =
        name.equals(RunFolder.MODEL) && best < Double.POSITIVE_INFINITY
            ? SavedModel.configuration(configuration, best)
            : configuration;
    Checkpoint.write(folder.file(name), trainer.state(), problem.experiment().seed(), written);
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
