package girsanov.cli;

import girsanov.cli.ModelOptions.Loaded;
import girsanov.cli.experiment.FrameFiles;
import girsanov.cli.experiment.FramePictures;
import girsanov.cli.experiment.FrameProblem;
import girsanov.cli.experiment.Pictures;
import girsanov.cli.experiment.SdeMatchingProblem;
import girsanov.cli.runs.Counted;
import girsanov.cli.runs.PictureFile;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.SequenceFile;
import girsanov.cli.runs.Terminal;
import girsanov.cli.settings.UserException;
import girsanov.models.data.Segments;
import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Samples;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Workers;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code girsanov sample}. */
@Command(
    name = "sample",
    description = "Draws sequences from a model that is given nothing: files and a picture.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  girsanov sample runs/notebook-3",
      "  girsanov sample runs/notebook-3 --count 1000 --set seed=2 --out samples",
      "  girsanov sample runs/vsdn-sde-1                       music as .mid, speech as .wav"
    })
final class SampleCommand implements Callable<Integer> {
  private static final int SEQUENCES = 48;
  private static final int SEGMENTS = 4;

  @Mixin private ModelOptions options = new ModelOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Sequences. Default: 48, or 4 of music or speech.")
  private @Nullable Integer count;

  @Override
  public Integer call() {
    if (count != null && count < 1) {
      throw UserException.usage("--count: expected 1 or more, got " + count);
    }
    Loaded model = options.load();
    RunFolder folder = options.folder(model.saved());
    Terminal terminal = options.terminal();
    int drawn =
        switch (model.problem()) {
          case SdeMatchingProblem problem -> prior(model, problem, folder, terminal);
          case FrameProblem problem -> frames(model, problem, folder, terminal);
        };
    terminal.println(
        Counted.of(drawn, "sample")
            + (model.problem() instanceof FrameProblem ? " of the model" : " of the learned prior")
            + (drawn == 1 ? " is in " : " are in ")
            + folder.path());
    return 0;
  }

  private int prior(Loaded model, SdeMatchingProblem problem, RunFolder folder, Terminal terminal) {
    int wanted = count == null ? SEQUENCES : count;
    TimeSeries data = problem.data().test();
    Samples prior = problem.sampler(model.parameters()).prior(data.times(), wanted);
    double[] times = Arrays.stream(data.times()).map(t -> t * problem.seconds()).toArray();
    folder.write("samples.csv", SequenceFile.write(times, prior.means(), data.names()));
    PictureFile.write(
        folder,
        "samples.png",
        terminal,
        () -> Pictures.prior(model.saved().preset(), data, prior, problem.seconds()));
    return wanted;
  }

  private int frames(Loaded model, FrameProblem problem, RunFolder folder, Terminal terminal) {
    int wanted = count == null ? SEGMENTS : count;
    Segments data = problem.data().train();
    FloatTensor drawn;
    try (Workers workers = options.run().workers()) {
      drawn =
          problem
              .sampler(model.parameters(), workers)
              .generate(wanted, data.frames(), problem.experiment().training());
    }
    var files = new FrameFiles(problem.experiment().data(), data.framesPerSecond(), folder);
    for (int i = 0; i < wanted; i++) {
      files.write("sample-" + (i + 1), drawn.row(i));
    }
    String title = model.saved().preset() + ": samples of the model";
    PictureFile.write(
        folder,
        "samples.png",
        terminal,
        () ->
            FramePictures.samples(
                problem.experiment().data(), title, data.framesPerSecond(), drawn));
    return wanted;
  }
}
