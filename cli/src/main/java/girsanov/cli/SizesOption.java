package girsanov.cli;

import girsanov.cli.experiment.Sizes;
import girsanov.cli.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --sizes} of commands that take a preset. */
final class SizesOption {
  @Option(
      names = "--sizes",
      paramLabel = "SIZES",
      description = {
        "Of models of music and speech; --set changes them further.",
        "scaled: two cores train these in minutes (default);",
        "paper: those of the VSDN paper."
      })
  private @Nullable String sizes;

  boolean given() {
    return sizes != null;
  }

  /** Those given, else the default. */
  Sizes chosen() {
    return sizes == null ? Sizes.SCALED : Settings.choice("--sizes", sizes, Sizes.class);
  }
}
