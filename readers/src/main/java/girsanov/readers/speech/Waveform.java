package girsanov.readers.speech;

import girsanov.models.data.DataException;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Sound of one channel at 16 kHz, in samples of 16 bits, and the one-second segments of it: 160
 * frames of 100 samples.
 *
 * @param samples from −32,768 to 32,767
 */
public record Waveform(short[] samples) {
  public static final int SAMPLES_PER_SECOND = 16_000;
  public static final int FRAMES_PER_SECOND = 160;
  public static final int FRAME = SAMPLES_PER_SECOND / FRAMES_PER_SECOND;

  /** The largest |sample| that 16 bits can hold. */
  public static final int FULL_SCALE = 32_768;

  /**
   * The sound in the bytes of a WAV or NIST SPHERE file.
   *
   * @throws DataException if they are neither, or cut short, or of more than one channel, another
   *     rate than 16 kHz, or a coding that this reader does not know
   */
  public static Waveform read(byte[] file) {
    if (startsWith(file, "RIFF")) {
      return Wave.read(file);
    }
    if (startsWith(file, Sphere.MAGIC)) {
      return Sphere.read(file);
    }
    throw new DataException(
        "expected a WAV file, which starts with RIFF, or a SPHERE file, which starts with "
            + Sphere.MAGIC
            + ", found neither");
  }

  private static boolean startsWith(byte[] file, String start) {
    byte[] expected = start.getBytes(StandardCharsets.US_ASCII);
    return file.length >= expected.length
        && Arrays.equals(file, 0, expected.length, expected, 0, expected.length);
  }

  /** Whole seconds; the rest is dropped. */
  public int segments() {
    return samples.length / SAMPLES_PER_SECOND;
  }

  /** The largest |sample|. */
  public int peak() {
    return peak(0, samples.length);
  }

  /** The largest |sample| of a segment. */
  public int peak(int segment) {
    return peak(segment * SAMPLES_PER_SECOND, (segment + 1) * SAMPLES_PER_SECOND);
  }

  private int peak(int from, int to) {
    int peak = 0;
    for (int i = from; i < to; i++) {
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    return peak;
  }

  /**
   * A segment in frames, {@code [160, 100]}.
   *
   * @param one the sample that becomes 1
   */
  public FloatTensor segment(int segment, int one) {
    FloatTensor frames = FloatTensor.zeros(Shape.of(FRAMES_PER_SECOND, FRAME));
    for (int i = 0; i < SAMPLES_PER_SECOND; i++) {
      frames.put(i, samples[segment * SAMPLES_PER_SECOND + i] / (double) one);
    }
    return frames;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Waveform that && Arrays.equals(samples, that.samples);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(samples);
  }
}
