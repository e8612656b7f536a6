package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.cli.experiment.Fingerprint;
import girsanov.cli.experiment.Preset;
import girsanov.cli.experiment.Problem;
import girsanov.cli.experiment.SavedModel;
import girsanov.cli.experiment.Sizes;
import girsanov.cli.runs.Json;
import girsanov.models.vsdn.FrameSystem;
import girsanov.readers.Kind;
import girsanov.readers.music.PianoRoll;
import girsanov.readers.music.Score;
import girsanov.readers.speech.WaveWriter;
import girsanov.readers.speech.Waveform;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of music and speech, from the command line to files that can be heard. */
final class FrameCommandsTest {
  @TempDir private static Path runs = Path.of("");
  @TempDir private Path temporary = Path.of("");

  private static Path music = Path.of("");
  private static Path speech = Path.of("");
  private static String report = "";

  @BeforeAll
  static void train() {
    music = runs.resolve("music");
    speech = runs.resolve("speech");
    report = Cli.run(Cli.tinyFrames("vsdn-vae", music, "--iterations=4")).succeeded().out();
    Cli.run(Cli.tinyFrames("vsdn-sde-res", speech, "--iterations=2", "--set=data=speech"))
        .succeeded();
  }

  @Test
  void aRunLeavesItsFolder() throws IOException {
    assertEquals(
        List.of(
            "checkpoint.safetensors",
            "config.json",
            "interpolation.png",
            "loss.png",
            "metrics.csv",
            "metrics.json",
            "model.safetensors"),
        Cli.files(music));
    List<String> rows = Files.readAllLines(music.resolve("metrics.csv"));
    assertEquals(
        "iteration,loss,divergence,reconstruction,gradient_norm,learning_rate,seconds,validation",
        rows.getFirst());
    assertEquals(5, rows.size());
    Map<String, String> config = Json.read(Files.readAllBytes(music.resolve("config.json")));
    assertEquals("vsdn-vae", config.get("model.system"));
    assertEquals("music", config.get("data"));
    assertEquals("0.1", Json.read(Files.readAllBytes(speech.resolve("config.json"))).get("beta"));
    assertTrue(report.contains("to validate on") && report.contains("NLL"), report);
  }

  @Test
  void figuresAreDocumented() throws IOException {
    String documented = Files.readString(Path.of("..", "docs", "metrics.md"));
    for (Path run : List.of(music, speech)) {
      Map<String, String> figures = Json.read(Files.readAllBytes(run.resolve("metrics.json")));
      assertTrue(Double.isFinite(Double.parseDouble(figures.getOrDefault("test.nll", "NaN"))));
      for (String key : figures.keySet()) {
        String pattern =
            key.replaceFirst("^test\\.baseline\\.(copy|nearest|linear|zero|mean)\\.", "test.")
                .replaceFirst("^test\\.(observed|held_out)\\.\\w+\\.", "test.FRAMES.REGIME.");
        assertTrue(documented.contains("`" + pattern + "`"), "docs/metrics.md lacks " + pattern);
      }
    }
  }

  /** The same as a study has of them, for the data and the rate are the same. */
  @Test
  void whatNeedsNoModelStandsBeside() throws IOException {
    Map<String, String> figures = Json.read(Files.readAllBytes(music.resolve("metrics.json")));
    assertEquals("0.0", figures.get("test.baseline.zero.held_out.smoothed.accuracy"));
    double copied =
        Double.parseDouble(
            figures.getOrDefault("test.baseline.copy.observed.predicted.accuracy", "NaN"));
    String row = "copy the last observed +– +" + String.format(Locale.ROOT, "%.2f", 100 * copied);
    assertTrue(report.matches("(?s).*\n  " + row + " +[0-9.]+\n.*"), report);
    assertTrue(report.matches("(?s).*\n  training mean +[0-9.]+ +[0-9.]+ +[0-9.]+\n.*"), report);
  }

  @Test
  void settingsAreDocumented() throws IOException {
    String documented = Files.readString(Path.of("..", "docs", "settings.md"));
    Preset preset = Preset.of("vsdn-sde");
    for (String key : preset.experiment().settings().keySet()) {
      assertTrue(documented.contains("`" + key + "`"), "docs/settings.md lacks " + key);
    }
    preset
        .experiment()
        .choices()
        .forEach(
            (key, words) -> {
              boolean many = key.equals("model.system") || words.contains("true");
              for (String word : many ? List.<String>of() : words) {
                assertTrue(documented.contains(word), "docs/settings.md lacks " + key + " " + word);
              }
            });
  }

