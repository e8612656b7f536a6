package girsanov.cli.experiment;

import girsanov.cli.settings.Nearest;
import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.models.sdematching.SdeMatchingObjective.Weighting;
import girsanov.models.vsdn.FrameSystem;
import girsanov.readers.Corpus;
import girsanov.readers.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Experiments by name. */
public enum Preset {
  MOCAP("motion capture, set-up 1: forecast 297 frames from 3", SdeMatchingPresets.mocap()),
  MOCAP2("motion capture, set-up 2: forecast 200 frames from 100", SdeMatchingPresets.mocap2()),
  LORENZ(
      "the notebook's Lorenz data and model, minimising the NELBO",
      SdeMatchingPresets.lorenz(Data.LORENZ_BARTOSH, Weighting.NELBO)),
  LORENZ_NOTEBOOK(
      "the same, minimising what the official notebook minimises",
      SdeMatchingPresets.lorenz(Data.LORENZ_BARTOSH, Weighting.NOTEBOOK)),
  LORENZ_LI(
      "Lorenz data as in Li et al. 2020, additive noise",
      SdeMatchingPresets.lorenz(Data.LORENZ_LI_PAPER, Weighting.NELBO)),
  LORENZ_TORCHSDE(
      "Lorenz data as in the torchsde example, 100 points on [0, 2]",
      SdeMatchingPresets.lorenz(Data.LORENZ_TORCHSDE_EXAMPLE, Weighting.NELBO)),
  ODE_RNN(FrameSystem.ODE_RNN),
  GRU_ODE(FrameSystem.GRU_ODE),
  BIDIRECTIONAL_ODE_RNN(FrameSystem.BIDIRECTIONAL_ODE_RNN),
  VSDN_VAE(FrameSystem.VSDN_VAE),
  VSDN_VAE_RES(FrameSystem.VSDN_VAE_RES),
  VSDN_SDE(FrameSystem.VSDN_SDE),
  VSDN_SDE_RES(FrameSystem.VSDN_SDE_RES);

  private final String description;
  private final Experiment experiment;

  Preset(String description, Experiment experiment) {
    this.description = description;
    this.experiment = experiment;
  }

  Preset(FrameSystem system) {
    this(system.title() + " on music or speech", FrameExperiment.scaled(Kind.MUSIC, system));
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
   * The experiment for some data.
   *
   * @param folder of recordings, whose kind chooses the defaults of a model of frames
   * @param changes settings that will be changed; {@code data=speech} chooses them likewise
   * @throws UserException for other sizes than the preset's, if it is no model of frames
   */
  public Experiment experiment(Optional<Path> folder, List<String> changes, Sizes sizes) {
    return switch (experiment) {
      case SdeMatchingExperiment e when sizes == Sizes.SCALED -> e;
      case SdeMatchingExperiment _ ->
          throw UserException.usage(
              "--sizes: expected a model of music or speech, got "
                  + title()
                  + ", which has its paper's sizes");
      case FrameExperiment e -> {
        Kind named =
            changes.contains("data=" + Settings.word(Kind.SPEECH)) ? Kind.SPEECH : Kind.MUSIC;
        Kind kind = folder.map(Corpus::kind).orElse(named);
        yield sizes.experiment(kind, e.model().system());
      }
    };
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
}
