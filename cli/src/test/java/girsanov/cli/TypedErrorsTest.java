package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An error names what was typed, as it was typed, and words agree with their numbers. */
final class TypedErrorsTest {
  @TempDir private static Path trained = Path.of("");
  @TempDir private Path temporary = Path.of("");

  private static String lorenz = "";
  private static String music = "";

  @BeforeAll
  static void train() {
    lorenz = trained.resolve("lorenz").toString();
    music = trained.resolve("music").toString();
    Cli.run(Cli.tinyLorenz(Path.of(lorenz), "--iterations=1")).succeeded();
    String[] more = {"--iterations=2", "--set=validateEvery=1"};
    String report = Cli.run(Cli.tinyFrames("gru-ode", Path.of(music), more)).succeeded().out();
    assertTrue(report.matches("(?s).*iteration 1 / 2   loss +[0-9.]+   validation .*"), report);
  }

  @Test
  void theOptionThatIsShortForASetting() {
    assertTrue(usage("train", "mocap", "--iterations=x").startsWith("--iterations: expected a wh"));
    assertTrue(usage("train", "mocap", "--seed=1.5").startsWith("--seed: expected a whole number"));
    assertEquals(
        "--iterations: expected 1 or more, got 0", usage("train", "mocap", "--iterations=0"));
    assertTrue(usage("train", "mocap", "--set=seed=1.5").startsWith("--set seed: expected"));
  }

  @Test
  void whatDoesNotBelong() {
    String line = usage("train", "mocap", "--iteration", "5");
    assertTrue(line.startsWith("unknown option '--iteration'; did you mean --iterations?"), line);
    line = usage("train", "mocap", "lorenz");
    assertTrue(line.startsWith("expected one PRESET only, got 'lorenz' as well"), line);
    line = usage("trian", "mocap");
    assertTrue(line.startsWith("unknown command 'trian'; did you mean train?"), line);
  }

  @Test
  void whatAnotherOptionLimits() {
    String line = usage("forecast", lorenz, "--sequence=3", "--count=2");
    assertTrue(line.contains("which are all that --count draws for, got 3; give --count 3"), line);
    line = usage("forecast", lorenz, "--sequence=30", "--count=2");
    assertEquals("--sequence: expected a number from 1 to 4, got 30", line);
    line = usage("interpolate", music, "--points=3");
    assertTrue(line.startsWith("--points: expected a latent SDE, got gru-ode"), line);
    line = Cli.run("train", "--resume=" + lorenz, "--set=learningRate=0.25").failure(1);
    assertTrue(line.contains("--resume cannot change it to 0.25, but iterations only"), line);
    String info = Cli.run("info", lorenz).succeeded().out();
    assertTrue(info.contains("train --resume can change iterations;"), info);
  }

  @Test
  void pathsAsTyped() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    String line = Cli.run(Cli.tinyLorenz(file)).failure(1);
    assertTrue(line.contains(file + ": expected a folder to write to, found a file"), line);
    Path folder = Files.createDirectory(temporary.resolve("folder"));
    Path typed = folder.resolve("..").resolve("folder");
    Files.writeString(folder.resolve("sound.wav"), "no sound");
    line = Cli.run("evaluate", music, "--data=" + typed).failure(1);
    assertTrue(line.contains(typed + ""), line);
  }

  /** Not what a decoder of text has to say of its length. */
  @Test
  void whatIsNoText() throws IOException {
    Path input = temporary.resolve("song.mid");
    Files.write(input, new byte[] {'M', 'T', 'h', 'd', 0, (byte) 0xff, (byte) 0xfe});
    String line = Cli.run("forecast", lorenz, "--input=" + input).failure(1);
    assertTrue(line.contains("expected comma-separated text with the header 'sequence,"), line);
    assertTrue(line.contains("found a MIDI file"), line);
  }

  @Test
  void oneOfAnything() {
    String out = "--out=" + temporary.resolve("one");
    String report = Cli.run("sample", lorenz, "--count=1", out).succeeded().out();
    assertTrue(report.contains("1 sample of the learned prior is in "), report);
    out = "--out=" + temporary.resolve("two");
    report = Cli.run("interpolate", lorenz, "--count=1", out).succeeded().out();
    assertTrue(report.contains("4 draws for 1 sequence are in "), report);
    out = "--out=" + temporary.resolve("three");
    report = Cli.run("sample", music, "--count=2", out).succeeded().out();
    assertTrue(report.contains("2 samples of the model are in "), report);
  }

  /** The line without the name of the program. */
  private static String usage(String... arguments) {
    return Cli.run(arguments).failure(2).substring("girsanov: ".length());
  }
}
