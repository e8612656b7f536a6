package girsanov.cli;

import girsanov.cli.experiment.Experiment;
import girsanov.cli.experiment.Preset;
import girsanov.cli.experiment.SavedModel;
import girsanov.cli.settings.UserException;
import girsanov.models.nn.Parameter;
import girsanov.models.nn.Parameters;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code girsanov info}. */
@Command(
    name = "info",
    description = "Shows what a model or a preset is: settings, parameters, state of training.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  girsanov info runs/notebook-3        a trained model",
      "  girsanov info lorenz                 a preset and its settings",
      "  girsanov info vsdn-sde --sizes paper at the sizes of its paper"
    })
final class InfoCommand implements Callable<Integer> {
  private static final String TO_CHANGE = "settings, each to change with --set KEY=VALUE:";

  @Spec private @Nullable CommandSpec spec;

  @CommandLine.Parameters(
      paramLabel = "MODEL",
      description = "The folder of a run, a checkpoint file, or a preset.")
  private String model = "";

  @Mixin private SizesOption sizes = new SizesOption();

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("expected picocli to set the command");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (Files.exists(Path.of(model)) || model.contains("/")) {
      if (sizes.given()) {
        throw UserException.usage(
            "--sizes: expected a preset, got '"
                + model
                + "', which has the sizes that it was trained with; leave out --sizes");
      }
      SavedModel saved = SavedModel.read(Path.of(model));
      out.println("file          " + saved.file());
      out.println("preset        " + saved.preset());
      out.println("iteration     " + saved.checkpoint().iteration());
      if (!Double.isNaN(saved.validation())) {
        out.printf(Locale.ROOT, "validation    %.4g%n", saved.validation());
      }
      String lengths = String.join(", ", saved.experiment().lengths());
      String heading =
          "settings as trained. train --resume can change "
              + lengths
              + ";\nwhat uses the model, all that leave the parameters below as they are"
              + " (--set KEY=VALUE):";
      describe(saved.experiment(), heading, out);
    } else {
      Preset preset = Preset.of(model);
      out.println("preset        " + preset.title() + ": " + preset.description());
      describe(preset.experiment(Optional.empty(), List.of(), sizes.chosen()), TO_CHANGE, out);
    }
    return 0;
  }

  private static void describe(Experiment experiment, String heading, PrintWriter out) {
    Record built = experiment.built();
    out.printf(Locale.ROOT, "parameters    %,d%n", Parameters.count(built));
    out.println("dims          " + experiment.dims());
    out.println();
    heading.lines().forEach(out::println);
    Map<String, List<String>> choices = experiment.choices();
    experiment
        .settings()
        .forEach(
            (key, value) -> {
              String all = String.join(", ", choices.getOrDefault(key, List.of()));
              String line = String.format(Locale.ROOT, "  %-24s %-16s %s", key, value, all);
              out.println(line.stripTrailing());
            });
    out.println();
    out.println("parameters:");
    for (var entry : Parameters.flatten(built).entrySet()) {
      Parameter parameter = entry.getValue();
      out.printf(Locale.ROOT, "  %-40s %s%n", entry.getKey(), parameter.shape());
    }
  }
}
