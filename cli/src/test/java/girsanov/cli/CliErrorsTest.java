package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.readers.music.MidiWriter;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong ends in one line that says so, an exit code, and nothing half written. */
final class CliErrorsTest {
  private static final Path MOCAP =
      Path.of("..", "models", "src", "main", "resources", "girsanov", "models", "data", "mocap35");

  @TempDir private static Path trained = Path.of("");
  @TempDir private Path temporary = Path.of("");

  @BeforeAll
  static void train() {
    Cli.run(Cli.tinyLorenz(trained.resolve("lorenz"), "--iterations=2")).succeeded();
  }

  @Test
  void unknownPreset() {
    String line = Cli.run("train", "mocab").failure(2);
    assertTrue(line.contains("unknown preset 'mocab': did you mean 'mocap'?"), line);
    assertTrue(Cli.run("train").failure(2).contains("expected the name of a preset"));
  }

  @Test
  void misspeltSetting() {
    String line = Cli.run("train", "mocap", "--set", "learningrate=1").failure(2);
    assertTrue(line.contains("did you mean 'learningRate'?"), line);
  }

  @Test
  void badValue() {
    assertTrue(run("mocap", "learningRate=fast").contains("expected a number, got 'fast'"));
    assertTrue(run("mocap", "iterations=0").contains("expected 1 or more, got 0"));
    assertTrue(run("mocap", "learningRate=-1").contains("expected a number above 0"));
    assertTrue(run("mocap", "objective").contains("expected KEY=VALUE, got 'objective'"));
    assertTrue(run("mocap", "objective=elbo").contains("one of [nelbo, notebook]"));
    assertTrue(Cli.run("train", "mocap", "--threads=0").failure(2).contains("got 0"));
    assertTrue(Cli.run("train", "mocap", "--threads=x").failure(2).contains("--threads"));
  }

  /** A user must not look for a fault of ours in what they gave. */
  @Test
  void whoseFaultItIs() {
    Path out = temporary.resolve("run");
    for (String[] command :
        new String[][] {
          Cli.tinyFrames("vsdn-vae", out, "--set=framesPerSecond=0.01"),
          {"reproduce", "midi", "--set=framesPerSecond=0.01", "--out=" + out}
        }) {
      assertTrue(Cli.run(command).failure(1).startsWith("girsanov: Expected a rate of 1/60"));
    }
    var err = new StringWriter();
    assertEquals(1, Girsanov.failed(new IllegalArgumentException("of ours"), new PrintWriter(err)));
    assertTrue(err.toString().startsWith("girsanov: this is a fault of girsanov"), err.toString());
  }

  /** Such sizes are refused before anything of them is made. */
  @Test
  void absurdSizes() {
    String line = run("vsdn-vae", "model.hiddenLayers=1000000000");
    assertTrue(line.contains("hiddenLayers: expected at most 1000, got"), line);
    assertTrue(run("vsdn-sde", "model.pathSteps=1000000000").contains("at most 1000"));
    assertTrue(run("vsdn-sde", "model.hidden=2147483647").contains("hidden: expected at most"));
    assertTrue(run("mocap", "model.priorHidden=2147483647").contains("at most 1000000"));
    Path out = temporary.resolve("run");
    String[] wide = {"--set=model.hidden=20000", "--set=model.hiddenLayers=900"};
    line = Cli.run(Cli.tinyFrames("gru-ode", out, wide)).failure(1);
    assertTrue(line.contains("expected at most 2,000,000,000 parameters"), line);
    assertTrue(line.endsWith("lower model.hidden, which is 20000"), line);
    line = Cli.run(Cli.tinyFrames("gru-ode", out, "--set=model.recurrent=100000")).failure(1);
    assertTrue(line.contains("[100000, 200000]"), line);
    assertTrue(line.endsWith("To do so, lower model.recurrent, which is 100000"), line);
    assertFalse(Files.exists(out));
  }

  @Test
  void unknownOptionOrCommand() {
    assertTrue(Cli.run("train", "mocap", "--iteration=5").failure(2).contains("--iterations"));
    assertTrue(Cli.run("trian", "mocap").failure(2).contains("train"));
  }

