package girsanov.readers.speech;

import girsanov.tensor.FloatTensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Writes frames of samples as a WAV file: one channel, 16 kHz, 16 bits. */
public final class WaveWriter {
  private static final AudioFormat FORMAT =
      new AudioFormat(Waveform.SAMPLES_PER_SECOND, Short.SIZE, 1, true, false);

  private WaveWriter() {}

  /**
   * Writes samples.
   *
   * @param frames samples in their order, {@code [frame, 100]} or any other shape; 1 becomes the
   *     largest sample, 32,767, and what lies outside [−1, 1] is clipped
   * @throws IOException if the stream cannot be written to
   */
  public static void write(FloatTensor frames, OutputStream out) throws IOException {
    ByteBuffer samples =
        ByteBuffer.allocate(frames.size() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < frames.size(); i++) {
      double value = frames.at(i);
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("Expected numbers, got NaN as sample " + i + ".");
      }
      samples.putShort((short) Math.round(Math.clamp(value, -1.0, 1.0) * Short.MAX_VALUE));
    }
    var sound =
        new AudioInputStream(new ByteArrayInputStream(samples.array()), FORMAT, frames.size());
    AudioSystem.write(sound, AudioFileFormat.Type.WAVE, out);
  }
}
