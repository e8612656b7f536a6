package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.cli.runs.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of sound as users have them: with SPHERE files, and with what cannot be used. */
final class SoundFoldersTest {
  private static final String SHORTEN =
      "expected uncompressed samples, sample_coding pcm, found 'pcm,embedded-shorten-v2.00';"
          + " convert: sph2pipe -p -f wav IN OUT";
  private static final String STEREO =
      "expected one channel, found 2; mix them: sox IN OUT remix -";
  private static final String SLOW =
      "expected 16,000 samples a second, found 8,000; convert: sox IN -r 16000 OUT";
  private static final String NEITHER =
      "expected a WAV file, which starts with RIFF, or a SPHERE file, which starts with NIST_1A,"
          + " found neither";

  @TempDir private Path temporary = Path.of("");
  private Path folder = Path.of("");
  private Path run = Path.of("");

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("recordings"));
    run = temporary.resolve("run");
  }

  private String[] train() {
    return Cli.tinyFrames("vsdn-vae", run, "--data=" + folder, "--iterations=2");
  }

  @Test
  void sphereFilesTrain() throws IOException {
    speakers();
    String report = Cli.run(train()).succeeded().out();
    assertTrue(report.contains("from 4 sound files"), report);
    assertTrue(report.contains("2 segments to validate on"), report);
    assertFalse(Files.exists(run.resolve("skipped.txt")), report);
    var figures = Json.read(Files.readAllBytes(run.resolve("metrics.json")));
    assertTrue(Double.isFinite(Double.parseDouble(figures.getOrDefault("test.nll", "NaN"))));
    assertEquals("0", figures.get("skipped"));

    // Such a file can be filled in by itself, too.
    Path out = temporary.resolve("interpolated");
    String input = "--input=" + folder.resolve("b/said.wav");
    Cli.run("interpolate", run.toString(), input, "--count=1", "--out=" + out).succeeded();
    assertTrue(Files.exists(out.resolve("interpolated-1.wav")));
  }

  @Test
  void whatCannotBeUsedIsNamedAndCounted() throws IOException {
    speakers();
    put("a/compressed.sph", compressed());
    put("b/slow.wav", wave(8_000, 1));
    put("c/stereo.wav", wave(16_000, 2));
    put("d/broken.wav", "this is no sound".getBytes(StandardCharsets.US_ASCII));
    List<String> skipped =
        List.of(
            "a/compressed.sph: " + SHORTEN,
            "b/slow.wav: " + SLOW,
            "c/stereo.wav: " + STEREO,
            "d/broken.wav: " + NEITHER);
    String report = Cli.run(train()).succeeded().out();
    assertTrue(report.contains("from 4 sound files"), report);
    assertTrue(
        report.contains("4 files were skipped:\n  " + String.join("\n  ", skipped) + "\n"), report);
    assertEquals(skipped, Files.readAllLines(run.resolve("skipped.txt")));
    var figures = Json.read(Files.readAllBytes(run.resolve("metrics.json")));
    assertEquals("4", figures.get("skipped"));
  }

  @Test
  void whatIsAllThereIsAndCannotBeUsed() throws IOException {
    byte[] sphere = sphere(samples(32_000), "");
    refused("compressed.wav", compressed(), SHORTEN);
    refused("stereo.wav", wave(16_000, 2), STEREO);
    refused("slow.wav", wave(8_000, 1), SLOW);
    refused("broken.wav", new byte[9], NEITHER);
    refused(
        "short.wav", wave(16_000, 1, 15_999), "expected at least one second of sound, found less");
    refused(
        "cut.sph",
        Arrays.copyOf(sphere, sphere.length - 2),
        "expected 64,000 bytes of samples, found 63,998; the file is cut short");
  }

  private void refused(String name, byte[] content, String reason) throws IOException {
    put(name, content);
    assertEquals(
        "girsanov: "
            + folder
            + ": expected usable sound files, found none; of 1, each was skipped: "
            + name
            + ": "
            + reason,
        Cli.run(train()).failure(1));
    assertFalse(Files.exists(run));
    Files.delete(folder.resolve(name));
  }

  @Test
  void anEmptyFolder() {
    assertEquals(
        "girsanov: "
            + folder
            + ": expected MIDI files (.mid) or sound files (.wav, .sph) in this folder or below,"
            + " found none",
        Cli.run(train()).failure(1));
    assertFalse(Files.exists(run));
  }

  /** Two seconds of each of four, as TIMIT has them: the folder is the speaker. */
  private void speakers() throws IOException {
    for (String speaker : List.of("a", "b", "c", "d")) {
      put(speaker + "/said.wav", sphere(samples(32_000), ""));
    }
  }

  private void put(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static short[] samples(int count) {
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) (8_000 * Math.sin(0.05 * i));
    }
    return samples;
  }

  private static byte[] littleEndian(short[] samples) {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    return bytes.array();
  }

  private static byte[] compressed() {
    return sphere(samples(20_000), "sample_coding -s26 pcm,embedded-shorten-v2.00\n");
  }

  /** A NIST SPHERE file of 16 bits at 16 kHz. */
  private static byte[] sphere(short[] samples, String coding) {
    String header =
        """
        NIST_1A
           1024
        channel_count -i 1
        sample_count -i %d
        sample_rate -i 16000
        sample_n_bytes -i 2
        sample_byte_format -s2 01
        %send_head
        """
            .formatted(samples.length, coding);
    byte[] data = littleEndian(samples);
    byte[] file = Arrays.copyOf(header.getBytes(StandardCharsets.US_ASCII), 1024 + data.length);
    System.arraycopy(data, 0, file, 1024, data.length);
    return file;
  }

  private static byte[] wave(int rate, int channels) throws IOException {
    return wave(rate, channels, 40_000);
  }

  /** A WAV file of 16 bits. */
  private static byte[] wave(int rate, int channels, int samples) throws IOException {
    var format = new AudioFormat(rate, 16, channels, true, false);
    byte[] data = littleEndian(samples(samples));
    var sound = new AudioInputStream(new ByteArrayInputStream(data), format, samples / channels);
    var out = new ByteArrayOutputStream();
    AudioSystem.write(sound, AudioFileFormat.Type.WAVE, out);
    return out.toByteArray();
  }
}
