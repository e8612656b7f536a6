package girsanov.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes down how the build started it, for {@code bench/run} and {@code bench/compare} to start
 * Java the same way: the JDK that Maven chose, and the class path. So no Maven runs beside a
 * measurement.
 */
final class Launch {
  private Launch() {}

  /** Writes {@code java} and {@code java.args} into the folder of the build, for this module. */
  public static void main(String[] args) throws IOException {
    Path build = Path.of(args[0]);
    Files.writeString(
        build.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Files.writeString(
        build.resolve("java.args"),
        """
        -Djava.awt.headless=true
        -Dgirsanov.bench="%s"
        --enable-native-access=ALL-UNNAMED
        --sun-misc-unsafe-memory-access=allow
        --add-modules jdk.incubator.vector
        -cp "%s"
        """
            .formatted(Path.of(args[1]).toAbsolutePath(), System.getProperty("java.class.path")));
  }
}
