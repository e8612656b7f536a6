package girsanov.cli.reproduce;

import girsanov.cli.settings.Nearest;
import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.models.vsdn.FrameSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A kind of model that is trained.
 *
 * @param assimilated whether VSDN is trained with the observation on both sides of the bar, as the
 *     paper's figures seem to have arisen
 */
record Contender(FrameSystem system, boolean assimilated) {
  static final String ALL = "all";

  /** Those of some systems: each strictly, and VSDN assimilated also. */
  static List<Contender> of(String systems) {
    List<FrameSystem> chosen =
        systems.equals(ALL)
            ? List.of(FrameSystem.values())
            : Arrays.stream(systems.split(",")).map(Contender::system).distinct().sorted().toList();
    var contenders = new ArrayList<Contender>();
    for (FrameSystem system : chosen) {
      contenders.add(new Contender(system, false));
    }
    for (FrameSystem system : chosen) {
      if (system.variational()) {
        contenders.add(new Contender(system, true));
      }
    }
    return contenders;
  }

  private static FrameSystem system(String name) {
    for (FrameSystem system : FrameSystem.values()) {
      if (Settings.word(system).equals(name.strip())) {
        return system;
      }
    }
    List<String> known = Arrays.stream(FrameSystem.values()).map(Settings::word).toList();
    throw UserException.usage(
        "--systems: unknown system '" + name.strip() + "': " + Nearest.suggestion(name, known));
  }

  /** As in the tables. */
  String title() {
    return system.title() + (assimilated ? ", assimilated" : "");
  }

  /** The name of files. */
  String word() {
    return Settings.word(system) + (assimilated ? "-assimilated" : "");
  }
}
