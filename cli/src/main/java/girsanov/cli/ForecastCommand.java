package girsanov.cli;

import girsanov.cli.ModelOptions.Loaded;
import girsanov.cli.experiment.Request;
import girsanov.cli.experiment.SdeMatchingExperiment;
import girsanov.cli.experiment.SdeMatchingProblem;
import girsanov.cli.settings.UserException;
import girsanov.models.data.TimeSeries;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code girsanov forecast}. */
@Command(
    name = "forecast",
    description = "Continues sequences by the learned prior: forecast.csv and a picture.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  girsanov forecast runs/mocap-1                        the test sequences",
      "  girsanov forecast runs/mocap-1 --input walk.csv       your own",
      "  girsanov forecast runs/lorenz-1 --set forecastFrom=10 --sequence 5",
      "",
      "The header of FILE is sequence,time,NAME,... with the names that girsanov info MODEL lists."
    })
final class ForecastCommand implements Callable<Integer> {
  @Mixin private ModelOptions options = new ModelOptions();
  @Mixin private DrawOptions draws = new DrawOptions();

  @Override
  public Integer call() {
    Loaded model = options.load();
    if (!(model.problem() instanceof SdeMatchingProblem problem)) {
      throw UserException.usage(
          model.saved().preset()
              + ": expected a latent SDE, got a model of music or speech, which predicts frame by"
              + " frame; see girsanov interpolate --regime predicted");
    }
    SdeMatchingExperiment experiment = problem.experiment();
    TimeSeries known = draws.known(problem, problem.data().test());
    int given =
        draws.hasInput() ? known.length() : Math.min(experiment.forecastFrom(), known.length() - 1);
    TimeSeries seen = known.prefix(given);
    double last = seen.times()[given - 1];
    double[] times = Arrays.stream(problem.data().train().times()).filter(t -> t > last).toArray();
    if (times.length == 0) {
      throw UserException.failure(
          "expected observations that end before the model's last time "
              + problem.data().train().times()[problem.data().train().length() - 1]
                  * problem.seconds()
              + ", got some up to "
              + last * problem.seconds());
    }
    int trained = problem.posteriorFrames();
    if (given < trained && experiment.shortestPrefix() == 0) {
      options
          .terminal()
          .println(
              String.format(
                  "Note: this posterior was trained on %d observations, not on %d; train with"
                      + " --set shortestPrefix=%d for forecasts from so few.",
                  trained, given, given));
    }
    var drawn = problem.sampler(model.parameters()).forecast(seen, times, experiment.samples());
    var title =
        model.saved().preset() + ": forecast from " + given + " observations, " + draws.shown();
    var request = new Request("forecast", title, drawn, known, "truth", given);
    draws.write(request, problem, options.folder(model.saved()), options.terminal());
    return 0;
  }
}
