package girsanov.readers.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.data.DataException;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import org.junit.jupiter.api.Test;

class WaveformTest {
  private static final short[] SAMPLES = Sounds.samples(1000);

  @Test
  void wave() throws IOException {
    assertArrayEquals(SAMPLES, Waveform.read(Sounds.wave(SAMPLES)).samples());
  }

  @Test
  void waveOfOtherWidthsKeepsTheUpperBits() throws IOException {
    byte[] bytes = {0, 1, (byte) 128, (byte) 129, (byte) 255};
    short[] unsigned = {-32_768, -32_512, 0, 256, 32_512};
    assertArrayEquals(unsigned, read(new AudioFormat(16_000, 8, 1, false, false), bytes));
    byte[] threeBytes = {9, 2, 1, 9, (byte) 0xFE, (byte) 0xFF};
    short[] upper = {258, -2};
    assertArrayEquals(upper, read(new AudioFormat(16_000, 24, 1, true, false), threeBytes));
  }

  @Test
  void sphereOfBothByteOrders() {
    assertArrayEquals(SAMPLES, Waveform.read(Sounds.sphere(SAMPLES)).samples());
    String header = Sounds.header(SAMPLES.length).replace("-s2 01", "-s2 10");
    byte[] data = Sounds.bytes(SAMPLES, ByteOrder.BIG_ENDIAN);
    assertArrayEquals(SAMPLES, Waveform.read(Sounds.sphere(header, data)).samples());
  }

  @Test
  void sphereOfOneByte() {
    String header = changed("sample_n_bytes -i 2", "sample_n_bytes -i 1\nsample_coding -s3 pcm");
    header = header.replace("sample_count -i 1000", "sample_count -i 2");
    short[] expected = {256, -256};
    assertArrayEquals(expected, Waveform.read(Sounds.sphere(header, new byte[] {1, -1})).samples());
  }

  @Test
  void segmentsAreWholeSeconds() throws IOException {
    short[] samples = new short[35_000];
    samples[16_100] = -200;
    samples[34_000] = 400;
    Waveform sound = Waveform.read(Sounds.wave(samples));
    assertEquals(2, sound.segments());
    assertEquals(400, sound.peak());
    assertEquals(0, sound.peak(0));
    assertEquals(200, sound.peak(1));
    FloatTensor frames = sound.segment(1, 400);
    assertEquals(Shape.of(160, 100), frames.shape());
    assertEquals(-0.5, frames.at(100));
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    FloatTensor frames = FloatTensor.zeros(Shape.of(160, 100));
    short[] expected = new short[frames.size()];
    for (int i = 0; i < frames.size(); i++) {
      expected[i] = (short) (i * 4 - 32_000);
      frames.put(i, expected[i] / 32_767.0);
    }
    frames.put(0, -1.5);
    frames.put(1, Double.POSITIVE_INFINITY);
    expected[0] = -32_767;
    expected[1] = 32_767;
    var out = new ByteArrayOutputStream();
    WaveWriter.write(frames, out);
    assertArrayEquals(expected, Waveform.read(out.toByteArray()).samples());
    frames.put(7, Double.NaN);
    assertThrows(IllegalArgumentException.class, () -> WaveWriter.write(frames, out));
  }

  @Test
  void stereo() throws IOException {
    assertError(
        "expected one channel, found 2",
        Sounds.wave(new AudioFormat(16_000, 16, 2, true, false), new byte[400]));
    assertError("expected one channel, found 2", sphere("count -i 1\n", "count -i 2\n"));
  }

  @Test
  void anotherRate() throws IOException {
    assertError(
        "expected 16,000 samples a second, found 8,000; convert: sox",
        Sounds.wave(new AudioFormat(8_000, 16, 1, true, false), new byte[400]));
    assertError("found 8,000", sphere("rate -i 16000", "rate -i 8000"));
  }

  @Test
  void compressed() throws IOException {
    assertError(
        "found 'pcm,embedded-shorten-v2.00'; convert: sph2pipe",
        sphere("end_head", "sample_coding -s26 pcm,embedded-shorten-v2.00\nend_head"));
    assertError("found 'ulaw'", sphere("end_head", "sample_coding -s4 ulaw\nend_head"));
    assertError(
        "found coding ULAW",
        Sounds.wave(new AudioFormat(Encoding.ULAW, 16_000, 8, 1, 1, 16_000, false), new byte[9]));
  }

  @Test
  void cutShort() throws IOException {
    byte[] wave = Sounds.wave(SAMPLES);
    assertError("expected 2,000 bytes of samples, found 1,990", wave, wave.length - 10);
    assertError("cut short or damaged", wave, 30);
    byte[] sphere = Sounds.sphere(SAMPLES);
    assertError("expected 2,000 bytes of samples, found 1,999", sphere, sphere.length - 1);
    assertError("expected a SPHERE header inside", sphere, 700);
    assertError("expected a SPHERE header inside", sphere, 9);
  }

  @Test
  void damagedSphereHeader() {
    assertError("end_head", sphere("end_head", "end_hat"));
    assertError("expected sample_rate", sphere("sample_rate", "sample_rite"));
    assertError("expected a whole number as sample_count", sphere("count -i 1000", "count -i 1e3"));
    assertError("sample_byte_format 01", sphere("-s2 01", "-s9 shortpack-v0"));
    assertError("expected samples of 1 or 2 bytes, found 4", sphere("bytes -i 2", "bytes -i 4"));
  }

  @Test
  void noSound() {
    assertError("found neither", "MThd is no sound".getBytes(StandardCharsets.US_ASCII));
    assertError("found neither", new byte[0]);
  }

  private static short[] read(AudioFormat format, byte[] data) throws IOException {
    return Waveform.read(Sounds.wave(format, data)).samples();
  }

  private static String changed(String from, String to) {
    String header = Sounds.header(SAMPLES.length);
    assertTrue(header.contains(from));
    return header.replace(from, to);
  }

  private static byte[] sphere(String from, String to) {
    return Sounds.sphere(changed(from, to), Sounds.bytes(SAMPLES, ByteOrder.LITTLE_ENDIAN));
  }

  private static void assertError(String part, byte[] file, int length) {
    assertError(part, Arrays.copyOf(file, length));
  }

  private static void assertError(String part, byte[] file) {
    DataException e = assertThrows(DataException.class, () -> Waveform.read(file));
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }
}
