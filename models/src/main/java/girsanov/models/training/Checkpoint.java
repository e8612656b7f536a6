package girsanov.models.training;

import girsanov.tensor.Precision;
import girsanov.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A file that training continues from bit for bit, and that a model is read back from: its
 * parameters under their names, Adam's moments under {@code adam.m.…} and {@code adam.v.…}, and in
 * the metadata the configuration ({@code config.…}), the iteration, the seed and the version of
 * this layout. It is a safetensors file, so that every other framework reads it.
 */
public final class Checkpoint {
  static final String VERSION = "1";
  private static final String VERSION_KEY = "girsanov.version";
  private static final String CONFIG = "config.";
  private static final String M = "adam.m.";
  private static final String V = "adam.v.";
  private static final String DAMAGED = "; it is damaged: use an earlier checkpoint";
  private static final String OTHER = "; it belongs to another model";

  private final Path file;
  private final SafeTensors content;
  private final long iteration;
  private final long seed;

  private Checkpoint(Path file, SafeTensors content) {
    this.file = file;
    this.content = content;
    String version = content.metadata().get(VERSION_KEY);
    if (!VERSION.equals(version)) {
      throw new CheckpointException(
          file,
          "expected "
              + VERSION_KEY
              + " "
              + VERSION
              + " in its metadata, got "
              + (version == null ? "none" : version)
              + "; use a checkpoint that girsanov wrote");
    }
    iteration = number("iteration");
    seed = number("seed");
    if (iteration < 0) {
      throw new CheckpointException(
          file, "expected an iteration of 0 or more, got " + iteration + DAMAGED);
    }
  }

  /**
   * Writes a state, atomically: the file is what it was before or complete.
   *
   * @param configuration what the model is built from, and whatever else a reader should know
   * @throws CheckpointException if it cannot be written; a temporary file is removed
   */
  public static void write(Path file, State state, long seed, Map<String, String> configuration) {
    var metadata = new LinkedHashMap<String, String>();
    metadata.put(VERSION_KEY, VERSION);
    metadata.put("iteration", Long.toString(state.iteration()));
    metadata.put("seed", Long.toString(seed));
    new TreeMap<>(configuration).forEach((key, value) -> metadata.put(CONFIG + key, value));
    var tensors = new LinkedHashMap<String, Tensor>(state.parameters().tensors());
    state.m().tensors().forEach((name, tensor) -> tensors.put(M + name, tensor));
    state.v().tensors().forEach((name, tensor) -> tensors.put(V + name, tensor));
    SafeTensorsFile.write(file, new SafeTensors(metadata, tensors));
  }

  /**
   * Reads a file and checks all that can be checked without the model.
   *
   * @throws CheckpointException if it is absent, damaged, or was not written by {@link #write}
   */
  public static Checkpoint read(Path file) {
    return new Checkpoint(file, SafeTensorsFile.read(file));
  }

  /** The number of steps taken. */
  public long iteration() {
    return iteration;
  }

  public long seed() {
    return seed;
  }

  /** The configuration it was written with. */
  public SequencedMap<String, String> configuration() {
    var configuration = new LinkedHashMap<String, String>();
    content
        .metadata()
        .forEach(
            (key, value) -> {
              if (key.startsWith(CONFIG)) {
                configuration.put(key.substring(CONFIG.length()), value);
              }
            });
    return configuration;
  }

  /**
   * Checks that it was written with these settings; further settings of its own are allowed.
   *
   * @throws CheckpointException naming the first setting that differs
   */
  public void requireConfiguration(Map<String, String> expected) {
    Map<String, String> actual = configuration();
    new TreeMap<>(expected)
        .forEach(
            (key, value) -> {
              String got = actual.get(key);
              if (!value.equals(got)) {
                throw new CheckpointException(
                    file,
                    "expected a model with "
                        + key
                        + " = "
                        + value
                        + ", got "
                        + (got == null ? "none" : got)
                        + "; use that model's settings or another checkpoint");
              }
            });
  }

  /**
   * The parameters of a model, in the precision of the file.
   *
   * @throws CheckpointException if the tensors are not the model's, or not finite
   */
  public ParameterVector parameters(Record model) {
    return state(model).parameters();
  }

  /**
   * What a {@link Trainer} continues from.
   *
   * @throws CheckpointException if the tensors are not the model's, or not finite
   */
  public State state(Record model) {
    ParameterVector parameters = ParameterVector.zeros(model, precision());
    ParameterVector m = parameters.zerosLike();
    ParameterVector v = parameters.zerosLike();
    var expected = new LinkedHashMap<String, Tensor>(parameters.tensors());
    m.tensors().forEach((name, tensor) -> expected.put(M + name, tensor));
    v.tensors().forEach((name, tensor) -> expected.put(V + name, tensor));
    for (String name : content.tensors().keySet()) {
      if (!expected.containsKey(name)) {
        throw new CheckpointException(
            file, "expected no tensor '" + name + "', which this model does not have" + OTHER);
      }
    }
    expected.forEach((name, tensor) -> fill(tensor, name));
    return new State(iteration, parameters, m, v);
  }

  private void fill(Tensor target, String name) {
    Tensor source = content.tensors().get(name);
    if (source == null) {
      throw new CheckpointException(
          file, "expected a tensor '" + name + "' " + target.shape() + ", got none" + OTHER);
    }
    if (!source.shape().equals(target.shape()) || source.precision() != target.precision()) {
      throw new CheckpointException(
          file,
          "tensor '"
              + name
              + "': expected "
              + target.precision()
              + " "
              + target.shape()
              + ", got "
              + source.precision()
              + " "
              + source.shape()
              + OTHER);
    }
    for (int i = 0; i < source.size(); i++) {
      if (!Double.isFinite(source.at(i))) {
        throw new CheckpointException(
            file,
            "tensor '"
                + name
                + "': expected finite numbers, got "
                + source.at(i)
                + " at element "
                + i
                + DAMAGED);
      }
    }
    target.copyFrom(source);
  }

  /** That of the first tensor; {@link #fill} sees to it that all have the same. */
  private Precision precision() {
    return content.tensors().values().stream()
        .map(Tensor::precision)
        .findFirst()
        .orElse(Precision.FLOAT);
  }

  private long number(String key) {
    String text = content.metadata().getOrDefault(key, "none");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CheckpointException(
          file, "expected a number for " + key + " in its metadata, got " + text + DAMAGED, e);
    }
  }
}
