package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line as a user meets it: in this process, or in one of its own. */
final class Cli {
  private static final List<String> TINY =
      List.of(
          "--threads=1",
          "--set=samples=4",
          "--set=solverSteps=1",
          "--set=evaluationDraws=2",
          "--set=model.latent=3",
          "--set=model.priorHidden=5",
          "--set=model.contextWidth=4",
          "--set=model.posteriorHidden=6");

  private static final List<String> TINY_FRAMES =
      List.of(
          "--set=segments=4",
          "--set=heldOut=2",
          "--set=batch=2",
          "--set=evaluationDraws=2",
          "--set=model.recurrent=5",
          "--set=model.latent=3",
          "--set=model.hidden=6",
          "--set=model.hiddenLayers=1",
          "--set=model.prepared=2",
          "--set=model.gateHidden=4");

  private Cli() {}

  record Result(int exitCode, String out, String err) {

    /** The one line of a failure. */
    String failure(int expected) {
      assertEquals(expected, exitCode, err);
      assertTrue(err.startsWith("girsanov: "), err);
      assertEquals(1, err.lines().count(), err);
      assertFalse(err.contains("Exception"), err);
      return err.strip();
    }

    Result succeeded() {
      assertEquals(0, exitCode, err);
      assertEquals("", err);
      return this;
    }
  }

  static Result run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode = Girsanov.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }

  /** Arguments that train a model of a few parameters for a moment. */
  static String[] tinyLorenz(Path out, String... more) {
    return train("lorenz", out, TINY, List.of("--set=sequences=6", "--set=heldOut=4"), more);
  }

  /** Likewise, of music or speech. */
  static String[] tinyFrames(String preset, Path out, String... more) {
    return train(preset, out, TINY_FRAMES, List.of("--threads=1"), more);
  }

  /** Settings of a model of music or speech of a few parameters. */
  static List<String> tinyModel() {
    return TINY_FRAMES;
  }

  static String[] tinyMocap(Path out, String... more) {
    return train(
        "mocap",
        out,
        TINY,
        List.of("--set=validateEvery=3", "--set=posteriorFrames=10", "--set=draws=1"),
        more);
  }

  private static String[] train(
      String preset, Path out, List<String> tiny, List<String> own, String... more) {
    var arguments = new ArrayList<>(List.of("train", preset, "--out=" + out));
    arguments.addAll(tiny);
    arguments.addAll(own);
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** A process of its own, started through a shell that may first set limits. */
  static Process start(Path log, String shell, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command.addAll(List.of("sh", "-c", shell + "exec \"$0\" \"$@\"", java));
    command.addAll(List.of("-Xshare:auto", "-XX:-UsePerfData", "-Djava.awt.headless=true"));
    String modules = System.getProperty("jdk.module.path");
    if (modules != null) {
      command.addAll(
          List.of("--module-path", modules, "--module", "girsanov.cli/girsanov.cli.Girsanov"));
    } else {
      String path = System.getProperty("java.class.path");
      command.addAll(
          List.of("--add-modules=jdk.incubator.vector", "-cp", path, "girsanov.cli.Girsanov"));
    }
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Waits until a running process has written so many rows of figures. */
  static void awaitRows(Path metrics, int rows) throws IOException, InterruptedException {
    for (int i = 0; i < 3000; i++) {
      if (Files.exists(metrics) && Files.readAllLines(metrics).size() > rows) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("no " + rows + " rows in " + metrics + " after half a minute");
  }

  /** Waits until a running process has said something. */
  static void awaitWords(Path log, String words) throws IOException, InterruptedException {
    for (int i = 0; i < 6000; i++) {
      if (Files.readString(log).contains(words)) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("no '" + words + "' after a minute in: " + Files.readString(log));
  }

  /** The names of the files in a folder that are not hidden, in order. */
  static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