  @Test
  void badArgumentsLeaveNoFolder() {
    String model = trained.resolve("lorenz").toString();
    String out = "--out=" + temporary.resolve("out");
    Cli.run("train", "lorenz", "--threads=0", out).failure(2);
    Cli.run("evaluate", model, "--threads=0", out).failure(2);
    Cli.run("sample", model, "--count=0", out).failure(2);
    Cli.run("forecast", model, "--sequence=5", out).failure(2);
    Cli.run("interpolate", model, "--points=0", out).failure(2);
    Cli.run("train", "lorenz", "--set=model.latent=0", out).failure(2);
    Cli.run("train", "mocap2", "--set=shortestPrefix=1", out).failure(1);
    Cli.run("train", "mocap", "--set=forecastFrom=300", out).failure(2);
    assertFalse(Files.exists(temporary.resolve("out")));
  }

  @Test
  void missingData() {
    Path out = temporary.resolve("run");
    String line = Cli.run(Cli.tinyMocap(out, "--data=" + temporary.resolve("none"))).failure(1);
    assertTrue(line.contains("columns.csv"), line);
    assertFalse(Files.exists(out));
  }

  @Test
  void truncatedData() throws IOException {
    Path data = mocap();
    byte[] bytes = Files.readAllBytes(data.resolve("train.csv.gz"));
    Files.write(data.resolve("train.csv.gz"), Arrays.copyOf(bytes, bytes.length / 2));
    Path out = temporary.resolve("run");
    String line = Cli.run(Cli.tinyMocap(out, "--data=" + data)).failure(1);
    assertTrue(line.contains("train.csv.gz") && line.contains("cut short"), line);
    assertFalse(Files.exists(out));
  }

