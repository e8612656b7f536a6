package girsanov.cli.experiment;

import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Sampler;
import girsanov.models.training.ParameterVector;
import girsanov.tensor.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** What is measured, printed and drawn of a trained latent SDE. */
final class SdeMatchingConclusion implements Conclusion {
  private final String preset;
  private final SdeMatchingProblem problem;
  private final ParameterVector parameters;
  private final Sampler sampler;
  private final Optional<Forecasts> forecasts;

  SdeMatchingConclusion(String preset, SdeMatchingProblem problem, ParameterVector parameters) {
    this.preset = preset;
    this.problem = problem;
    this.parameters = parameters;
    sampler = problem.sampler(parameters);
    SdeMatchingExperiment experiment = problem.experiment();
    forecasts =
        experiment.data() == Data.MOCAP
            ? Optional.of(
                Forecasts.of(
                    sampler,
                    problem.data().test(),
                    experiment.forecastFrom(),
                    experiment.samples()))
            : Optional.empty();
  }

  @Override
  public SequencedMap<String, Object> figures(Workers workers) {
    return SdeMatchingFigures.of(problem, parameters, forecasts, workers);
  }

  @Override
  public List<String> table(Map<String, Object> figures) {
    return SdeMatchingTable.of(problem.experiment(), figures);
  }

  @Override
  public SequencedMap<String, Supplier<byte[]>> pictures() {
    var pictures = new LinkedHashMap<String, Supplier<byte[]>>();
    if (forecasts.isPresent()) {
      Forecasts test = forecasts.get();
      pictures.put("forecasts.png", () -> Pictures.forecasts(preset, test, 0, problem.seconds()));
    } else {
      TimeSeries data = problem.data().test();
      int count = Math.min(problem.experiment().samples(), data.sequences());
      pictures.put(
          "samples.png",
          () -> Pictures.trajectories(preset, data, sampler.prior(data.times(), count)));
    }
    return pictures;
  }
}