  /** The column of the paper's sizes has what differs from the default, and nothing else. */
  @Test
  void sizesOfThePaperAreDocumented() throws IOException {
    var column = new HashMap<String, List<String>>();
    for (String row : Files.readAllLines(Path.of("..", "docs", "settings.md"))) {
      String[] cells = row.split("\\|", -1);
      for (String key : cells.length > 4 ? cells[1].split(",") : new String[0]) {
        column.put(key.replace("`", "").strip(), List.of(cells[3].strip().split(", ")));
      }
    }
    for (Kind kind : Kind.values()) {
      var scaled = Sizes.SCALED.experiment(kind, FrameSystem.VSDN_SDE).settings();
      var paper = Sizes.PAPER.experiment(kind, FrameSystem.VSDN_SDE).settings();
      paper.forEach(
          (key, value) -> {
            List<String> documented = column.getOrDefault(key, List.of());
            if (value.equals(scaled.get(key))) {
              assertTrue(documented.equals(List.of("")) || documented.size() > 1, key);
            } else {
              double number = Double.parseDouble(value.toString());
              assertTrue(
                  documented.stream().anyMatch(text -> Double.parseDouble(text) == number), key);
            }
          });
    }
  }

  @Test
  void trainingAtTheSizesOfThePaper() throws IOException {
    Path run = temporary.resolve("run");
    Cli.run(Cli.tinyFrames("vsdn-vae", run, "--sizes=paper", "--iterations=1")).succeeded();
    Map<String, String> config = Json.read(Files.readAllBytes(run.resolve("config.json")));
    assertEquals("1.0E-4", config.get("learningRate"));
    assertEquals("2", config.get("batch"), "what is set counts");
    assertTrue(Cli.run("train", "mocap", "--sizes=paper").failure(2).contains("has its paper's"));
    assertTrue(Cli.run("train", "vsdn-vae", "--sizes=big").failure(2).contains("[scaled, paper]"));
    String line = Cli.run("train", "--resume=" + run, "--sizes=paper").failure(2);
    assertTrue(line.contains("leave out --sizes"), line);
  }

  /** What training would take is what is shown. */
  @Test
  void infoShowsTheSizesOfThePaper() {
    String scaled = Cli.run("info", "vsdn-sde").succeeded().out();
    assertTrue(scaled.matches("(?s).*\n  model.recurrent +64\n.*"), scaled);
    assertEquals(scaled, Cli.run("info", "vsdn-sde", "--sizes=scaled").succeeded().out());
    String paper = Cli.run("info", "vsdn-sde", "--sizes=paper").succeeded().out();
    assertTrue(paper.matches("(?s).*\n  model.recurrent +512\n.*"), paper);
    assertTrue(Cli.run("info", "mocap", "--sizes=paper").failure(2).contains("has its paper's"));
    assertTrue(Cli.run("info", "vsdn-sde", "--sizes=big").failure(2).contains("[scaled, paper]"));
    String line = Cli.run("info", music.toString(), "--sizes=paper").failure(2);
    assertTrue(line.contains("--sizes: expected a preset, got '" + music + "'"), line);
  }

  @Test
  void evaluatingGivesTheSameFiguresOnOtherThreads() throws IOException {
    Path out = temporary.resolve("figures");
    Cli.run("evaluate", music.toString(), "--threads=2", "--out=" + out).succeeded();
    Map<String, String> trained = Json.read(Files.readAllBytes(music.resolve("metrics.json")));
    Map<String, String> again = Json.read(Files.readAllBytes(out.resolve("metrics.json")));
    again.forEach((key, value) -> assertEquals(trained.get(key), value, key));
    assertEquals(List.of("interpolation.png", "metrics.json"), Cli.files(out));
  }

  @Test
  void resumedIsTheSameBits() throws IOException {
    Path resumed = temporary.resolve("resumed");
    Cli.run(Cli.tinyFrames("vsdn-vae", resumed, "--iterations=3")).succeeded();
    Cli.run("train", "--resume=" + resumed, "--iterations=4", "--threads=2").succeeded();
    assertArrayEquals(
        Files.readAllBytes(music.resolve("model.safetensors")),
        Files.readAllBytes(resumed.resolve("model.safetensors")));
  }

  /** A run from before fingerprints told one piece of music from another. */
  @Test
  void aFormerFingerprintIsTaken() throws IOException {
    Path former = temporary.resolve("former");
    Cli.run(Cli.tinyFrames("vsdn-vae", former, "--iterations=1")).succeeded();
    Path checkpoint = former.resolve("checkpoint.safetensors");
    SavedModel saved = SavedModel.read(checkpoint);
    Tensor learned = Problem.of(saved.experiment(), Optional.empty()).learned();
    replace(checkpoint, Fingerprint.of(learned), Fingerprint.former(learned));
    Cli.run("train", "--resume=" + former, "--iterations=2").succeeded();
    replace(checkpoint, Fingerprint.of(learned), "1");
    String line = Cli.run("train", "--resume=" + former, "--iterations=3").failure(1);
    assertTrue(line.contains("learned from (fingerprint 1), got others"), line);
  }

