package girsanov.cli.experiment;

import girsanov.cli.settings.Nearest;
import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.models.sdematching.Architecture;
import girsanov.models.sdematching.Conditioning;
import girsanov.models.sdematching.SdeMatchingObjective.Sampling;
import girsanov.models.sdematching.SdeMatchingObjective.Weighting;
import girsanov.tensor.Precision;
import java.util.Arrays;
import java.util.List;

/** Experiments by name. */
public enum Preset {
  MOCAP("motion capture, set-up 1: forecast 297 frames from 3", mocap()),
  MOCAP2("motion capture, set-up 2: forecast 200 frames from 100", mocap2()),
  LORENZ(
      "the notebook's Lorenz data and model, minimising the NELBO",
      lorenz(Data.LORENZ_BARTOSH, Weighting.NELBO)),
  LORENZ_NOTEBOOK(
      "the same, minimising what the official notebook minimises",
      lorenz(Data.LORENZ_BARTOSH, Weighting.NOTEBOOK)),
  LORENZ_LI(
      "Lorenz data as in Li et al. 2020, additive noise",
      lorenz(Data.LORENZ_LI_PAPER, Weighting.NELBO)),
  LORENZ_TORCHSDE(
      "Lorenz data as in the torchsde example, 100 points on [0, 2]",
      lorenz(Data.LORENZ_TORCHSDE_EXAMPLE, Weighting.NELBO));

  private final String description;
  private final Experiment experiment;

  Preset(String description, Experiment experiment) {
    this.description = description;
    this.experiment = experiment;
  }

  /** The name on the command line. */
  public String title() {
    return Settings.word(this);
  }

  public String description() {
    return description;
  }

  public Experiment experiment() {
    return experiment;
  }

  /**
   * The preset of a name.
   *
   * @throws UserException if there is none
   */
  public static Preset of(String name) {
    for (Preset preset : values()) {
      if (preset.title().equals(name)) {
        return preset;
      }
    }
    List<String> known = Arrays.stream(values()).map(Preset::title).toList();
    throw UserException.usage("unknown preset '" + name + "': " + Nearest.suggestion(name, known));
  }

  private static SdeMatchingExperiment lorenz(Data data, Weighting objective) {
    return new SdeMatchingExperiment(
        /* data= */ data,
        /* dataSeed= */ 0,
        /* sequences= */ 1024,
        /* heldOut= */ 1024,
        /* horizon= */ 1,
        /* trainFrames= */ 0,
        /* window= */ 0,
        /* objective= */ objective,
        /* posteriorFrames= */ 0,
        /* shortestPrefix= */ 0,
        /* scored= */ Conditioning.Scored.WHOLE,
        /* sampling= */ Sampling.INDEPENDENT,
        /* draws= */ 1,
        /* iterations= */ 4000,
        /* learningRate= */ 1e-3,
        /* learningRateDecay= */ 1,
        /* clipNorm= */ 0,
        /* precision= */ Precision.FLOAT,
        /* seed= */ 0,
        /* forecastFrom= */ 20,
        /* samples= */ 48,
        /* solverSteps= */ 25,
        /* validateEvery= */ 0,
        /* evaluationDraws= */ 64,
        /* model= */ Architecture.notebook());
  }

  private static SdeMatchingExperiment mocap() {
    return mocap(
        /* trainFrames= */ 300,
        /* window= */ 200,
        /* posteriorFrames= */ 3,
        Conditioning.Scored.WHOLE,
        /* iterations= */ 8000,
        /* learningRateDecay= */ 0.9994,
        /* forecastFrom= */ 3,
        Architecture.mocap());
  }

  private static SdeMatchingExperiment mocap2() {
    return mocap(
        /* trainFrames= */ 200,
        /* window= */ 150,
        /* posteriorFrames= */ 150,
        Conditioning.Scored.PREFIX,
        /* iterations= */ 6000,
        /* learningRateDecay= */ 0.9995,
        /* forecastFrom= */ 100,
        Architecture.mocapRecurrent());
  }

  private static SdeMatchingExperiment mocap(
      int trainFrames,
      int window,
      int posteriorFrames,
      Conditioning.Scored scored,
      int iterations,
      double learningRateDecay,
      int forecastFrom,
      Architecture model) {
    return new SdeMatchingExperiment(
        /* data= */ Data.MOCAP,
        /* dataSeed= */ 0,
        /* sequences= */ 16,
        /* heldOut= */ 4,
        /* horizon= */ 10,
        /* trainFrames= */ trainFrames,
        /* window= */ window,
        /* objective= */ Weighting.NELBO,
        /* posteriorFrames= */ posteriorFrames,
        /* shortestPrefix= */ 3,
        /* scored= */ scored,
        /* sampling= */ Sampling.SYSTEMATIC,
        /* draws= */ 8,
        /* iterations= */ iterations,
        /* learningRate= */ 5e-3,
        /* learningRateDecay= */ learningRateDecay,
        /* clipNorm= */ 0,
        /* precision= */ Precision.FLOAT,
        /* seed= */ 0,
        /* forecastFrom= */ forecastFrom,
        /* samples= */ 50,
        /* solverSteps= */ 5,
        /* validateEvery= */ 0,
        /* evaluationDraws= */ 64,
        /* model= */ model);
  }
}
