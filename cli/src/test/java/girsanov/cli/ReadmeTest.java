package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's program compiles with what is to go into it, runs and learns. */
final class ReadmeTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path temporary = Path.of("");

  @Test
  void theProgramRuns() throws Exception {
    Matcher program = PROGRAM.matcher(Files.readString(Path.of("..", "README.md")));
    String all = program.results().map(block -> block.group(1)).collect(Collectors.joining("\n"));
    assertTrue(all.contains("void main()"), "README.md has a program");
    Path source = temporary.resolve("Learn.java");
    Files.writeString(source, all);
    Path log = temporary.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--add-modules",
                "girsanov.models",
                source.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    List<String> lines = Files.readAllLines(log);
    assertEquals(0, process.exitValue(), lines.toString());
    List<String> steps = lines.stream().filter(line -> line.contains("NELBO")).toList();
    assertEquals(100, steps.size());
    assertTrue(nelbo(steps.getLast()) < nelbo(steps.getFirst()) / 4, lines.toString());
  }

  private static double nelbo(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
  }
}
