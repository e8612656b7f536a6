package girsanov.readers.speech;

import girsanov.models.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** RIFF WAV files of integer samples, by the JDK's reader. */
final class Wave {
  private Wave() {}

  static Waveform read(byte[] file) {
    try (AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
      AudioFormat format = sound.getFormat();
      Pcm.checkForm(format.getChannels(), format.getSampleRate());
      Encoding encoding = format.getEncoding();
      int bytes = format.getFrameSize();
      if (bytes > Integer.BYTES
          || !(encoding.equals(Encoding.PCM_SIGNED) || encoding.equals(Encoding.PCM_UNSIGNED))) {
        throw new DataException(
            "expected integer samples of 1 to 4 bytes, found coding %s of %d; convert: sox IN -e signed -b 16 OUT"
                .formatted(encoding, bytes));
      }
      byte[] data = sound.readAllBytes();
      long expected = sound.getFrameLength() * bytes;
      if (data.length < expected) {
        throw Pcm.cutShort(expected, data.length);
      }
      var pcm = new Pcm(bytes, format.isBigEndian(), encoding.equals(Encoding.PCM_SIGNED));
      return new Waveform(pcm.decode(data, 0, data.length / bytes));
    } catch (UnsupportedAudioFileException | IOException e) {
      throw new DataException(
          "expected a well-formed WAV file, found one cut short or damaged: " + e.getMessage(), e);
    }
  }
}
