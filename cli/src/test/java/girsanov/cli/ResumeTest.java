package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed or interrupted goes on as if nothing had happened. */
final class ResumeTest {
  /** Judging then takes minutes. */
  private static final String MANY_DRAWS = "--set=evaluationDraws=1000000";

  /** The number of Ctrl-C's signal. */
  private static final int SIGINT = 2;

  private static final String ITERATIONS = "--iterations=200";

  @TempDir private Path temporary = Path.of("");

  @Test
  void killedAndResumedIsTheSameBits() throws Exception {
    Path whole = temporary.resolve("whole");
    Cli.run(Cli.tinyMocap(whole, ITERATIONS, "--set=validateEvery=50")).succeeded();

    Path killed = temporary.resolve("killed");
    String[] arguments =
        Cli.tinyMocap(killed, ITERATIONS, "--set=validateEvery=50", "--checkpoint-seconds=0.02");
    Process process = Cli.start(temporary.resolve("log"), "", arguments);
    Cli.awaitRows(killed.resolve("metrics.csv"), 25);
    process.destroyForcibly();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(137, process.exitValue());
    assertTrue(!Files.exists(killed.resolve("metrics.json")), "killed before the end");

    Cli.run("train", "--resume=" + killed, "--threads=2").succeeded();
    for (String name : List.of("model.safetensors", "checkpoint.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(killed.resolve(name)), name);
    }
    assertEquals(withoutSeconds(whole), withoutSeconds(killed));
  }

  /** The rows of a block are kept with the run, on any number of threads, and as they are. */
  @Test
  void blocksOfGivenRowsAreKept() throws Exception {
    Path whole = temporary.resolve("whole");
    Path half = temporary.resolve("half");
    Path chosen = temporary.resolve("chosen");
    Cli.run(Cli.tinyMocap(whole, "--iterations=6", "--set=blockRows=3")).succeeded();
    Cli.run(Cli.tinyMocap(half, "--iterations=3", "--set=blockRows=3")).succeeded();
    Cli.run(Cli.tinyMocap(chosen, "--iterations=6")).succeeded();
    String line = Cli.run("train", "--resume=" + half, "--set=blockRows=4").failure(1);
    assertTrue(line.contains("has blockRows = 3, and --resume cannot change it to 4"), line);
    Cli.run("train", "--resume=" + half, "--iterations=6", "--threads=3").succeeded();
    for (String name : List.of("model.safetensors", "checkpoint.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(half.resolve(name)), name);
    }
    assertNotEquals(withoutSeconds(chosen), withoutSeconds(half));
    line = Cli.run(Cli.tinyMocap(temporary.resolve("bad"), "--set=blockRows=-1")).failure(2);
    assertTrue(line.contains("--set blockRows=-1: blockRows: expected 0 or more, got -1"), line);
  }

  @Test
  void interruptedKeepsACheckpoint() throws Exception {
    assumeInterruptsArrive();
    Path run = temporary.resolve("run");
    Path log = temporary.resolve("log");
    Process process = Cli.start(log, "", Cli.tinyMocap(run, "--iterations=1000000"));
    Cli.awaitRows(run.resolve("metrics.csv"), 20);
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    String output = Files.readString(log);
    assertEquals(130, process.exitValue(), output);
    assertTrue(output.contains("Go on with: girsanov train --resume " + run), output);
    int rows = Files.readAllLines(run.resolve("metrics.csv")).size() - 1;
    String info = Cli.run("info", run.resolve("checkpoint.safetensors").toString()).out();
    assertTrue(info.contains("iteration     " + rows + "\n"), info);
  }

  /**
   * What takes long after training says on Ctrl-C what is lost, and goes on from the trained model.
   */
  @Test
  void interruptedWhileJudging() throws Exception {
    assumeInterruptsArrive();
    Path run = temporary.resolve("run");
    String[] train = Cli.tinyFrames("vsdn-vae", run, "--iterations=1", MANY_DRAWS);
    String output = interrupted(train);
    assertTrue(
        output.contains("its figures are not made. Go on with: girsanov train --resume " + run),
        output);
    assertFalse(Files.exists(run.resolve("metrics.json")));

    Path study = temporary.resolve("study");
    var reproduce =
        new ArrayList<>(List.of("reproduce", "midi", "--systems=vsdn-vae", "--steps=1"));
    reproduce.add("--out=" + study);
    reproduce.addAll(Cli.tinyModel());
    reproduce.add(MANY_DRAWS);
    Path cell = study.resolve("cells/vsdn-vae-25-seed0");
    output = interrupted(reproduce.toArray(String[]::new));
    assertTrue(output.contains("Stopped while this model was judged"), output);
    assertTrue(output.stripTrailing().endsWith("Go on with: the same command"), output);
    assertFalse(Files.exists(cell.resolve("scores.json")));
  }

  /**
   * Whoever is started with Ctrl-C ignored, as a script's {@code mvn &} is, hands that on to all
   * that it starts, and a JVM leaves it so. Linux tells; elsewhere it is taken not to be so.
   */
  private static void assumeInterruptsArrive() throws IOException {
    Path status = Path.of("/proc/self/status");
    List<String> lines = Files.exists(status) ? Files.readAllLines(status) : List.of();
    boolean ignored =
        lines.stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> new BigInteger(line.substring(line.indexOf(':') + 1).strip(), 16))
            .anyMatch(signals -> signals.testBit(SIGINT - 1));
    assumeFalse(
        ignored,
        "Ctrl-C cannot be tested: these tests were started with SIGINT ignored, as by a script's"
            + " 'mvn &', and so are the processes they start; run them in the foreground");
  }

  /** What a process says that gets Ctrl-C while it judges. */
  private String interrupted(String... arguments) throws Exception {
    Path log = temporary.resolve("log");
    Process process = Cli.start(log, "", arguments);
    Cli.awaitWords(log, "Judging");
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    String output = Files.readString(log);
    assertEquals(130, process.exitValue(), output);
    return output;
  }

  private static List<String> withoutSeconds(Path run) throws IOException {
    List<String> rows = Files.readAllLines(run.resolve("metrics.csv"));
    int seconds = List.of(rows.getFirst().split(",")).indexOf("seconds");
    return rows.stream()
        .map(line -> line.replaceFirst("^((?:[^,]*,){" + seconds + "})[^,]*", "$1"))
        .toList();
  }
}
