package girsanov.readers.music;

import girsanov.models.data.DataException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The frame of a Standard MIDI File: a header chunk, then tracks, each behind its length. The JDK's
 * reader drops a track that is cut short, and those after it, without a word.
 */
final class MidiChunks {
  private static final int HEADER = 0x4D546864;
  private static final int TRACK = 0x4D54726B;
  private static final int HEADER_LENGTH = 6;
  private static final int CHUNK_START = 8;

  private MidiChunks() {}

  /**
   * @throws DataException if the file does not start as one of format 0 or 1, or ends before its
   *     tracks do
   */
  static void check(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (file.length < CHUNK_START + HEADER_LENGTH || bytes.getInt() != HEADER) {
      throw new DataException(
          "expected a MIDI file, which starts with MThd and a header, found '" + start(file) + "'");
    }
    int headerLength = bytes.getInt();
    int format = bytes.getShort();
    int tracks = Short.toUnsignedInt(bytes.getShort());
    int division = bytes.getShort();
    if (format != 0 && format != 1) {
      throw new DataException(
          "expected a MIDI file of format 0 or 1, found format "
              + format
              + (format == 2 ? ", independent patterns; save it as format 1" : ""));
    }
    if (division == 0 || (division < 0 && (division & 0xFF) == 0)) {
      throw new DataException("expected ticks per quarter note or frame above 0, found 0");
    }
    if (headerLength < HEADER_LENGTH) {
      throw new DataException("expected a header of 6 bytes, found one of " + headerLength);
    }
    long position = (long) CHUNK_START + headerLength;
    for (int track = 1; track <= tracks; ) {
      if (position + CHUNK_START > file.length) {
        throw cutShort(track, tracks, file);
      }
      boolean isTrack = bytes.getInt((int) position) == TRACK;
      long length = Integer.toUnsignedLong(bytes.getInt((int) position + Integer.BYTES));
      position += CHUNK_START + length;
      if (position > file.length) {
        throw cutShort(track, tracks, file);
      }
      track += isTrack ? 1 : 0;
    }
  }

  private static DataException cutShort(int track, int tracks, byte[] file) {
    return new DataException(
        "expected "
            + tracks
            + " tracks, found that the file ends in track "
            + track
            + ", after "
            + file.length
            + " bytes; it is cut short or damaged");
  }

  private static String start(byte[] file) {
    String text = new String(file, 0, Math.min(4, file.length), StandardCharsets.US_ASCII);
    return text.replaceAll("[^ -~]", ".");
  }
}
