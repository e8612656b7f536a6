package girsanov.cli;

import girsanov.cli.ModelOptions.Loaded;
import girsanov.cli.experiment.Pictures;
import girsanov.cli.experiment.SdeMatchingProblem;
import girsanov.cli.runs.PictureFile;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.SequenceFile;
import girsanov.cli.runs.Terminal;
import girsanov.cli.settings.UserException;
import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Samples;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code girsanov sample}. */
@Command(
    name = "sample",
    description = "Draws sequences from the learned prior: samples.csv and a picture.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  girsanov sample runs/notebook-3",
      "  girsanov sample runs/notebook-3 --count 1000 --set seed=2 --out samples"
    })
final class SampleCommand implements Callable<Integer> {
  @Mixin private ModelOptions options = new ModelOptions();

  @Option(names = "--count", paramLabel = "N", description = "Sequences. Default: 48.")
  private int count = 48;

  @Override
  public Integer call() {
    if (count < 1) {
      throw UserException.usage("--count: expected 1 or more, got " + count);
    }
    Loaded model = options.load();
    SdeMatchingProblem problem = (SdeMatchingProblem) model.problem();
    RunFolder folder = options.folder(model.saved());
    Terminal terminal = options.terminal();
    TimeSeries data = problem.data().test();
    Samples prior = problem.sampler(model.parameters()).prior(data.times(), count);
    double[] times = Arrays.stream(data.times()).map(t -> t * problem.seconds()).toArray();
    folder.write("samples.csv", SequenceFile.write(times, prior.means(), data.names()));
    PictureFile.write(
        folder,
        "samples.png",
        terminal,
        () -> Pictures.prior(model.saved().preset(), data, prior, problem.seconds()));
    terminal.println(count + " samples of the prior are in " + folder.path());
    return 0;
  }
}
