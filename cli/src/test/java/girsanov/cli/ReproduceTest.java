package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.cli.runs.Json;
import girsanov.readers.music.MidiWriter;
import girsanov.readers.music.PianoRoll;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paper's tables and figures, of networks of a few numbers that are trained for a moment. */
final class ReproduceTest {
  @TempDir private static Path studies = Path.of("");
  @TempDir private Path temporary = Path.of("");

  private static Path music = Path.of("");
  private static String report = "";

  @BeforeAll
  static void reproduce() {
    music = studies.resolve("music");
    report = run(music, "midi", "--steps=2", "--threads=1").succeeded().out();
  }

  private static Cli.Result run(Path out, String... arguments) {
    return run("gru-ode,vsdn-sde", out, arguments);
  }

  private static Cli.Result run(String systems, Path out, String... arguments) {
    var all = new ArrayList<>(List.of("reproduce", "--out=" + out, "--systems=" + systems));
    all.addAll(List.of(arguments));
    all.addAll(Cli.tinyModel());
    return Cli.run(all.toArray(String[]::new));
  }

  @Test
  void itSaysFirstHowLongItTakes() {
    assertTrue(report.contains("6 of 6 models are to be trained and judged, which takes"), report);
    assertTrue(report.contains("Model 6 of 6: vsdn-sde-assimilated-50-seed0; about"), report);
  }

  @Test
  void tableAndFigures() throws IOException {
    List<String> files = Cli.files(music);
    for (String name :
        List.of(
            "figure2.png",
            "figure3.png",
            "figure3-1-truth.mid",
            "figure3-1-vsdn-sde.mid",
            "table1.csv",
            "table1.md")) {
      assertTrue(files.contains(name), files.toString());
    }
    assertFalse(files.contains("figure4.png"), files.toString());
    String table = Files.readString(music.resolve("table1.md"));
    assertTrue(table.matches("(?s).*\\| GRU-ODE \\| [0-9.]+ / 10.18 \\|.* / 49.98 \\|\n.*"), table);
    assertTrue(table.contains("| VSDN-SDE, assimilated |"), table);
    assertTrue(table.contains("| *nearest observed* | – | – | – | – | "), table);
    assertTrue(table.contains("segments=4"), "settings are told");
    List<String> rows = Files.readAllLines(music.resolve("table1.csv"));
    // Two strict cells and an assimilated one at four rates, as many at one; five baselines.
    assertEquals(1 + 3 * 4 + 3 + 5 * 4, rows.size());
    long columns = rows.getFirst().chars().filter(c -> c == ',').count();
    rows.forEach(row -> assertEquals(columns, row.chars().filter(c -> c == ',').count(), row));
    assertTrue(rows.getFirst().contains("held_out.smoothed.accuracy.threshold.sounding"));
  }

  /** Models trained with a frame on both sides of the bar are reported as such, and strictly. */
  @Test
  void bothRegimes() throws IOException {
    String table = Files.readString(music.resolve("table1.md"));
    String minimised = "\\([0-9.]+\\) / 0\\.00[13] \\| ";
    assertTrue(
        table.matches("(?s).*\\| VSDN-SDE, assimilated \\| " + minimised + minimised + "[0-9].*"),
        table);
    String bound = "[0-9.]+ / 0\\.00[13] \\| ";
    String strict = "\\| VSDN-SDE, assimilated, judged strictly \\| ";
    assertTrue(table.matches("(?s).*" + strict + bound + bound + "[0-9].*"), table);
    assertFalse(table.contains("How far each VSDN is ahead"), "without ODE-RNN: " + table);
    Map<String, String> scores =
        Json.read(
            Files.readAllBytes(music.resolve("cells/vsdn-sde-assimilated-50-seed0/scores.json")));
    assertTrue(scores.containsKey("at50.strict.importance"), scores.toString());
    assertNotEquals(scores.get("at50.nll"), scores.get("at50.strict.nll"));
    assertTrue(scores.containsKey("at50.strict.held_out.smoothed.accuracy"), scores.toString());
    assertFalse(scores.containsKey("at50.strict.held_out.predicted.accuracy"), scores.toString());
  }

