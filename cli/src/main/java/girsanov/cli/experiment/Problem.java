package girsanov.cli.experiment;

import girsanov.cli.runs.RunFolder;
import girsanov.models.nn.Parameters;
import girsanov.models.training.ParameterVector;
import girsanov.models.training.Trainer;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleSupplier;

/** An experiment with its data and its model. There is one for each family of models. */
public sealed interface Problem permits SdeMatchingProblem, FrameProblem {

  /**
   * Loads or simulates the data and builds the model.
   *
   * @param folder where motion capture is instead of in the library
   */
  static Problem of(Experiment experiment, Optional<Path> folder) {
    return switch (experiment) {
      case SdeMatchingExperiment e -> SdeMatchingProblem.of(e, folder);
      case FrameExperiment e -> FrameProblem.of(e);
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

  /** Of what is learned from: other data have another. */
  long fingerprint();

  /** Of the shape and the numbers of a tensor, in their order. */
  static long fingerprint(Tensor values) {
    long hash = values.shape().hashCode();
    for (int i = 0; i < values.size(); i++) {
      hash = 31 * hash + Double.doubleToLongBits(values.at(i));
    }
    return hash;
  }

  /** What minimises the loss, at the start. */
  Trainer trainer(Workers workers);

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

  /** What is reported of trained parameters. */
  Conclusion conclusion(String preset, ParameterVector parameters);

  /** How many scalars are learned. */
  default long parameters() {
    return Parameters.count(model());
  }
}
