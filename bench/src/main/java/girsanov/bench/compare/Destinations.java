package girsanov.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a run will write. What is wrong with it is found before anything is measured. */
final class Destinations {
  private Destinations() {}

  /**
   * Makes the folders of a run's files, and tries to write into each.
   *
   * @throws IllegalArgumentException in one sentence, where that cannot be done
   */
  static void prepare(Options options) {
    if (options.csv().isPresent()) {
      Path file = options.csv().get();
      prepare("--csv", "a file", file, () -> touch(file));
    }
    if (options.pictures().isPresent()) {
      Path folder = options.pictures().get();
      prepare("--pictures", "a folder", folder, () -> touchIn(folder));
    }
  }

  /** Something that writes. */
  private interface Trial {
    void run() throws IOException;
  }

  private static void prepare(String option, String what, Path path, Trial trial) {
    try {
      trial.run();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: expected %s that can be written, got %s (%s); name another"
              .formatted(option, what, path, e),
          e);
    }
  }

  /** Leaves what the file holds as it is. */
  private static void touch(Path file) throws IOException {
    Path unused = Files.createDirectories(file.toAbsolutePath().getParent());
    boolean wasThere = Files.exists(file);
    Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
    if (!wasThere) {
      Files.delete(file);
    }
  }

  private static void touchIn(Path folder) throws IOException {
    Files.delete(Files.createTempFile(Files.createDirectories(folder), "girsanov", ".png"));
  }
}
