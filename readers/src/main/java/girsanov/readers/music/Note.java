package girsanov.readers.music;

/**
 * A note of a piece of music.
 *
 * @param channel 0 to 15
 * @param pitch 0 to 127; 60 is middle C, and a step is a semitone
 * @param start seconds from the beginning of the piece
 * @param end seconds from the beginning of the piece
 */
public record Note(int channel, int pitch, double start, double end) {
  /** The channel whose pitches name drums: 10 for musicians, who count from 1. */
  public static final int DRUMS = 9;

  public boolean isDrum() {
    return channel == DRUMS;
  }
}
