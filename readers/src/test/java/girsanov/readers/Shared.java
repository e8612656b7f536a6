package girsanov.readers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Data sets that lie beside a checkout of this project, and are not part of it. */
public final class Shared {
  private static final Path DATA = Path.of("../../shared/data");

  private Shared() {}

  /** A folder of data; a test that asks for one that is not there is skipped. */
  public static Path folder(String name) {
    Path folder = DATA.resolve(name);
    assumeTrue(Files.isDirectory(folder), () -> folder + " is not there");
    return folder;
  }
}
