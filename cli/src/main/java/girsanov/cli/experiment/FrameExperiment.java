package girsanov.cli.experiment;

import girsanov.cli.settings.Settings;
import girsanov.models.data.Split;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameObjective.Minimised;
import girsanov.models.frames.FrameObjective.Options;
import girsanov.models.training.Adam;
import girsanov.models.training.Schedule;
import girsanov.models.vsdn.FrameArchitecture;
import girsanov.models.vsdn.FrameSystem;
import girsanov.readers.Kind;
import girsanov.readers.Reading;
import girsanov.readers.music.PianoRoll;
import girsanov.readers.speech.Scaling;
import girsanov.readers.speech.Waveform;
import girsanov.tensor.Precision;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a result of a model of frames, VSDN or a baseline, depends on.
 *
 * @param data music or speech
 * @param folder of recordings; empty for those that come with girsanov
 * @param split which recordings are for what, where the folder has no list that says it
 * @param splitSeed of that
 * @param framesPerSecond of music
 * @param scaling of speech
 * @param segments to learn from, at most; 0 for all
 * @param heldOut segments to validate on, and as many to report on, at most; 0 for all
 * @param rate the part of the frames that is observed
 * @param observed which frames those are in training; held-out segments are observed regularly
 * @param batch segments of an iteration
 * @param draws of the latent states for each segment and iteration
 * @param objective what is minimised
 * @param beta the factor before the divergence in that; 1 where it has none
 * @param warmUp iterations in which that factor grows to beta, evenly from 0, if there is one
 * @param epochs of training, at most
 * @param iterations of training, at most; 0 for as many as the epochs have
 * @param validateEvery iterations from one validation to the next; 0 for an epoch
 * @param patience validations in a row without a better one after which training stops; 0 for none
 * @param learningRate Adam's
 * @param learningRateDecay factor of the learning rate after each iteration
 * @param clipNorm greatest norm of the gradient; 0 for no clipping
 * @param weightDecay Adam's: so many times the parameters are added to the gradient
 * @param precision of training
 * @param blockRows sequences of a batch that one thread takes through a step at a time; 0 for as
 *     many as suit the model. Last digits depend on it
 * @param seed of initial parameters and of all noise in training and evaluation
 * @param evaluationDraws of the latent states for each segment where figures are reported
 * @param model sizes and choices of the networks
 */