  @Test
  void allAccuraciesAndWhatIsKnown() throws IOException {
    String table = Files.readString(music.resolve("table1.md"));
    for (String title : List.of("Prediction", "Interpolation", "Interpolation from the past")) {
      String head =
          title + " where 25 % of the frames are observed, by all accuracies, %:\n\n| | dr";
      assertTrue(table.contains(head), table);
    }
    String five = "( [0-9.]+ \\|){5}\n";
    for (String row :
        List.of(
            "GRU-ODE", "VSDN-SDE, assimilated, judged strictly", "\\*copy the last observed\\*")) {
      assertTrue(table.matches("(?s).*\n\\| " + row + " \\|" + five + ".*"), row + table);
    }
    assertTrue(
        table.matches("(?s).*\\| GRU-ODE( \\| [0-9.]+){3} / 91.70 \\| [0-9.]+ / 91.35 \\|\n.*"),
        table);
  }

  /** A cell is a run like any other. */
  @Test
  void cellsCanBeUsed() {
    String cell = music.resolve("cells").resolve("vsdn-sde-25-seed0").toString();
    assertTrue(Cli.run("info", cell).succeeded().out().contains("vsdn-sde"));
    Cli.run("sample", cell, "--count=1", "--out=" + temporary.resolve("sample")).succeeded();
    for (String[] command :
        new String[][] {{"evaluate", ""}, {"info", ""}, {"train", "--resume="}}) {
      String line = Cli.run(command[0], command[1] + music).failure(1);
      assertTrue(line.contains("its models are in " + music.resolve("cells")), line);
      assertTrue(line.endsWith("gru-ode-25-seed0"), line);
    }
  }

  @Test
  void killedStudiesGoOn() throws IOException {
    Path killed = copy("killed");
    Files.delete(killed.resolve("table1.csv"));
    // One cell was trained and not judged, one was never begun.
    Files.delete(killed.resolve("cells/gru-ode-25-seed0/scores.json"));
    Path second = killed.resolve("cells/vsdn-sde-25-seed0");
    for (String file : Cli.files(second)) {
      Files.delete(second.resolve(file));
    }
    String out = run(killed, "midi", "--steps=2", "--threads=2").succeeded().out();
    assertTrue(out.contains("2 of 6 models are to be trained"), out);
    assertArrayEquals(
        Files.readAllBytes(music.resolve("table1.csv")),
        Files.readAllBytes(killed.resolve("table1.csv")));
    String again = run(killed, "midi", "--steps=2").succeeded().out();
    assertFalse(again.contains("Cell"), again);
  }

  /**
   * As of a version that measured less. What it lacks is judged from the model, without training.
   */
  @Test
  void figuresThatAreLackingAreJudged() throws IOException {
    Path older = copy("older");
    Path cell = older.resolve("cells/vsdn-sde-assimilated-25-seed0");
    Path gone = older.resolve("cells/vsdn-sde-assimilated-50-seed0");
    for (Path each : List.of(cell, gone)) {
      byte[] all = Files.readAllBytes(each.resolve("scores.json"));
      var fewer = new LinkedHashMap<>(Json.read(all));
      fewer.keySet().removeIf(key -> key.matches("at(10|75)\\..*|.*\\.strict\\..*"));
      var numbers = new LinkedHashMap<String, Double>();
      fewer.forEach((key, value) -> numbers.put(key, Double.valueOf(value)));
      Files.write(each.resolve("scores.json"), Json.write(numbers));
      Files.delete(each.resolve("checkpoint.safetensors"));
    }
    Path kept = gone.resolve("kept");
    Files.move(gone.resolve("model.safetensors"), kept);
    String out = run(older, "midi", "--steps=2").succeeded().out();
    String announced = "1 of 6 models are to be trained and judged, 1 of them only judged, for";
    assertTrue(out.contains(announced), out);
    assertFalse(out.contains("iteration"), out);
    String table = Files.readString(older.resolve("table1.md"));
    assertTrue(
        table.matches("(?s).*assimilated, judged strictly \\| [0-9.]+ / 0.003 \\| – /.*"), table);
    Files.move(kept, gone.resolve("model.safetensors"));
    run(older, "midi", "--steps=2").succeeded();
    for (String same : List.of("table1.csv", "table1.md")) {
      assertEquals(
          Files.readString(music.resolve(same)), Files.readString(older.resolve(same)), same);
    }
  }

