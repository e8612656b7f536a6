package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.cli.experiment.Problem;
import girsanov.cli.experiment.SavedModel;
import girsanov.cli.runs.Json;
import girsanov.models.training.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of versions that did not have a setting yet are of what was done then. */
final class EarlierRunsTest {
  private static final String ADDED = "weightDecay";

  /** All of them, with what they are then. */
  private static final Map<String, String> ALL =
      Map.of(ADDED, "0.0", "blockRows", "0", "model.learnedStart", "false");

  @TempDir private Path temporary = Path.of("");

  /** Makes a run's folder what it would be if there had never been the settings. */
  private static void makeEarlier(Path run) throws IOException {
    Path config = run.resolve("config.json");
    for (var added : ALL.entrySet()) {
      String text = Files.readString(config);
      String line = "\\s*\"" + added.getKey() + "\" : " + added.getValue() + ",";
      assertEquals(added.getValue(), Json.read(Files.readAllBytes(config)).get(added.getKey()));
      Files.writeString(config, text.replaceFirst(line, ""));
      assertFalse(Json.read(Files.readAllBytes(config)).containsKey(added.getKey()));
    }
    for (String name : List.of("model.safetensors", "checkpoint.safetensors")) {
      SavedModel saved = SavedModel.read(run.resolve(name));
      Problem problem = Problem.of(saved.experiment(), Optional.empty());
      var configuration = saved.checkpoint().configuration();
      ALL.forEach((key, value) -> assertEquals(value, configuration.remove(key)));
      Checkpoint.write(
          saved.file(), saved.state(problem), saved.checkpoint().seed(), configuration);
    }
  }

  @Test
  void modelsAreReadAndRunsGoOn() throws IOException {
    Path whole = temporary.resolve("whole");
    Path earlier = temporary.resolve("earlier");
    Cli.run(Cli.tinyFrames("gru-ode", whole, "--iterations=4")).succeeded();
    Cli.run(Cli.tinyFrames("gru-ode", earlier, "--iterations=2")).succeeded();
    makeEarlier(earlier);
    String info = Cli.run("info", earlier.toString()).succeeded().out();
    assertTrue(info.contains(ADDED), info);
    String line = Cli.run("train", "--resume=" + earlier, "--set=" + ADDED + "=0.1").failure(1);
    String had = "the run has " + ADDED + " = 0.0, and --resume cannot change it to 0.1";
    assertTrue(line.contains(had), line);
    Cli.run("train", "--resume=" + earlier, "--iterations=4").succeeded();
    for (String name : List.of("model.safetensors", "checkpoint.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(earlier.resolve(name)), name);
    }
  }

  @Test
  void studiesGoOn() throws IOException {
    Path study = temporary.resolve("study");
    reproduce(study);
    byte[] table = Files.readAllBytes(study.resolve("table1.csv"));
    for (String cell : Cli.files(study.resolve("cells"))) {
      makeEarlier(study.resolve("cells").resolve(cell));
    }
    // One is finished, the other is still to be judged.
    Files.delete(study.resolve("cells/gru-ode-25-seed0/scores.json"));
    Files.delete(study.resolve("table1.csv"));
    String out = reproduce(study);
    assertTrue(out.contains("1 of 2 models are to be trained"), out);
    assertArrayEquals(table, Files.readAllBytes(study.resolve("table1.csv")));
  }

  private static String reproduce(Path study) {
    var all = new ArrayList<>(List.of("reproduce", "midi", "--systems=gru-ode", "--steps=2"));
    all.add("--out=" + study);
    all.addAll(Cli.tinyModel());
    return Cli.run(all.toArray(String[]::new)).succeeded().out();
  }

  /** What is set is kept: a decay is another model. */
  @Test
  void aDecayIsLearnedWith() throws IOException {
    Path without = temporary.resolve("without");
    Path with = temporary.resolve("with");
    Cli.run(Cli.tinyFrames("gru-ode", without, "--iterations=2")).succeeded();
    Cli.run(Cli.tinyFrames("gru-ode", with, "--iterations=2", "--set=" + ADDED + "=0.5"))
        .succeeded();
    List<String> plain = Files.readAllLines(without.resolve("metrics.csv"));
    List<String> decayed = Files.readAllLines(with.resolve("metrics.csv"));
    assertEquals(loss(plain.get(1)), loss(decayed.get(1)), "before the first step");
    assertFalse(loss(plain.get(2)).equals(loss(decayed.get(2))), "after it");
  }

  private static String loss(String row) {
    return List.of(row.split(",")).get(1);
  }
}
