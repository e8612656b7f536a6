package girsanov.readers.speech;

import girsanov.models.data.DataException;

/**
 * How samples lie in a file: integers of some bytes, of which the upper 16 bits are kept.
 *
 * @param bytes of a sample
 * @param bigEndian whether the most significant byte comes first
 * @param signed as two's complement; otherwise half of the range stands for 0
 */
record Pcm(int bytes, boolean bigEndian, boolean signed) {

  short[] decode(byte[] data, int from, int samples) {
    short[] decoded = new short[samples];
    int flip = signed ? 0 : 0x80;
    for (int i = 0; i < samples; i++) {
      int first = from + i * bytes;
      int high = data[bigEndian ? first : first + bytes - 1] ^ flip;
      int low = bytes == 1 ? 0 : data[bigEndian ? first + 1 : first + bytes - 2] & 0xFF;
      decoded[i] = (short) (high << Byte.SIZE | low);
    }
    return decoded;
  }

  /**
   * @throws DataException unless there is one channel of 16,000 samples a second
   */
  static void checkForm(int channels, double samplesPerSecond) {
    if (channels != 1) {
      throw new DataException(
          "expected one channel, found " + channels + "; mix them: sox IN OUT remix -");
    }
    if (samplesPerSecond != Waveform.SAMPLES_PER_SECOND) {
      throw new DataException(
          "expected 16,000 samples a second, found %,.0f; convert: sox IN -r 16000 OUT"
              .formatted(samplesPerSecond));
    }
  }

  static DataException cutShort(long expected, long found) {
    return new DataException(
        "expected %,d bytes of samples, found %,d; the file is cut short"
            .formatted(expected, found));
  }
}
