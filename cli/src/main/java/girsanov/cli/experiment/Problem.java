package girsanov.cli.experiment;

import girsanov.cli.runs.RunFolder;
import girsanov.cli.settings.UserException;
import girsanov.models.nn.Parameters;
import girsanov.models.training.ParameterVector;
import girsanov.models.training.Trainer;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleSupplier;

/** An experiment with its data and its model. There is one for each family of models. */
public sealed interface Problem permits SdeMatchingProblem, FrameProblem {
  /** Parameters, gradient and two moments of Adam's. */
  int LEAST_COPIES = 4;

  /** What one array holds, less what its padding may take. */
  int MOST_PARAMETERS = 2_000_000_000;

  /**
   * Loads or simulates the data and builds the model.
   *
   * @param folder where motion capture is instead of in the library
   */
  static Problem of(Experiment experiment, Optional<Path> folder) {
    return of(experiment, folder, 0);
  }

  /**
   * Likewise, for a model that is trained.
   *
   * @param globalPeak the scale of all sound that it was trained with; 0 where there was none
   */
  static Problem of(Experiment experiment, Optional<Path> folder, int globalPeak) {
    return switch (experiment) {
      case SdeMatchingExperiment e -> SdeMatchingProblem.of(e, folder);
      case FrameExperiment e -> FrameProblem.of(e, folder, globalPeak);
    };
  }

  Experiment experiment();

  /** A record of parameters. */
  Record model();

  /** What is learned from, such as {@code 16 sequences of 300 observations}. */
  String learnedFrom();

  /** What a user should know of the data beside that, in lines. */
  List<String> notes();

  /** Names the files that could not be used, all of them, in a file of a run's folder. */
  default void writeSkipped(RunFolder folder) {}

  /** All numbers that are learned from. */
  Tensor learned();

  /**
   * What minimises the loss, at the start.
   *
   * @throws UserException if the settings make none, or one that does not fit into memory
   */
  default Trainer trainer(Workers workers) {
    requireMemory();
    return Checks.made(() -> fresh(workers));
  }

  /** What minimises the loss, at the start. */
  Trainer fresh(Workers workers);

  /** Refuses at once what cannot fit: parameters, their gradient and two moments. */
  private void requireMemory() {
    long bytes = (long) LEAST_COPIES * experiment().precision().bytes();
    long room = Runtime.getRuntime().maxMemory() / bytes;
    if (parameters() > MOST_PARAMETERS) {
      throw UserException.failure(
          String.format(
              Locale.ROOT,
              "expected at most %,d parameters, which a Java array has room for, got %,d; %s",
              MOST_PARAMETERS,
              parameters(),
              experiment().remedy()));
    }
    if (parameters() > room) {
      throw UserException.failure(
          String.format(
              Locale.ROOT,
              "expected at most %,d parameters, for which Java's memory of %,d MB has room in"
                  + " training, got %,d; %s, or give it more by JAVA_TOOL_OPTIONS=-Xmx...",
              room,
              Runtime.getRuntime().maxMemory() >> 20,
              parameters(),
              experiment().remedy()));
    }
  }

  /** The |sample| of sound that is 1 in all data; 0 where it is not the same for all. */
  default int globalPeak() {
    return 0;
  }

  /** Steps of training, at most. */
  int iterations();

  /** Steps from one validation to the next; the model that is kept is the best; 0 for none. */
  int validateEvery();

  /** Validations in a row without a better one after which training stops; 0 for none. */
  int patience();

  /** The iteration from which on those count. */
  default int patienceFrom() {
    return 0;
  }

  /**
   * What validation compares, of the parameters as they are when it is asked for: less is better.
   */
  DoubleSupplier validation(ParameterVector parameters, Workers workers);

  /** The terms of the loss: their names in {@code metrics.csv} with their titles in a picture. */
  SequencedMap<String, String> terms();

  /** What the loss and its terms are in. */
  String unit();

  /** What {@link #validation} compares, as the title of a picture. */
  String validationTitle();

  /** What that is in. */
  String validationUnit();

  /** What is reported of trained parameters. */
  Conclusion conclusion(String preset, ParameterVector parameters);

  /** How many scalars are learned. */
  default long parameters() {
    return Parameters.count(model());
  }
}