  @Test
  void notANumberInData() throws IOException {
    Path data = mocap();
    String text;
    try (var file = new GZIPInputStream(Files.newInputStream(data.resolve("test.csv.gz")))) {
      text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    int place = text.indexOf(",", text.indexOf("\n0,") + 40);
    Files.writeString(
        data.resolve("test.csv"),
        text.substring(0, place) + ",NaN" + text.substring(text.indexOf(",", place + 1)));
    Path out = temporary.resolve("run");
    String line = Cli.run(Cli.tinyMocap(out, "--data=" + data)).failure(1);
    assertTrue(line.contains("line 2: expected a finite number"), line);
    assertFalse(Files.exists(out));
  }

  @Test
  void badInputFile() throws IOException {
    Path input = temporary.resolve("mine.csv");
    String model = trained.resolve("lorenz").toString();
    String[] forecast = {"forecast", model, "--input=" + input, "--out=" + temporary.resolve("f")};
    assertTrue(Cli.run(forecast).failure(1).contains("no such file"));
    Files.writeString(input, "a,b\n");
    assertTrue(Cli.run(forecast).failure(1).contains("expected the header 'sequence,time,x,y,z'"));
    Files.writeString(input, "sequence,time,x,y,z\n1,0,1,NaN,2\n");
    assertTrue(Cli.run(forecast).failure(1).contains("line 2: expected a finite number"));
    Files.writeString(input, "sequence,time,x,y,z\n1,0,1,1\n");
    assertTrue(Cli.run(forecast).failure(1).contains("expected 5 columns, found 4"));
    Files.writeString(input, "sequence,time,x,y,z\n0,0,1,1,1\n");
    assertTrue(Cli.run(forecast).failure(1).contains("expected sequence 1 first"));
    Files.writeString(input, "sequence,time,x,y,z\n1,0.01,1,1,1\n");
    assertTrue(Cli.run(forecast).failure(1).contains("found 0.01 where observation 1 is at 0.0"));
  }

  @Test
  void checkpointOfAnotherModel() throws IOException {
    Path model = trained.resolve("lorenz/model.safetensors");
    String line = Cli.run("evaluate", model.toString(), "--set=model.latent=4").failure(1);
    assertTrue(line.contains("another model"), line);

    Path other = temporary.resolve("other");
    Cli.run(Cli.tinyLorenz(other, "--iterations=1", "--set=model.latent=2")).succeeded();
    Files.delete(other.resolve("checkpoint.safetensors"));
    Files.copy(
        trained.resolve("lorenz/checkpoint.safetensors"), other.resolve("checkpoint.safetensors"));
    byte[] settings = Files.readAllBytes(other.resolve("config.json"));
    line = Cli.run("train", "--resume=" + other, "--iterations=5").failure(1);
    assertArrayEquals(settings, Files.readAllBytes(other.resolve("config.json")));
    assertTrue(
        line.contains("the run has model.latent = 3, and --resume cannot change it to 2"), line);
    line = Cli.run("train", "--resume=" + trained.resolve("lorenz"), "--iterations=1").failure(2);
    assertTrue(line.contains("iterations: expected 2 or more"), line);
  }

  @Test
  void damagedCheckpoint() throws IOException {
    byte[] bytes = Files.readAllBytes(trained.resolve("lorenz/model.safetensors"));
    Path file = temporary.resolve("model.safetensors");
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));
    String line = Cli.run("info", file.toString()).failure(1);
    assertTrue(line.contains("expected") && line.contains("got"), line);
    Files.write(file, Arrays.copyOf(bytes, 5));
    line = Cli.run("info", file.toString()).failure(1);
    assertTrue(line.contains("expected"), line);
    byte[] absurd = bytes.clone();
    Arrays.fill(absurd, 0, 7, (byte) 0xff);
    Files.write(file, absurd);
    line = Cli.run("info", file.toString()).failure(1);
    assertTrue(line.contains("header") && line.contains("expected"), line);
    Files.writeString(file, "this is no checkpoint at all, but some text that is long enough");
    Cli.run("evaluate", file.toString()).failure(1);
    assertTrue(Cli.run("evaluate", temporary + "/x").failure(1).contains("no such file"));
    assertTrue(Cli.run("evaluate", temporary.toString()).failure(1).contains("no config.json"));
  }

  @Test
  void folderThatCannotBeWritten() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    String line = Cli.run(Cli.tinyLorenz(file.resolve("run"))).failure(1);
    assertTrue(line.contains("expected a folder to write to"), line);
    line = Cli.run(Cli.tinyLorenz(trained.resolve("lorenz"))).failure(1);
    assertTrue(line.contains("expected a new or empty folder"), line);
  }

  /** A limit on the size of files stands for a disk that fills up during training. */
  @Test
  void diskThatFillsUp() throws Exception {
    Path out = temporary.resolve("run");
    Path log = temporary.resolve("log");
    Process process = Cli.start(log, "ulimit -f 16; ", Cli.tinyLorenz(out, "--iterations=2000"));
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    List<String> lines = Files.readAllLines(log);
    assertEquals(1, process.exitValue(), lines.toString());
    assertTrue(lines.getLast().contains("girsanov: cannot write"), lines.toString());
    assertTrue(lines.getLast().contains("metrics.csv"), lines.toString());
    String metrics = Files.readString(out.resolve("metrics.csv"));
    assertTrue(metrics.endsWith("\n"), "the last row is whole");
    assertFalse(Cli.files(out).toString().matches(".*(part|tmp).*"), Cli.files(out).toString());
  }

  @Test
  void lossThatIsNoNumber() throws IOException {
    Path out = temporary.resolve("run");
    String line =
        Cli.run(Cli.tinyLorenz(out, "--iterations=50", "--set=learningRate=1e30")).failure(1);
    assertTrue(
        line.matches(
            ".*iteration \\d+: expected a finite (loss term '\\w+'|total loss|gradient).*"),
        line);
    assertTrue(line.contains("checkpoint.safetensors of iteration"), line);
    assertEquals(List.of("checkpoint.safetensors", "config.json", "metrics.csv"), Cli.files(out));
    Cli.run("info", out.toString()).succeeded();
  }

  @Test
  void foldersOfRecordings() throws IOException {
    Path out = temporary.resolve("run");
    Path folder = temporary.resolve("recordings");
    String data = "--data=" + folder;
    assertTrue(frames(1, out, data).contains("found nothing there"));
    Files.createDirectory(folder);
    assertTrue(frames(1, out, data).contains("expected MIDI files (.mid) or sound files"));
    Files.writeString(folder.resolve("broken.mid"), "this is no music");
    assertTrue(frames(1, out, data).contains("broken.mid"));
    Files.writeString(folder.resolve("speech.wav"), "nor is this");
    assertTrue(frames(1, out, data).contains("name a folder that holds one kind"));
    assertTrue(frames(2, out, "--set=rate=0").contains("rate: expected above 0"));
    assertTrue(frames(2, out, "--set=beta=Infinity").contains("beta: expected a number of 0"));
    assertTrue(frames(2, out, "--set=model.recurrent=0").contains("recurrent: expected 1"));
    assertFalse(Files.exists(out));
  }

  /** One broken file among many is named and counted, and the rest is used. */
  @Test
  void brokenRecordings() throws IOException {
    Path folder = songs(4);
    Files.writeString(folder.resolve("broken.mid"), "MThd, but no music");
    Path out = temporary.resolve("run");
    String[] arguments = Cli.tinyFrames("gru-ode", out, "--iterations=1", "--data=" + folder);
    String report = Cli.run(arguments).succeeded().out();
    assertTrue(report.contains("1 file was skipped:\n  broken.mid: expected"), report);
    assertTrue(report.contains("from 4 MIDI files"), report);
    String figures = Files.readString(out.resolve("metrics.json"));
    assertTrue(figures.contains("\"skipped\" : 1"), figures);
    assertTrue(Files.readString(out.resolve("skipped.txt")).startsWith("broken.mid: expected"));
    // The folder is remembered, and looked for.
    Cli.run("evaluate", out.toString(), "--out=" + temporary.resolve("again")).succeeded();
    for (String file : Cli.files(folder)) {
      Files.delete(folder.resolve(file));
    }
    String line = Cli.run("evaluate", out.toString()).failure(1);
    assertTrue(line.contains(folder + ": expected MIDI files"), line);
    Files.delete(folder);
    line = Cli.run("sample", out.toString()).failure(1);
    assertTrue(line.contains("found nothing there; name their folder with --data"), line);
  }

  @Test
  void goesOnWithTheSameDataAlone() throws IOException {
    Path run = temporary.resolve("run");
    Path first = Files.move(songs(3), temporary.resolve("first"));
    Cli.run(Cli.tinyFrames("gru-ode", run, "--iterations=1", "--data=" + first)).succeeded();
    String data = "--data=" + songs(4);
    String line = Cli.run("train", "--resume=" + run, "--iterations=2", data).failure(1);
    assertTrue(line.contains("expected the data that the run has learned from"), line);
  }

  @Test
  void musicForAModelOfSpeech() throws IOException {
    Path run = temporary.resolve("run");
    Cli.run(Cli.tinyFrames("gru-ode", run, "--iterations=1", "--set=data=speech")).succeeded();
    String data = "--data=" + songs(3);
    String line = Cli.run("train", "--resume=" + run, "--iterations=2", data).failure(1);
    assertTrue(
        line.contains("expected sound files, for the model is of speech, found MIDI files"), line);
    line = Cli.run("evaluate", run.toString(), data).failure(1);
    assertTrue(line.contains("expected sound files"), line);
    String song = "--input=" + temporary.resolve("songs").resolve("0.mid");
    line = Cli.run("interpolate", run.toString(), song).failure(1);
    assertTrue(line.contains("0.mid: expected a WAV file"), line);
    line = Cli.run("forecast", run.toString()).failure(2);
    assertTrue(line.contains("see girsanov interpolate --regime predicted"), line);
    line = Cli.run("train", "vsdn-vae", data, "--set=data=speech").failure(1);
    assertTrue(line.contains("expected sound files"), line);
  }

  private static String frames(int exitCode, Path out, String argument) {
    return Cli.run(Cli.tinyFrames("vsdn-vae", out, argument)).failure(exitCode);
  }

  /** A folder with so many songs of a minute and a bit. */
  private Path songs(int count) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("songs"));
    FloatTensor roll = FloatTensor.zeros(Shape.of(250, 128));
    for (int song = 0; song < count; song++) {
      for (int frame = 0; frame < 250; frame++) {
        roll.put(frame * 128 + 50 + (song + frame / 4) % 20, 1);
      }
      try (OutputStream file = Files.newOutputStream(folder.resolve(song + ".mid"))) {
        MidiWriter.write(roll, 4, file);
      }
    }
    return folder;
  }

  private static String run(String preset, String setting) {
    return Cli.run("train", preset, "--set", setting).failure(2);
  }

  /** A copy of the motion-capture files. */
  private Path mocap() throws IOException {
    Path copy = Files.createDirectory(temporary.resolve("data"));
    for (String name : Cli.files(MOCAP)) {
      Files.copy(MOCAP.resolve(name), copy.resolve(name));
    }
    return copy;
  }
}
