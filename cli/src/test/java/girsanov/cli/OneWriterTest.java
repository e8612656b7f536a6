package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second process that would write to a folder in use ends at once, and changes nothing. */
final class OneWriterTest {
  @TempDir private Path temporary = Path.of("");

  private static void refused(Path folder, String... arguments) {
    assertEquals(
        "girsanov: "
            + folder
            + ": expected a folder that nothing else writes to, found one that another girsanov is"
            + " at work in; wait until that has ended, or stop it",
        Cli.run(arguments).failure(1));
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(137, process.exitValue());
  }

  @Test
  void ofARun() throws Exception {
    Path run = temporary.resolve("run");
    String[] endless =
        Cli.tinyLorenz(run, "--iterations=1000000", "--set=heldOut=1", "--checkpoint-seconds=0.02");
    Process process = Cli.start(temporary.resolve("log"), "", endless);
    Cli.awaitRows(run.resolve("metrics.csv"), 20);
    byte[] settings = Files.readAllBytes(run.resolve("config.json"));
    refused(run, "train", "--resume=" + run, "--iterations=2000000");
    assertArrayEquals(settings, Files.readAllBytes(run.resolve("config.json")));
    assertTrue(Cli.run(endless).failure(1).contains("expected a new or empty folder"));

    // What only reads goes on.
    Cli.run("info", run.toString()).succeeded();
    Cli.run("evaluate", run.toString(), "--out=" + temporary.resolve("figures")).succeeded();

    assertTrue(process.isAlive());
    kill(process);
    int rows = Files.readAllLines(run.resolve("metrics.csv")).size();
    Cli.run("train", "--resume=" + run, "--iterations=" + rows).succeeded();
    assertEquals(rows + 1, Files.readAllLines(run.resolve("metrics.csv")).size());
  }

  @Test
  void ofAStudyAndItsCells() throws Exception {
    Path study = temporary.resolve("study");
    var all = new ArrayList<>(List.of("reproduce", "midi", "--systems=gru-ode"));
    all.addAll(List.of("--out=" + study, "--steps=1000000"));
    all.addAll(Cli.tinyModel());
    String[] endless = all.toArray(String[]::new);
    Process process = Cli.start(temporary.resolve("log"), "", endless);
    Path cell = study.resolve("cells/gru-ode-25-seed0");
    Cli.awaitRows(cell.resolve("metrics.csv"), 5);
    refused(study, endless);
    refused(cell, "train", "--resume=" + cell);
    kill(process);

    // One that goes on with a cell by itself keeps the study from it.
    Path log = temporary.resolve("single");
    Process single = Cli.start(log, "", "train", "--resume=" + cell);
    Cli.awaitWords(log, "run folder");
    refused(cell, endless);
    assertTrue(single.isAlive());
    kill(single);
  }
}
