package girsanov.cli.experiment;

import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.models.sdematching.Architecture;
import girsanov.models.sdematching.Conditioning;
import girsanov.models.sdematching.SdeMatchingObjective.Options;
import girsanov.models.sdematching.SdeMatchingObjective.Sampling;
import girsanov.models.sdematching.SdeMatchingObjective.Weighting;
import girsanov.models.training.Adam;
import girsanov.models.training.Schedule;
import girsanov.tensor.Precision;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a result of SDE Matching depends on.
 *
 * @param data what is learned from
 * @param dataSeed of simulated data
 * @param sequences simulated for training; recorded data have as many as they have
 * @param heldOut simulated for validation, and as many for the test
 * @param horizon time of the last observation of recorded data in the model's own unit, from 0
 * @param trainFrames observations of each training sequence that are used, from the first on; 0 for
 *     all
 * @param window consecutive observations of a training sequence that an iteration uses, from a
 *     random one on; 0 for all
 * @param objective with the factor N before the reconstruction term, or the notebook's without
 * @param posteriorFrames observations that the posterior is given in training, from the first on; 0
 *     for all
 * @param shortestPrefix if above 0, the posterior is given prefixes of random length from this on
 * @param scored what a training sequence's bound covers: the whole window, or the prefix alone that
 *     the posterior is given
 * @param sampling how the random times of an iteration are chosen
 * @param draws Monte-Carlo draws for each sequence and iteration
 * @param iterations of training
 * @param learningRate Adam's
 * @param learningRateDecay factor of the learning rate after each iteration
 * @param clipNorm greatest norm of the gradient; 0 for no clipping
 * @param precision of training
 * @param blockRows sequences of a batch that one thread takes through a step at a time; 0 for as
 *     many as suit the model. Last digits depend on it
 * @param seed of initial parameters and of all noise in training and evaluation
 * @param forecastFrom observations given when forecasting
 * @param samples drawn for forecasts and pictures
 * @param solverSteps Euler–Maruyama steps between two observations
 * @param validateEvery iterations from one validation to the next; the model that is kept is the
 *     best of them; 0 for none: the last is kept
 * @param evaluationDraws Monte-Carlo draws for each sequence when the bound is reported
 * @param model sizes and choices of the networks
 */
public record SdeMatchingExperiment(
    Data data,
    long dataSeed,
    int sequences,
    int heldOut,
    double horizon,
    int trainFrames,
    int window,
    Weighting objective,
    int posteriorFrames,
    int shortestPrefix,
    Conditioning.Scored scored,
    Sampling sampling,
    int draws,
    int iterations,
    double learningRate,
    double learningRateDecay,
    double clipNorm,
    Precision precision,
    int blockRows,
    long seed,
    int forecastFrom,
    int samples,
    int solverSteps,
    int validateEvery,
    int evaluationDraws,
    Architecture model)
    implements Experiment {

  public SdeMatchingExperiment {
    Checks.atLeast("sequences", sequences, 1);
    Checks.atLeast("heldOut", heldOut, 1);
    Checks.atLeast("trainFrames", trainFrames, 0);
    Checks.atLeast("window", window, 0);
    Checks.atLeast("posteriorFrames", posteriorFrames, 0);
    Checks.atLeast("shortestPrefix", shortestPrefix, 0);
    Checks.atLeast("draws", draws, 1);
    Checks.atLeast("iterations", iterations, 1);
    Checks.atLeast("forecastFrom", forecastFrom, 1);
    Checks.atLeast("samples", samples, 2);
    Checks.atLeast("solverSteps", solverSteps, 1);
    Checks.atLeast("validateEvery", validateEvery, 0);
    Checks.atLeast("blockRows", blockRows, 0);
    Checks.atLeast("evaluationDraws", evaluationDraws, 2);
    Checks.above0("horizon", horizon);
    Checks.above0("learningRate", learningRate);
    Checks.above0("learningRateDecay", learningRateDecay);
    if (clipNorm < 0) {
      throw new IllegalArgumentException("expected a norm above 0, or 0 for no clipping");
    }
  }

  @Override
  public String dims() {
    return String.join(",", data.names());
  }

  @Override
  public Record built() {
    return model.model(data.dim());
  }

  @Override
  public List<String> lengths() {
    return List.of("iterations");
  }

  @Override
  public Experiment with(List<String> changes) {
    return Settings.with(this, changes);
  }

  /** Motion capture is the same wherever it lies. */
  @Override
  public Experiment at(Path folder) {
    if (!data.recorded()) {
      throw UserException.usage(
          "--data: expected recordings for a model of recordings, but this one learns from a"
              + " simulated attractor; leave it out");
    }
    return this;
  }

  @Override
  public Map<String, String> added() {
    return Map.of("blockRows", "0");
  }

  @Override
  public Experiment all(Map<String, String> values) {
    var all = new LinkedHashMap<>(added());
    all.putAll(values);
    return Settings.all(this, all);
  }

  /** The optimiser. */
  public Adam adam() {
    Adam adam = Adam.of(Schedule.exponential(learningRate, learningRateDecay));
    return clipNorm == 0 ? adam : adam.withClipNorm(clipNorm);
  }

  /** The options of the objective to train on sequences of some length. */
  Options training(int length) {
    int frames = frames(length);
    int shortest = shortestPrefix == 0 ? frames : Math.min(shortestPrefix, frames);
    var conditioning = new Conditioning(used(length), frames, shortest, scored);
    return new Options(objective, conditioning, sampling, draws, seed);
  }

  /**
   * The options of the NELBO to report: of what training uses of a sequence, given all that the
   * posterior may have, or, if training scores prefixes, of what is given.
   */
  Options reporting(int length) {
    int frames = frames(length);
    var conditioning = new Conditioning(used(length), frames, frames, scored);
    return new Options(Weighting.NELBO, conditioning, Sampling.INDEPENDENT, 1, seed);
  }

  /** The observations that an iteration uses of a sequence of some length. */
  int used(int length) {
    return window == 0 ? length : Math.min(window, length);
  }

  /** The observations that the posterior is given, of sequences of some length. */
  int frames(int length) {
    return posteriorFrames == 0 ? used(length) : Math.min(posteriorFrames, used(length));
  }
}
