package girsanov.cli.experiment;

import girsanov.models.data.Baseline;
import girsanov.models.data.DataSet;
import girsanov.models.data.TimeSeries;
import girsanov.models.metrics.ForecastError;
import girsanov.models.training.Evaluation;
import girsanov.models.training.ParameterVector;
import girsanov.tensor.Workers;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/** The figures of a trained model by their keys in {@code metrics.json}: docs/metrics.md. */
public final class SdeMatchingFigures {
  private final SdeMatchingProblem problem;
  private final ParameterVector parameters;
  private final SequencedMap<String, Object> byKey = new LinkedHashMap<>();

  private SdeMatchingFigures(SdeMatchingProblem problem, ParameterVector parameters) {
    this.problem = problem;
    this.parameters = parameters;
  }

  /** All figures that a trained model is reported by. */
  public static SequencedMap<String, Object> of(
      SdeMatchingProblem problem,
      ParameterVector parameters,
      Optional<Forecasts> test,
      Workers workers) {
    var figures = new SdeMatchingFigures(problem, parameters);
    figures.byKey.put("parameters", problem.parameters());
    figures.byKey.put("seed", problem.experiment().seed());
    figures.byKey.put("nelbo.observations", problem.reportedFrames());
    DataSet data = problem.data();
    figures.bound("train", data.train(), workers);
    figures.bound("valid", data.valid(), workers);
    figures.bound("test", data.test(), workers);
    test.ifPresent(figures::forecasts);
    return figures.byKey;
  }

  /** Where the figures of forecasts are: {@code test.setup1} for those from 3 frames. */
  public static String forecastKey(SdeMatchingExperiment experiment) {
    return switch (experiment.forecastFrom()) {
      case 3 -> "test.setup1";
      case 100 -> "test.setup2";
      default -> "test.from" + experiment.forecastFrom();
    };
  }

  private void bound(String split, TimeSeries sequences, Workers workers) {
    int draws = problem.experiment().evaluationDraws();
    Evaluation nelbo = Evaluation.of(problem.nelbo(sequences), parameters, draws, workers);
    double prior = nelbo.term("prior");
    double diffusion = nelbo.term("diffusion");
    double reconstruction = nelbo.term("reconstruction");
    byKey.put(split + ".nelbo", nelbo.total());
    byKey.put(split + ".nelbo.standard_error", nelbo.standardError());
    byKey.put(split + ".prior", prior);
    byKey.put(split + ".diffusion", diffusion);
    byKey.put(split + ".reconstruction", reconstruction);
    byKey.put(
        split + ".notebook_objective",
        prior + diffusion + reconstruction / problem.training().length());
  }

  private void forecasts(Forecasts test) {
    String key = forecastKey(problem.experiment());
    ForecastError error = test.error();
    byKey.put(key + ".mse_of_samples", error.meanOfSamples());
    byKey.put(key + ".mse_of_samples.interval95", error.halfWidth());
    byKey.put(key + ".mse_of_mean", error.ofMean());
    byKey.put(key + ".samples", test.samples().samples());
    for (Baseline baseline : Baseline.values()) {
      byKey.put(
          key + ".baseline." + baseline.name().toLowerCase(Locale.ROOT),
          baseline.meanSquaredError(problem.data().train(), test.truth(), test.given()));
    }
  }
}
