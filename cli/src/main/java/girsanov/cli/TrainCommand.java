package girsanov.cli;

import girsanov.cli.experiment.Conclusion;
import girsanov.cli.experiment.Experiment;
import girsanov.cli.experiment.Pictures;
import girsanov.cli.experiment.Preset;
import girsanov.cli.experiment.Problem;
import girsanov.cli.experiment.SavedModel;
import girsanov.cli.experiment.TrainingRun;
import girsanov.cli.runs.Counted;
import girsanov.cli.runs.FolderLock;
import girsanov.cli.runs.Json;
import girsanov.cli.runs.LastWords;
import girsanov.cli.runs.MetricsTable;
import girsanov.cli.runs.PictureFile;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.Terminal;
import girsanov.cli.settings.UserException;
import girsanov.models.training.Trainer;
import girsanov.tensor.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code girsanov train}. */
@Command(
    name = "train",
    description = "Trains a model and leaves a folder with its figures, pictures and checkpoints.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  girsanov train mocap",
      "  girsanov train lorenz-notebook --seed 3 --out runs/notebook-3",
      "  girsanov train mocap --set learningRate=3e-4 --set model.latent=10",
      "  girsanov train vsdn-sde                               the music that comes with girsanov",
      "  girsanov train vsdn-sde --set data=speech             likewise the speech",
      "  girsanov train vsdn-sde --data DIR                    MIDI, or WAV and SPHERE files",
      "  girsanov train vsdn-sde --sizes paper --data DIR      at the sizes of its paper",
      "  girsanov train --resume runs/notebook-3 --iterations 8000",
      "  girsanov info mocap                  all settings of a preset",
      "",
      "Ctrl-C stops after the running step and keeps a checkpoint to resume from."
    })