public record FrameExperiment(
    Kind data,
    String folder,
    Split split,
    long splitSeed,
    double framesPerSecond,
    Scaling scaling,
    int segments,
    int heldOut,
    double rate,
    Subsampling.Kind observed,
    int batch,
    int draws,
    Minimised objective,
    double beta,
    int warmUp,
    int epochs,
    int iterations,
    int validateEvery,
    int patience,
    double learningRate,
    double learningRateDecay,
    double clipNorm,
    double weightDecay,
    Precision precision,
    int blockRows,
    long seed,
    int evaluationDraws,
    FrameArchitecture model)
    implements Experiment {

  public FrameExperiment {
    Checks.atLeast("segments", segments, 0);
    Checks.atLeast("heldOut", heldOut, 0);
    Checks.atLeast("batch", batch, 1);
    Checks.atLeast("draws", draws, 1);
    Checks.atLeast("warmUp", warmUp, 0);
    Checks.atLeast("epochs", epochs, 1);
    Checks.atLeast("iterations", iterations, 0);
    Checks.atLeast("validateEvery", validateEvery, 0);
    Checks.atLeast("patience", patience, 0);
    Checks.atLeast("blockRows", blockRows, 0);
    Checks.atLeast("evaluationDraws", evaluationDraws, 2);
    if (!(rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException("rate: expected above 0 and at most 1, got " + rate);
    }
    if (!(beta >= 0 && Double.isFinite(beta))) {
      throw new IllegalArgumentException("beta: expected a number of 0 or more, got " + beta);
    }
    Checks.above0("learningRate", learningRate);
    Checks.above0("learningRateDecay", learningRateDecay);
    if (clipNorm < 0) {
      throw new IllegalArgumentException("expected a norm above 0, or 0 for no clipping");
    }
    if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
      throw new IllegalArgumentException(
          "weightDecay: expected a number of 0 or more, got " + weightDecay);
    }
  }

  /** At widths that two cores train in minutes. */
  public static FrameExperiment scaled(Kind data, FrameSystem system) {
    FrameArchitecture model =
        switch (data) {
          case MUSIC -> FrameArchitecture.music(system);
          case SPEECH -> FrameArchitecture.speech(system);
        };
    return of(
        data,
        model,
        /* batch= */ 16,
        /* warmUp= */ 300,
        /* learningRate= */ 2e-3,
        /* learningRateDecay= */ 0.9995,
        /* clipNorm= */ 10);
  }

  /** At the sizes of VSDN's appendices A and B. */
  public static FrameExperiment paper(Kind data, FrameSystem system) {
    FrameArchitecture model =
        switch (data) {
          case MUSIC -> FrameArchitecture.musicPaper(system);
          case SPEECH -> FrameArchitecture.speechPaper(system);
        };
    return of(
        data,
        model,
        /* batch= */ 200,
        /* warmUp= */ 0,
        /* learningRate= */ 1e-4,
        /* learningRateDecay= */ 1,
        /* clipNorm= */ 0);
  }

  private static FrameExperiment of(
      Kind data,
      FrameArchitecture model,
      int batch,
      int warmUp,
      double learningRate,
      double learningRateDecay,
      double clipNorm) {
    boolean music = data == Kind.MUSIC;
    return new FrameExperiment(
        data,
        /* folder= */ "",
        Split.BY_SOURCE,
        /* splitSeed= */ 0,
        /* framesPerSecond= */ 4,
        Scaling.FILE_PEAK,
        /* segments= */ 0,
        /* heldOut= */ 0,
        /* rate= */ 0.25,
        Subsampling.Kind.IRREGULAR,
        batch,
        /* draws= */ 1,
        Minimised.ELBO,
        /* beta= */ music ? 1 : 0.1,
        warmUp,
        /* epochs= */ 200,
        /* iterations= */ 0,
        /* validateEvery= */ 0,
        /* patience= */ music ? 5 : 10,
        learningRate,
        learningRateDecay,
        clipNorm,
        /* weightDecay= */ 0,
        Precision.FLOAT,
        /* blockRows= */ 0,
        /* seed= */ 0,
        /* evaluationDraws= */ 25,
        model);
  }

  /** How recordings become segments. */
  public Reading reading() {
    int globalPeak = 0;
    return new Reading(split, splitSeed, framesPerSecond, scaling, globalPeak, segments, heldOut);
  }

  /** Whether VSDN is trained with observations on both sides of the bar. */
  public boolean assimilated() {
    return model.assimilated() && model.system().variational();
  }

  /** Which frames are observed in training. */
  public Subsampling training() {
    return new Subsampling(observed, rate);
  }

  /** Which frames of held-out segments are observed. */
  public Subsampling reporting() {
    return Subsampling.regular(rate);
  }

  /**
   * The options of what is minimised.
   *
   * @throws IllegalArgumentException if β is not 1 where there is none: not before, for the two are
   *     set one after the other, and earlier versions took no notice of it
   */
  public Options options() {
    if (objective == Minimised.IWAE && beta != 1) {
      throw new IllegalArgumentException(
          "objective=iwae: expected beta=1, for the importance-weighted bound has no factor before"
              + " a divergence, got beta="
              + beta
              + "; give --set beta=1 with it");
    }
    return new Options(objective, draws, beta, growth(), seed);
  }

  /** Iterations in which β grows; none where there is no β. */
  int growth() {
    return objective == Minimised.IWAE ? 0 : warmUp;
  }

  /** The optimiser. */
  public Adam adam() {
    Schedule schedule = Schedule.exponential(learningRate, learningRateDecay);
    Adam adam = Adam.of(schedule).withWeightDecay(weightDecay);
    return clipNorm == 0 ? adam : adam.withClipNorm(clipNorm);
  }

  /** Numbers of a frame. */
  public int dim() {
    return switch (data) {
      case MUSIC -> PianoRoll.PITCHES;
      case SPEECH -> Waveform.FRAME;
    };
  }

  @Override
  public String dims() {
    return switch (data) {
      case MUSIC -> "128 pitches, 0 or 1";
      case SPEECH -> "100 samples, from -1 to 1";
    };
  }

  @Override
  public Record built() {
    return (Record) model.model(dim());
  }

  @Override
  public List<String> lengths() {
    return List.of("epochs", "iterations", "patience", "folder");
  }

  @Override
  public Map<String, String> added() {
    return Map.of("weightDecay", "0.0", "blockRows", "0", "model.learnedStart", "false");
  }

  @Override
  public Experiment with(List<String> changes) {
    return Settings.with(this, changes);
  }

  @Override
  public Experiment at(Path path) {
    return Settings.with(this, "folder", path.toAbsolutePath().normalize().toString());
  }

  @Override
  public Experiment all(Map<String, String> values) {
    var all = new LinkedHashMap<>(added());
    all.putAll(values);
    return Settings.all(this, all);
  }
}
