package girsanov.readers.speech;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Makes small sound files for tests. */
public final class Sounds {
  private Sounds() {}

  /** Samples that differ from their neighbours in both bytes. */
  public static short[] samples(int count) {
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) (i * 7919);
    }
    return samples;
  }

  static byte[] bytes(short[] samples, ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(samples.length * Short.BYTES).order(order);
    bytes.asShortBuffer().put(samples);
    return bytes.array();
  }

  /** A WAV file of 16 bits at 16 kHz. */
  public static byte[] wave(short[] samples) throws IOException {
    byte[] data = bytes(samples, ByteOrder.LITTLE_ENDIAN);
    return wave(new AudioFormat(16_000, 16, 1, true, false), data);
  }

  static byte[] wave(AudioFormat format, byte[] data) throws IOException {
    int frames = data.length / format.getFrameSize();
    var out = new ByteArrayOutputStream();
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(data), format, frames),
        AudioFileFormat.Type.WAVE,
        out);
    return out.toByteArray();
  }

  /** A SPHERE file of 16 bits at 16 kHz, low byte first. */
  public static byte[] sphere(short[] samples) {
    return sphere(header(samples.length), bytes(samples, ByteOrder.LITTLE_ENDIAN));
  }

  static String header(int samples) {
    return """
        NIST_1A
           1024
        database_id -s5 TIMIT
        channel_count -i 1
        sample_count -i %d
        sample_rate -i 16000
        sample_n_bytes -i 2
        sample_byte_format -s2 01
        sample_sig_bits -i 16
        end_head
        """
        .formatted(samples);
  }

  static byte[] sphere(String header, byte[] data) {
    byte[] file = new byte[1024 + data.length];
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, file, 0, text.length);
    System.arraycopy(data, 0, file, 1024, data.length);
    return file;
  }
}