final class TrainCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "PRESET", description = "What to train; see below.")
  private @Nullable String preset;

  @Mixin private SizesOption sizes = new SizesOption();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes a setting of the preset; may be given several times.")
  private List<String> changes = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "A new folder for the run. Default: a dated one under runs/.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Goes on with the run of a folder, bit for bit as if it had never stopped.")
  private @Nullable Path resume;

  @Option(names = "--seed", paramLabel = "N", description = "Short for --set seed=N.")
  private @Nullable String seed;

  @Option(names = "--iterations", paramLabel = "N", description = "Short for --set iterations=N.")
  private @Nullable String iterations;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "S",
      description = "Time between checkpoints. Default: 30.")
  private double checkpointSeconds = 30;

  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() {
    options.check();
    var terminal = new Terminal(commandSpec().commandLine().getOut());
    try (var lock = new FolderLock(terminal)) {
      return run(terminal, lock);
    }
  }

  private int run(Terminal terminal, FolderLock lock) {
    Start start = resume == null ? fresh() : resumed(resume, lock);
    Problem problem = Problem.of(start.experiment(), options.data());
    try (Workers workers = options.workers()) {
      Trained trained = train(start, problem, workers, terminal, lock);
      if (!trained.finished) {
        return INTERRUPTED;
      }
      var words =
          "Stopped while the model was judged: it is kept as trained, its figures are not made. Go on with: "
              + goOn(trained.folder);
      try (var _ = new LastWords(terminal, words)) {
        terminal.println("Judging the model...");
        conclude(start.preset(), problem, trained, workers, terminal);
      }
      return 0;
    }
  }

  /**
   * What training leaves.
   *
   * @param finished false after Ctrl-C
   * @param iterations in all
   * @param secondsPerIteration of this process
   */
  private record Trained(
      RunFolder folder, boolean finished, long iterations, double secondsPerIteration) {}

  /** By itself, so that the trainer's memory is free when the model is judged. */
  private Trained train(
      Start start, Problem problem, Workers workers, Terminal terminal, FolderLock lock) {
    // Whatever may refuse the settings does so before the folder is made or changed.
    Trainer trainer = problem.trainer(workers);
    RunFolder folder = folder(start, problem, lock);
    var run = new TrainingRun(start.preset(), problem, folder, trainer, workers, checkpointSeconds);
    run.restore();
    run.describe();
    problem.writeSkipped(folder);
    terminal.println(announcement(start, problem, folder));
    problem.notes().forEach(terminal::println);
    boolean finished = run.train(terminal, goOn(folder));
    return new Trained(folder, finished, run.iterations(), run.secondsPerIteration());
  }

  private static String goOn(RunFolder folder) {
    return "girsanov train --resume " + folder.path();
  }

  private String announcement(Start start, Problem problem, RunFolder folder) {
    return String.format(
        Locale.ROOT,
        "%s: %s, %,d parameters, %s; run folder %s",
        start.preset(),
        problem.learnedFrom(),
        problem.parameters(),
        Counted.of(options.threads(), "thread"),
        folder.path());
  }

  private void conclude(
      String name, Problem problem, Trained trained, Workers workers, Terminal terminal) {
    RunFolder folder = trained.folder;
    SavedModel model = SavedModel.read(folder.file(RunFolder.MODEL));
    Conclusion conclusion = problem.conclusion(name, model.parameters(problem));
    var figures = new LinkedHashMap<String, Object>();
    figures.put(SavedModel.PRESET, name);
    figures.put("iterations", trained.iterations);
    figures.put("model.iteration", model.checkpoint().iteration());
    figures.put("seconds_per_iteration", trained.secondsPerIteration);
    figures.put("threads", options.threads());
    figures.putAll(conclusion.figures(workers));
    folder.write(RunFolder.FIGURES, Json.write(figures));
    Path metrics = folder.file(RunFolder.METRICS);
    PictureFile.write(
        folder,
        "loss.png",
        terminal,
        () -> Pictures.loss(name, MetricsTable.read(metrics), problem));
    conclusion.pictures().forEach((file, png) -> PictureFile.write(folder, file, terminal, png));
    terminal.println("");
    conclusion.table(figures).forEach(terminal::println);
    terminal.println("");
    terminal.println("Figures, pictures and model are in " + folder.path());
  }

  private record Start(String preset, Experiment experiment) {}

  private Start fresh() {
    if (preset == null) {
      throw UserException.usage("expected the name of a preset; see girsanov train --help");
    }
    return new Start(
        preset, changed(Preset.of(preset).experiment(options.data(), changes, sizes.chosen())));
  }

  private Start resumed(Path path, FolderLock lock) {
    if (preset != null || out != null || sizes.given()) {
      throw UserException.usage(
          "--resume goes on with the preset, sizes and folder of the run; leave out "
              + (preset != null ? "'" + preset + "'" : sizes.given() ? "--sizes" : "--out"));
    }
    Path file = RunFolder.ofRun(path).file(RunFolder.CONFIG);
    // At once, and not after the data have been read.
    lock.take(path);
    try {
      SequencedMap<String, String> settings = Json.read(Files.readAllBytes(file));
      String name = settings.remove(SavedModel.PRESET);
      if (name == null) {
        throw new IOException("expected a preset");
      }
      return new Start(name, changed(SavedModel.experiment(file, name, settings)));
    } catch (IOException e) {
      throw UserException.failure(
          file + ": expected the settings of a run: " + RunFolder.reason(e), e);
    }
  }

  private Experiment changed(Experiment original) {
    Experiment experiment = options.data().map(original::at).orElse(original);
    return with(with(experiment.with(changes), "seed", seed), "iterations", iterations);
  }

  /** An option that is short for a setting is what was typed, and what an error is about. */
  private static Experiment with(Experiment experiment, String key, @Nullable String value) {
    try {
      return value == null ? experiment : experiment.with(List.of(key + "=" + value));
    } catch (UserException e) {
      String message = String.valueOf(e.getMessage());
      String setting = "--set " + key + "=" + value + ": " + key;
      String said = message.startsWith(setting) ? setting : "--set " + key;
      throw UserException.usage(
          message.startsWith(said) ? "--" + key + message.substring(said.length()) : message);
    }
  }

  private RunFolder folder(Start start, Problem problem, FolderLock lock) {
    if (resume != null) {
      RunFolder folder = RunFolder.open(resume);
      folder.requireWritable(TrainingRun.bytes(problem));
      return folder;
    }
    Path path =
        out != null
            ? out
            : RunFolder.dated(start.preset(), LocalDateTime.now(ZoneId.systemDefault()));
    return RunFolder.create(path, TrainingRun.bytes(problem), lock);
  }

  private CommandSpec commandSpec() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets this");
    }
    return spec;
  }
}