  /** Changes a word in the metadata of a checkpoint, and no place in the file. */
  private static void replace(Path file, String word, String other) throws IOException {
    String spaces = " ".repeat(word.length() - other.length());
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("\"" + word + "\""), "written down");
    String changed = text.replace("\"" + word + "\"", "\"" + other + "\"" + spaces);
    Files.writeString(file, changed, StandardCharsets.ISO_8859_1);
  }

  /** What is said of steps that change nothing, each followed by a validation. */
  private static String withoutLearning(
      String system, Path run, int iterations, String warmUp, String patience) {
    return Cli.run(
            Cli.tinyFrames(
                system,
                run,
                "--iterations=" + iterations,
                "--set=learningRate=1e-30",
                "--set=validateEvery=1",
                warmUp,
                patience))
        .succeeded()
        .out();
  }

  /** A bound whose divergence weighs more with every step gets worse by itself. */
  @Test
  void isPatientUntilTheDivergenceWeighsInFull() throws IOException {
    Path run = temporary.resolve("run");
    String out = withoutLearning("vsdn-vae", run, 6, "--set=warmUp=4", "--set=patience=1");
    assertTrue(out.contains("Stopped after 5 iterations"), out);
  }

  /** The importance-weighted bound has no β: one that is set would be of no effect. */
  @Test
  void aBetaWithoutEffectIsRefused() {
    Path run = temporary.resolve("run");
    String iwae = "--set=objective=iwae";
    String line = Cli.run(Cli.tinyFrames("vsdn-vae", run, "--set=data=speech", iwae)).failure(1);
    assertTrue(line.contains("got beta=0.1; give --set beta=1 with it"), line);
    assertFalse(Files.exists(run));
    String[] all = {"--set=data=speech", iwae, "--set=beta=1", "--set=draws=2", "--iterations=1"};
    Cli.run(Cli.tinyFrames("vsdn-vae", run, all)).succeeded();
  }

  @Test
  void stopsWhenNothingGetsBetter() throws IOException {
    Path run = temporary.resolve("run");
    String out = withoutLearning("gru-ode", run, 9, "--set=warmUp=0", "--set=patience=2");
    assertTrue(out.contains("Stopped after 3 iterations: the model of iteration 1 is kept"), out);
    assertEquals(4, Files.readAllLines(run.resolve("metrics.csv")).size());
    String again = Cli.run("train", "--resume=" + run).succeeded().out();
    assertFalse(again.contains("iteration 4"), again);
  }

  /** What it minimises is no density; its parameters are judged as a strict model besides. */
  @Test
  void assimilatedModelsAreJudgedStrictlyToo() throws IOException {
    Path run = temporary.resolve("run");
    String[] settings = {"--iterations=1", "--set=model.assimilated=true"};
    String out = Cli.run(Cli.tinyFrames("vsdn-vae", run, settings)).succeeded().out();
    Map<String, String> figures = Json.read(Files.readAllBytes(run.resolve("metrics.json")));
    String strict = figures.getOrDefault("test.strict.nll_per_frame", "NaN");
    String nll =
        String.format(
            Locale.ROOT, "given those before, nats a frame +%.4f\n", Double.parseDouble(strict));
    assertTrue(out.matches("(?s).*" + nll + "  +what was minimised, .*: no NLL +[0-9.]+\n.*"), out);
    assertTrue(figures.containsKey("test.strict.held_out.smoothed.accuracy"), figures.toString());
    assertFalse(
        Files.readString(music.resolve("metrics.json")).contains("strict"), "one is strict");
    assertFalse(report.contains("no NLL"), report);
    String documented = Files.readString(Path.of("..", "docs", "metrics.md"));
    assertTrue(documented.contains("`test.strict.…`"), "documented");
  }

  /** In the five forms of music. */
  @Test
  void allAccuraciesArePrinted() {
    String five = "( +[0-9]+\\.[0-9]{2}){5}\n";
    assertTrue(
        report.matches("(?s).*from those before" + five + ".*from all" + five + ".*"), report);
  }

  @Test
  void everySystemTrains() {
    for (String system :
        List.of("ode-rnn", "gru-ode", "bidirectional-ode-rnn", "vsdn-vae-res", "vsdn-sde")) {
      Cli.run(Cli.tinyFrames(system, temporary.resolve(system), "--iterations=1")).succeeded();
    }
  }

  @Test
  void heldOutFramesAreFilledIn() throws IOException {
    Path out = temporary.resolve("interpolated");
    Cli.run("interpolate", music.toString(), "--count=1", "--out=" + out).succeeded();
    assertEquals(List.of("interpolated-1.mid", "interpolation.png", "truth-1.mid"), Cli.files(out));

    // A user's file: what was just written, whose observed frames stay as they are.
    Path again = temporary.resolve("again");
    String input = "--input=" + out.resolve("truth-1.mid");
    Cli.run("interpolate", music.toString(), input, "--set=rate=1", "--out=" + again).succeeded();
    assertArrayEquals(roll(out.resolve("truth-1.mid")), roll(again.resolve("interpolated-1.mid")));
  }

  /** One scale for all sound is that of the training data, for a file of the user too. */
  @Test
  void oneScaleForAllIsKeptWithTheModel() throws IOException {
    Path run = temporary.resolve("run");
    String[] settings = {"--iterations=1", "--set=data=speech", "--set=scaling=global"};
    Cli.run(Cli.tinyFrames("gru-ode", run, settings)).succeeded();
    String model = Files.readString(run.resolve("model.safetensors"), StandardCharsets.ISO_8859_1);
    assertTrue(model.contains("globalPeak"), "written down");
    FloatTensor soft = FloatTensor.zeros(Shape.of(Waveform.FRAMES_PER_SECOND, Waveform.FRAME));
    soft.fill(0.01);
    Path input = temporary.resolve("soft.wav");
    try (OutputStream file = Files.newOutputStream(input)) {
      WaveWriter.write(soft, file);
    }
    Path out = temporary.resolve("interpolated");
    Cli.run("interpolate", run.toString(), "--input=" + input, "--out=" + out).succeeded();
    int peak = Waveform.read(Files.readAllBytes(out.resolve("truth-1.wav"))).peak();
    assertTrue(peak >= 300 && peak < 3000, "peak " + peak);
  }

  @Test
  void speechIsFilledIn() throws IOException {
    Path out = temporary.resolve("interpolated");
    Cli.run("interpolate", speech.toString(), "--count=2", "--out=" + out).succeeded();
    byte[] sound = Files.readAllBytes(out.resolve("interpolated-2.wav"));
    assertEquals(1, Waveform.read(sound).segments());
    assertTrue(Files.exists(out.resolve("interpolation.png")));
  }

  /** What a model predicts can be seen and heard, of the frames that it was given too. */
  @Test
  void framesArePredicted() throws IOException {
    Path out = temporary.resolve("predicted");
    String[] all = {"--count=1", "--set=rate=1"};
    Cli.run("interpolate", music.toString(), "--regime=predicted", all[0], all[1], "--out=" + out)
        .succeeded();
    assertEquals(List.of("predicted-1.mid", "prediction.png", "truth-1.mid"), Cli.files(out));
    assertFalse(
        Arrays.equals(
            Files.readAllBytes(out.resolve("truth-1.mid")),
            Files.readAllBytes(out.resolve("predicted-1.mid"))));

    Path spoken = temporary.resolve("assimilated");
    Cli.run("interpolate", speech.toString(), "--regime=assimilated", all[0], "--out=" + spoken)
        .succeeded();
    assertEquals(
        List.of("assimilated-1.wav", "assimilation.png", "truth-1.wav"), Cli.files(spoken));

    String line = Cli.run("interpolate", music.toString(), "--regime=past").failure(2);
    assertTrue(line.contains("one of [predicted, assimilated, smoothed], got 'past'"), line);
    line = Cli.run("forecast", music.toString()).failure(2);
    assertTrue(line.contains("see girsanov interpolate --regime predicted"), line);
  }

  @Test
  void samplesCanBeHeard() throws IOException {
    Path out = temporary.resolve("samples");
    Cli.run("sample", music.toString(), "--count=2", "--out=" + out).succeeded();
    assertEquals(List.of("sample-1.mid", "sample-2.mid", "samples.png"), Cli.files(out));
    Path spoken = temporary.resolve("spoken");
    Cli.run("sample", speech.toString(), "--count=1", "--out=" + spoken).succeeded();
    assertEquals(List.of("sample-1.wav", "samples.png"), Cli.files(spoken));
  }

  @Test
  void infoDescribesModelsAndPresets() {
    String model = Cli.run("info", music.toString()).succeeded().out();
    assertTrue(model.contains("model.recurrent          5"), model);
    String preset = Cli.run("info", "vsdn-sde").succeeded().out();
    assertTrue(preset.contains("128 pitches"), preset);
    assertTrue(preset.contains("by-source        by-source, by-segment\n"), preset);
    String help = Cli.run("train", "--help").succeeded().out();
    assertTrue(help.contains("vsdn-sde-res"), help);
  }

  private static double[] roll(Path file) throws IOException {
    PianoRoll roll = PianoRoll.of(Score.read(Files.readAllBytes(file)), 4);
    return roll.frames(0, roll.frames()).toArray();
  }
}
