package girsanov.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes down how the build started it, for {@code bench/compare} to start {@link Compare} the same
 * way: the JDK that Maven chose, and the class path. So no Maven runs beside a measurement.
 */
final class Launch {
  private Launch() {}

  /** Writes {@code compare.java} and {@code compare.args} into a folder. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.writeString(
        folder.resolve("compare.java"),
        Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Files.writeString(
        folder.resolve("compare.args"),
        """
        -Djava.awt.headless=true
        -Dgirsanov.bench="%s"
        --enable-native-access=ALL-UNNAMED
        --add-modules jdk.incubator.vector
        -cp "%s"
        """
            .formatted(folder.toAbsolutePath().getParent(), System.getProperty("java.class.path")));
  }
}
