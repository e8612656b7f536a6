package girsanov.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only another Java process shows: other lane widths, and a missing Vector API. */
class LaneWidthTest {
  private static final boolean IS_X86 =
      List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));

  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  @Test
  void everyWidthGivesTheSameBits() throws Exception {
    String widest = java(MODULE, "-Dgirsanov.lanes=512", LaneProbe.class.getName());
    assertTrue(widest.lines().count() > 70, widest);
    for (String width : List.of("128", "256")) {
      String narrower = java(MODULE, "-Dgirsanov.lanes=" + width, LaneProbe.class.getName());
      assertEquals(widest, narrower, width + " bits");
    }
    if (IS_X86) {
      // Sixteen registers: other tiles, two vectors wide.
      String desktop = java(MODULE, "-XX:UseAVX=2", LaneProbe.class.getName());
      assertEquals(widest, desktop, "AVX2");
    }
  }

  /** The machine code that long runs end up with, of the tiles above all. */
  @Test
  void theOptimisingCompilerGivesTheSameBits() throws Exception {
    String probe = LaneProbe.class.getName();
    String plain = java(MODULE, probe);
    String fast =
        java(
            MODULE,
            "-XX:-TieredCompilation",
            "-Xcomp",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=compileonly,girsanov.tensor.kernel.Float*::*",
            probe);
    assertEquals(plain, fast);
  }

  @Test
  void refusesAnotherWidth() throws Exception {
    String said = java(MODULE, "-Dgirsanov.lanes=100", LaneProbe.class.getName());
    assertTrue(said.contains("Expected -Dgirsanov.lanes=128, 256 or 512, got 100."), said);
  }

  @Test
  void aMissingModuleIsNamedWithItsRemedy() throws Exception {
    String said = java("-Dunused", RequireProbe.class.getName());
    assertTrue(said.contains("--add-modules jdk.incubator.vector"), said);
    assertTrue(said.contains("IllegalStateException"), said);
  }

  private static String java(String... arguments) throws IOException, InterruptedException {
    Path target = Path.of(System.getProperty("basedir", ""), "target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xshare:auto");
    if (!List.of(arguments).contains("-XX:-TieredCompilation")) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.add("-cp");
    command.add(target.resolve("classes") + File.pathSeparator + target.resolve("test-classes"));
    Collections.addAll(command, arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
