package girsanov.cli.experiment;

import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.models.nn.Parameters;
import girsanov.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Everything that a result depends on: a record whose components are the keys of {@code --set} and
 * of {@code config.json}. There is one for each family of models.
 */
public sealed interface Experiment permits SdeMatchingExperiment, FrameExperiment {

  /** Of initial parameters and of all noise in training and evaluation. */
  long seed();

  /** Of training. */
  Precision precision();

  /** The names of the dims, as a user writes them. */
  String dims();

  /** The model with the sizes of this experiment: a record of parameters. */
  Record built();

  /** The settings that may differ when a run goes on: how long it is. */
  List<String> lengths();

  /**
   * Settings that runs of earlier versions do not have, by key, with the value that says what was
   * done then: such a run is of that value.
   */
  default Map<String, String> added() {
    return Map.of();
  }

  /** The same but for some settings, each {@code key=value}. */
  Experiment with(List<String> changes);

  /** The same on recordings in a folder, where settings say what is learned from. */
  Experiment at(Path folder);

  /** One of the same family with all settings as given; those {@link #added} may be missing. */
  Experiment all(Map<String, String> values);

  /**
   * What to do about a model that is too large: lower the setting of its sizes without which least
   * would be left of it.
   */
  default String remedy() {
    String remedy = "choose smaller settings";
    long least = Long.MAX_VALUE;
    for (var setting : settings().entrySet()) {
      if (setting.getKey().startsWith("model.") && setting.getValue() instanceof Integer value) {
        long left = parametersWith(setting.getKey() + "=1");
        if (value > 1 && left < least) {
          least = left;
          remedy = "lower " + setting.getKey() + ", which is " + value;
        }
      }
    }
    return remedy;
  }

  private long parametersWith(String change) {
    try {
      return Parameters.count(with(List.of(change)).built());
    } catch (IllegalArgumentException | UserException _) {
      return Long.MAX_VALUE;
    }
  }

  /** What settings that are words can be changed to, by key. */
  default Map<String, List<String>> choices() {
    return Settings.choices((Record) this);
  }

  /** All settings by key. */
  default SequencedMap<String, Object> settings() {
    return Settings.flatten((Record) this);
  }
}