  @Test
  void anotherStudyIsRefused() throws IOException {
    byte[] before = Files.readAllBytes(music.resolve("config.json"));
    String line = run(music, "midi", "--steps=3").failure(1);
    assertTrue(line.contains("expected a study with steps = 3, found one with 2"), line);
    line = run(music, "midi", "--steps=2", "--set=batch=3").failure(1);
    assertTrue(line.contains("batch=3"), line);
    line = run(music.resolve("cells"), "midi", "--steps=2").failure(1);
    assertTrue(line.contains("expected a new or empty folder"), line);
    assertArrayEquals(before, Files.readAllBytes(music.resolve("config.json")));
  }

  @Test
  void otherRecordingsAreRefused() throws IOException {
    Path recordings = Files.createDirectory(temporary.resolve("recordings"));
    Files.writeString(
        recordings.resolve("files.csv"), "file,split\na.mid,train\nb.mid,valid\nc.mid,test\n");
    for (int i = 0; i < 3; i++) {
      song(recordings.resolve("abc".charAt(i) + ".mid"), 60 + i);
    }
    Path out = temporary.resolve("out");
    run("gru-ode", out, "midi", "--steps=1", "--data=" + recordings).succeeded();
    String again =
        run("gru-ode", out, "midi", "--steps=1", "--data=" + recordings).succeeded().out();
    assertFalse(again.contains("Cell"), again);
    // As many segments, and the same to learn from.
    song(recordings.resolve("c.mid"), 70);
    String line = run("gru-ode", out, "midi", "--steps=1", "--data=" + recordings).failure(1);
    assertTrue(line.contains("expected the recordings that the study was begun with"), line);
  }

  /** A study of an earlier version knows nothing of its data but how many segments there are. */
  @Test
  void aStudyWithoutAFingerprintGoesOn() throws IOException {
    Path older = copy("older");
    Path config = older.resolve("config.json");
    String now = Files.readString(config);
    Files.writeString(config, now.replaceFirst(",\\s+\"fingerprint\" : \"\\w+\"", ""));
    assertNotEquals(now, Files.readString(config));
    String out = run(older, "midi", "--steps=2").succeeded().out();
    assertFalse(out.contains("Cell"), out);
    assertEquals(now, Files.readString(config), "from now on it is known");
  }

  private static void song(Path file, int pitch) throws IOException {
    FloatTensor roll = FloatTensor.zeros(Shape.of(240, PianoRoll.PITCHES));
    for (int frame = 0; frame < roll.shape().dim(0); frame++) {
      roll.put(frame * PianoRoll.PITCHES + pitch, 1);
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      MidiWriter.write(roll, 4, out);
    }
  }

  /** Cells of another version, or edited ones, would make a table of apples and pears. */
  @Test
  void aCellOfAnotherKindIsRefused() throws IOException {
    Path other = copy("other");
    Path config = other.resolve("cells/gru-ode-50-seed0/config.json");
    String text = Files.readString(config);
    Files.writeString(
        config, text.replaceFirst("\"learningRate\" : [0-9.]+", "\"learningRate\" : 7.0"));
    String line = run(other, "midi", "--steps=2").failure(1);
    assertTrue(line.contains("gru-ode-50-seed0") && line.contains("found one with 7.0"), line);
  }

