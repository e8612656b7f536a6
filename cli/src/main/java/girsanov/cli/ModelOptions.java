package girsanov.cli;

import girsanov.cli.experiment.Experiment;
import girsanov.cli.experiment.Problem;
import girsanov.cli.experiment.SavedModel;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.Terminal;
import girsanov.models.training.ParameterVector;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Parameters and options of the commands that use a trained model. */
final class ModelOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Parameters(paramLabel = "MODEL", description = "The folder of a run, or a checkpoint file.")
  private Path model = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes a setting the model was trained with, such as samples or seed.")
  private List<String> changes = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "A new folder for the results. Default: a dated one under runs/.")
  private @Nullable Path out;

  @Mixin private RunOptions run = new RunOptions();

  RunOptions run() {
    return run;
  }

  /** The trained model, its data, and where results go. */
  Loaded load() {
    run.check();
    SavedModel saved = SavedModel.read(model);
    Experiment original = saved.experiment().with(changes);
    Experiment experiment = run.data().map(original::at).orElse(original);
    Problem problem = Problem.of(experiment, run.data(), saved.globalPeak());
    return new Loaded(saved, problem, saved.parameters(problem));
  }

  record Loaded(SavedModel saved, Problem problem, ParameterVector parameters) {}

  /** A new folder for results. */
  RunFolder folder(SavedModel saved) {
    CommandSpec spec = spec();
    String name = spec.name() + "-" + saved.preset();
    return RunFolder.create(
        out != null ? out : RunFolder.dated(name, LocalDateTime.now(ZoneId.systemDefault())), 0);
  }

  Terminal terminal() {
    return new Terminal(spec().commandLine().getOut());
  }

  private CommandSpec spec() {
    if (command == null) {
      throw new IllegalStateException("expected picocli to set the command");
    }
    return command;
  }
}
