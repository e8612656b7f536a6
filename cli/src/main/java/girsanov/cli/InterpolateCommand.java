package girsanov.cli;

import girsanov.cli.ModelOptions.Loaded;
import girsanov.cli.experiment.Request;
import girsanov.cli.experiment.SdeMatchingExperiment;
import girsanov.cli.experiment.SdeMatchingProblem;
import girsanov.cli.settings.UserException;
import girsanov.models.data.TimeSeries;
import girsanov.sde.Grid;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code girsanov interpolate}. */
@Command(
    name = "interpolate",
    description = "Draws between observations: interpolation.csv and a picture.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  girsanov interpolate runs/lorenz-1                    the test sequences",
      "  girsanov interpolate runs/lorenz-1 --input mine.csv --points 10",
      "",
      "The header of FILE is sequence,time,NAME,... with the names that girsanov info MODEL lists."
    })
final class InterpolateCommand implements Callable<Integer> {
  @Mixin private ModelOptions options = new ModelOptions();
  @Mixin private DrawOptions draws = new DrawOptions();

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "Times for each interval between observations. Default: 4.")
  private int points = 4;

  @Override
  public Integer call() {
    if (points < 1) {
      throw UserException.usage("--points: expected 1 or more, got " + points);
    }
    Loaded model = options.load();
    SdeMatchingProblem problem = (SdeMatchingProblem) model.problem();
    SdeMatchingExperiment experiment = problem.experiment();
    TimeSeries known = draws.known(problem, problem.training(problem.data().test()));
    int frames = experiment.posteriorFrames();
    int given = frames == 0 ? known.length() : Math.min(frames, known.length());
    TimeSeries seen = known.prefix(given);
    double[] times = new Grid(known.times()).refine(points).times();
    var drawn = problem.sampler(model.parameters()).interpolate(seen, times, experiment.samples());
    var title = model.saved().preset() + ": posterior given " + given + " observations";
    var request = new Request("interpolation", title, drawn, known, "truth", given);
    draws.write(request, problem, options.folder(model.saved()), options.terminal());
    return 0;
  }
}