  /** Its title has a comma. */
  @Test
  void everyRowHasAsManyColumns() throws IOException {
    Path out = temporary.resolve("out");
    run("bidirectional-ode-rnn", out, "midi", "--steps=1").succeeded();
    List<String> rows = Files.readAllLines(out.resolve("table1.csv"));
    assertEquals(1 + 4 + 1 + 5 * 4, rows.size());
    int columns = rows.getFirst().split(",", -1).length;
    rows.forEach(row -> assertEquals(columns, row.split(",", -1).length, row));
    assertTrue(rows.get(1).startsWith("bidirectional-ode-rnn,false,0.25,0.1,0,"), rows.get(1));
    assertTrue(rows.get(6).startsWith("copy,false,,0.1,"), rows.get(6));
  }

  @Test
  void badArguments() {
    Path out = temporary.resolve("out");
    assertTrue(run(out, "video").failure(2).contains("TABLE: expected one of [midi, speech]"));
    assertTrue(run(out, "midi", "--preset=big").failure(2).contains("one of [scaled, paper]"));
    assertTrue(run("vsdn-vea", out, "midi").failure(2).contains("did you mean 'vsdn-vae'?"));
    assertTrue(run(out, "midi", "--seeds=0").failure(2).contains("--seeds: expected 1"));
    assertTrue(run(out, "midi", "--set=bach=1").failure(2).contains("did you mean 'batch'?"));
    for (String decided : List.of("model.system=gru-ode", "rate=0.5", "seed=3", "iterations=5")) {
      String line = run(out, "midi", "--set=" + decided).failure(2);
      assertTrue(line.contains("--set " + decided + ": expected a setting that a study"), line);
    }
    String nothing = "--data=" + temporary.resolve("none");
    assertTrue(run(out, "speech", nothing).failure(1).contains("found nothing there"));
    assertFalse(Files.exists(out));
  }

  @Test
  void aDiskWithoutRoomIsToldFirst() {
    var all = new ArrayList<>(List.of("reproduce", "midi", "--systems=vsdn-vae"));
    all.add("--out=" + temporary.resolve("out"));
    all.addAll(List.of("--set=model.hidden=30000", "--set=model.hiddenLayers=300"));
    Cli.Result result = Cli.run(all.toArray(String[]::new));
    assertTrue(result.failure(1).contains("free for checkpoints"), result.out());
    assertFalse(result.out().contains("Measuring"), result.out());
  }

  @Test
  void speechHasFigure4() throws IOException {
    Path out = temporary.resolve("speech");
    run("vsdn-vae", out, "speech", "--steps=1", "--ablation-steps=1").succeeded();
    List<String> files = Cli.files(out);
    assertTrue(files.contains("figure4.png") && files.contains("table2.md"), files.toString());
    assertTrue(files.contains("figure3-1-vsdn-vae.wav"), files.toString());
    assertEquals(1 + 9, Files.readAllLines(out.resolve("figure4.csv")).size());
    String table = Files.readString(out.resolve("table2.md"));
    assertTrue(table.contains(" / -0.655 |") && table.contains(" / 0.1044 |"), table);
    assertTrue(table.contains("| | σ, prediction 25 % | σ, prediction 50 % |"), table);
    assertTrue(table.matches("(?s).*\\| VSDN-VAE, assimilated( \\| 0\\.\\d{4}){4} \\|\n.*"), table);
    assertTrue(
        Files.readAllLines(out.resolve("table2.csv"))
            .getFirst()
            .contains(",observed.predicted.std,observed.predicted.rmse"));
  }

  /** The study as it was finished, to change. */
  private Path copy(String name) throws IOException {
    Path copy = temporary.resolve(name);
    copy(music, copy);
    return copy;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    for (String name : Cli.files(from)) {
      Path file = from.resolve(name);
      if (Files.isDirectory(file)) {
        copy(file, to.resolve(name));
      } else {
        Files.copy(file, to.resolve(name));
      }
    }
  }
}
