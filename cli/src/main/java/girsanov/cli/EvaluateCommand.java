package girsanov.cli;

import girsanov.cli.ModelOptions.Loaded;
import girsanov.cli.experiment.Conclusion;
import girsanov.cli.runs.Json;
import girsanov.cli.runs.PictureFile;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.Terminal;
import girsanov.tensor.Workers;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code girsanov evaluate}. */
@Command(
    name = "evaluate",
    description =
        "Prints the figures of a trained model, and writes them and pictures to a folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  girsanov evaluate runs/notebook-3",
      "  girsanov evaluate runs/mocap-1/checkpoint.safetensors --set samples=200 --out figures"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ModelOptions options = new ModelOptions();

  @Override
  public Integer call() {
    Loaded model = options.load();
    RunFolder folder = options.folder(model.saved());
    Terminal terminal = options.terminal();
    Conclusion conclusion = model.problem().conclusion(model.saved().preset(), model.parameters());
    var figures = new LinkedHashMap<String, Object>();
    figures.put("preset", model.saved().preset());
    figures.put("model.iteration", model.saved().checkpoint().iteration());
    try (Workers workers = options.run().workers()) {
      figures.putAll(conclusion.figures(workers));
    }
    folder.write(RunFolder.FIGURES, Json.write(figures));
    conclusion.pictures().forEach((file, png) -> PictureFile.write(folder, file, terminal, png));
    terminal.println("");
    conclusion.table(figures).forEach(terminal::println);
    terminal.println("");
    terminal.println("Figures and pictures are in " + folder.path());
    return 0;
  }
}
