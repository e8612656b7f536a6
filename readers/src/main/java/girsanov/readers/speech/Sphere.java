package girsanov.readers.speech;

import girsanov.models.data.DataException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * NIST SPHERE files, in which TIMIT is distributed (often under names that end in .wav): the lines
 * {@code NIST_1A} and the header's length in bytes, then one {@code name -type value} a line until
 * {@code end_head}, then the samples.
 */
final class Sphere {
  static final String MAGIC = "NIST_1A";

  /** Magic and length take two lines of 8 bytes. */
  private static final int PREAMBLE = 16;

  private final Map<String, String> fields = new HashMap<>();

  private Sphere(String header) {
    for (String line : header.lines().skip(2).toList()) {
      if (line.strip().equals("end_head")) {
        return;
      }
      String[] words = line.strip().split("\\s+", 3);
      if (words.length == 3 && !line.startsWith(";")) {
        fields.put(words[0], words[2]);
      }
    }
    throw new DataException("expected a SPHERE header that ends in end_head, found none");
  }

  static Waveform read(byte[] file) {
    int length = headerLength(file);
    var header = new Sphere(new String(file, 0, length, StandardCharsets.ISO_8859_1));
    int bytes = header.number("sample_n_bytes");
    if (bytes != 1 && bytes != 2) {
      throw new DataException("expected samples of 1 or 2 bytes, found " + bytes);
    }
    header.checkCoding(bytes);
    Pcm.checkForm(header.number("channel_count"), header.number("sample_rate"));
    var pcm = new Pcm(bytes, bytes == 2 && header.isBigEndian(), true);
    int count = header.number("sample_count");
    long expected = (long) count * bytes;
    if (expected > file.length - length) {
      throw Pcm.cutShort(expected, file.length - length);
    }
    return new Waveform(pcm.decode(file, length, count));
  }

  private static int headerLength(byte[] file) {
    String preamble =
        new String(file, 0, Math.min(PREAMBLE, file.length), StandardCharsets.ISO_8859_1);
    int length = natural(preamble.substring(MAGIC.length()).strip());
    if (length < PREAMBLE || length > file.length) {
      throw new DataException(
          "expected a SPHERE header inside the file's "
              + file.length
              + " bytes, found a stated length of "
              + preamble.substring(MAGIC.length()).strip());
    }
    return length;
  }

  private void checkCoding(int bytes) {
    String coding = fields.get("sample_coding");
    if (coding == null && bytes == 1) {
      throw new DataException(
          "expected a sample_coding of samples of 1 byte, which are usually ulaw, found none;"
              + " convert: sph2pipe -p -f wav IN OUT");
    }
    if (coding != null && !coding.equals("pcm")) {
      throw new DataException(
          "expected uncompressed samples, sample_coding pcm, found '"
              + coding
              + "'; convert: sph2pipe -p -f wav IN OUT");
    }
  }

  private boolean isBigEndian() {
    String order = text("sample_byte_format");
    return switch (order) {
      case "01" -> false;
      case "10" -> true;
      default ->
          throw new DataException(
              "expected sample_byte_format 01 (low byte first) or 10, found '" + order + "'");
    };
  }

  private String text(String field) {
    String value = fields.get(field);
    if (value == null) {
      throw new DataException("expected " + field + " in the SPHERE header, found none");
    }
    return value;
  }

  private int number(String field) {
    int value = natural(text(field));
    if (value < 0) {
      throw new DataException(
          "expected a whole number as " + field + ", found '" + text(field) + "'");
    }
    return value;
  }

  /** The number, or −1 for what is none. */
  private static int natural(String digits) {
    return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
  }
}
