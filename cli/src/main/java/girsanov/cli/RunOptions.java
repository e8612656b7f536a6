package girsanov.cli;

import girsanov.cli.settings.UserException;
import girsanov.tensor.Workers;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that computes. */
final class RunOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; results do not depend on it. Default: all cores.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with MIDI files, WAV or SPHERE files, or motion capture, instead of what comes"
              + " with girsanov.")
  private @Nullable Path data;

  /** Before anything is written. */
  void check() {
    if (threads < 1) {
      throw UserException.usage("--threads: expected 1 or more, got " + threads);
    }
  }

  Workers workers() {
    return new Workers(threads);
  }

  int threads() {
    return threads;
  }

  Optional<Path> data() {
    return Optional.ofNullable(data);
  }
}
