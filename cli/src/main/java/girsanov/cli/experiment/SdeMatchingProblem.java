package girsanov.cli.experiment;

import girsanov.cli.runs.Counted;
import girsanov.cli.settings.UserException;
import girsanov.models.data.DataSet;
import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Conditioning;
import girsanov.models.sdematching.Sampler;
import girsanov.models.sdematching.SdeMatching;
import girsanov.models.sdematching.SdeMatchingObjective;
import girsanov.models.training.Objective;
import girsanov.models.training.ParameterVector;
import girsanov.models.training.Trainer;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleSupplier;

/**
 * An experiment with its data and its model.
 *
 * @param data at the times the model lives in: recorded data from 0 to the experiment's horizon
 * @param seconds what 1 of those times is in seconds; 1 for simulated data
 */
public record SdeMatchingProblem(
    SdeMatchingExperiment experiment, DataSet data, double seconds, SdeMatching model)
    implements Problem {
  private static final int VALIDATION_SAMPLES = 20;

  /**
   * Loads or simulates the data and builds the model.
   *
   * @param folder where recorded data are instead of in the library
   */
  public static SdeMatchingProblem of(SdeMatchingExperiment experiment, Optional<Path> folder) {
    DataSet data = Checks.made(() -> experiment.data().load(experiment, folder));
    double[] times = data.train().times();
    int length = data.test().length();
    if (experiment.forecastFrom() >= length) {
      throw UserException.usage(
          "forecastFrom: expected fewer than the "
              + length
              + " observations of a sequence, got "
              + experiment.forecastFrom());
    }
    boolean recorded = experiment.data().recorded();
    double horizon = experiment.horizon();
    double seconds = recorded ? (times[times.length - 1] - times[0]) / horizon : 1;
    SdeMatching model =
        Checks.model(experiment, () -> experiment.model().model(data.train().dim()));
    return new SdeMatchingProblem(
        experiment, recorded ? data.until(horizon) : data, seconds, model);
  }

  /** The sequences, or what of them is used, that training sees. */
  public TimeSeries training() {
    return training(data.train());
  }

  /** What of other sequences is at the times that training sees. */
  public TimeSeries training(TimeSeries sequences) {
    int frames = experiment.trainFrames();
    return frames == 0 || frames >= sequences.length() ? sequences : sequences.prefix(frames);
  }

  /** What is minimised. */
  public Objective objective() {
    TimeSeries train = training();
    return new SdeMatchingObjective(model, train, experiment.training(train.length()));
  }

  @Override
  public String learnedFrom() {
    return Counted.of(training().sequences(), "sequence")
        + " of "
        + Counted.of(training().length(), "observation");
  }

  @Override
  public Tensor learned() {
    return data.train().values();
  }

  @Override
  public Trainer fresh(Workers workers) {
    return new Trainer(objective(), initial(), experiment.adam(), workers, experiment.blockRows());
  }

  /** The NELBO of other sequences, at the times that training uses. */
  public Objective nelbo(TimeSeries sequences) {
    TimeSeries used = training(sequences);
    return new SdeMatchingObjective(model, used, experiment.reporting(used.length()));
  }

  /** The observations of a sequence that the reported NELBO is of. */
  public int reportedFrames() {
    boolean whole = experiment.scored() == Conditioning.Scored.WHOLE;
    return whole ? experiment.used(training().length()) : posteriorFrames();
  }

  /** The observations that the posterior was given in training. */
  public int posteriorFrames() {
    return experiment.frames(training().length());
  }

  @Override
  public int iterations() {
    return experiment.iterations();
  }

  @Override
  public int validateEvery() {
    return experiment.validateEvery();
  }

  @Override
  public int patience() {
    return 0;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  /** The mean of squared errors of forecasts of the validation sequences. */
  @Override
  public DoubleSupplier validation(ParameterVector parameters, Workers workers) {
    int samples = Math.min(experiment.samples(), VALIDATION_SAMPLES);
    return () ->
        Forecasts.of(sampler(parameters), data.valid(), experiment.forecastFrom(), samples)
            .error()
            .meanOfSamples();
  }

  @Override
  public SequencedMap<String, String> terms() {
    var terms = new LinkedHashMap<String, String>();
    terms.put("prior", "prior: KL(q(z₀) ‖ p(z₀))");
    terms.put("diffusion", "diffusion: path KL");
    terms.put("reconstruction", "reconstruction: −log p(x | z)");
    return terms;
  }

  @Override
  public String unit() {
    return "nats per sequence";
  }

  @Override
  public String validationTitle() {
    return "validation: mean squared error of forecasts";
  }

  @Override
  public String validationUnit() {
    return "raw units, squared";
  }

  @Override
  public Conclusion conclusion(String preset, ParameterVector parameters) {
    return new SdeMatchingConclusion(preset, this, parameters);
  }

  private ParameterVector initial() {
    return ParameterVector.initial(model, experiment.precision(), experiment.seed());
  }

  /** Draws from the model with trained parameters. */
  public Sampler sampler(ParameterVector parameters) {
    double[] times = training().times();
    int frames = experiment.frames(times.length);
    return new Sampler(
        model, parameters, times, frames, experiment.solverSteps(), experiment.seed());
  }
}
