package girsanov.cli.experiment;

import girsanov.cli.runs.RunFolder;
import girsanov.cli.settings.UserException;
import girsanov.models.training.Checkpoint;
import girsanov.models.training.ParameterVector;
import girsanov.models.training.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A model on disk, and what it was trained as.
 *
 * @param globalPeak the |sample| of sound that was 1 in training; 0 where it was not the same for
 *     all
 * @param validation the figure by which it was the best; NaN if none was
 */
public record SavedModel(
    Path file,
    String preset,
    Experiment experiment,
    int globalPeak,
    double validation,
    Checkpoint checkpoint) {
  /** The key of the preset. */
  public static final String PRESET = "preset";

  /** The key of {@link Problem#learned}'s {@link Fingerprint}. */
  static final String FINGERPRINT = "fingerprint";

  /** The key of {@link #globalPeak}. */
  static final String GLOBAL_PEAK = "globalPeak";

  private static final String VALIDATION = "validation";

  /**
   * Reads a checkpoint file, or the model of a run's folder.
   *
   * @throws UserException if there is none, or it is of something else
   */
  public static SavedModel read(Path path) {
    Path file = path;
    if (Files.isDirectory(path)) {
      RunFolder folder = RunFolder.ofRun(path);
      boolean finished = Files.exists(folder.file(RunFolder.MODEL));
      file = folder.file(finished ? RunFolder.MODEL : RunFolder.CHECKPOINT);
    }
    if (!Files.isRegularFile(file)) {
      throw UserException.failure(
          file + ": expected a checkpoint or the folder of a run, found no such file");
    }
    Checkpoint checkpoint = Checkpoint.read(file);
    SequencedMap<String, String> configuration = new LinkedHashMap<>(checkpoint.configuration());
    String preset = configuration.remove(PRESET);
    String validation = configuration.remove(VALIDATION);
    String globalPeak = configuration.remove(GLOBAL_PEAK);
    configuration.remove(FINGERPRINT);
    if (preset == null) {
      throw UserException.failure(
          file + ": expected a checkpoint of girsanov train, found one without a preset");
    }
    return new SavedModel(
        file,
        preset,
        experiment(file, preset, configuration),
        globalPeak == null ? 0 : Integer.parseInt(globalPeak),
        validation == null ? Double.NaN : Double.parseDouble(validation),
        checkpoint);
  }

  /** What a checkpoint's metadata say of the experiment it is of. */
  static SequencedMap<String, String> configuration(String preset, Problem problem) {
    var configuration = new LinkedHashMap<String, String>();
    configuration.put(PRESET, preset);
    problem
        .experiment()
        .settings()
        .forEach((key, value) -> configuration.put(key, value.toString()));
    if (problem.globalPeak() > 0) {
      configuration.put(GLOBAL_PEAK, Integer.toString(problem.globalPeak()));
    }
    configuration.put(FINGERPRINT, Fingerprint.of(problem.learned()));
    return configuration;
  }

  /** Likewise, of the best model so far. */
  static SequencedMap<String, String> configuration(
      SequencedMap<String, String> configuration, double validation) {
    var best = new LinkedHashMap<>(configuration);
    best.put(VALIDATION, Double.toString(validation));
    return best;
  }

  /** An experiment from its settings as text, as in {@code config.json}. */
  public static Experiment experiment(Path file, String preset, Map<String, String> settings) {
    try {
      return Preset.of(preset).experiment().all(settings);
    } catch (UserException e) {
      throw UserException.failure(
          file + ": expected the settings of this version of girsanov, found " + e.getMessage(), e);
    }
  }

  /** The parameters for a model built from {@link #experiment}. */
  public ParameterVector parameters(Problem problem) {
    return checkpoint.parameters(problem.model());
  }

  public State state(Problem problem) {
    return checkpoint.state(problem.model());
  }
}
