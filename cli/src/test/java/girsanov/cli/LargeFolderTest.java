package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.readers.music.MidiWriter;
import girsanov.readers.music.PianoRoll;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More music than fits into Java's memory: an error that says what helps, which does. */
final class LargeFolderTest {
  private static final int SONGS = 6;
  private static final int MINUTES = 200;
  private static final String LITTLE_MEMORY =
      "export JAVA_TOOL_OPTIONS=\"-XX:+UseG1GC -Xmx120m\"; ";

  @TempDir private Path temporary = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void makeSongs() throws IOException {
    folder = Files.createDirectory(temporary.resolve("songs"));
    FloatTensor roll = FloatTensor.zeros(Shape.of(240 * MINUTES, PianoRoll.PITCHES));
    for (int frame = 0; frame < roll.shape().dim(0); frame++) {
      roll.put(frame * PianoRoll.PITCHES + 50 + frame / 4 % 20, 1);
    }
    var song = new ByteArrayOutputStream();
    MidiWriter.write(roll, 4, song);
    for (int i = 0; i < SONGS; i++) {
      Files.write(folder.resolve(i + ".mid"), song.toByteArray());
    }
  }

  /** What a process says that has little memory. */
  private List<String> run(int exitCode, String... arguments) throws Exception {
    Path log = temporary.resolve("log");
    Process process = Cli.start(log, LITTLE_MEMORY, arguments);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    List<String> lines = Files.readAllLines(log);
    assertEquals(exitCode, process.exitValue(), lines.toString());
    return lines;
  }

  @Test
  void allOfIt() throws Exception {
    Path out = temporary.resolve("run");
    String[] all =
        Cli.tinyFrames("vsdn-vae", out, "--data=" + folder, "--set=segments=0", "--set=heldOut=0");
    String line = run(1, all).getLast();
    String start =
        "girsanov: "
            + folder
            + ": expected segments that leave room in Java's memory, whose 120 MB";
    assertTrue(line.startsWith(start), line);
    assertTrue(line.contains("take fewer by the settings segments and heldOut, such as 2"), line);
    assertFalse(Files.exists(out));
  }

  /** What fits and cannot be judged is told before it is learned from for hours. */
  @Test
  void moreThanCanBeJudged() throws Exception {
    Path out = temporary.resolve("run");
    String[] many =
        Cli.tinyFrames(
            "vsdn-vae", out, "--data=" + folder, "--set=segments=100", "--set=heldOut=0");
    String line = run(1, many).getLast();
    assertEquals(
        "girsanov: expected at most 181 segments to report on, which Java's memory of 120 MB has"
            + " room to judge beside 300 others, got 200; lower heldOut, or segments, or give it"
            + " more by JAVA_TOOL_OPTIONS=-Xmx...",
        line);
    assertFalse(Files.exists(out));
  }

  @Test
  void someOfIt() throws Exception {
    Path out = temporary.resolve("run");
    String[] some = Cli.tinyFrames("vsdn-vae", out, "--data=" + folder, "--iterations=1");
    List<String> lines = run(0, some);
    assertTrue(lines.toString().contains("4 segments of 240 frames from 6 MIDI files"));
  }
}
