package girsanov.readers.music;

import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.util.BitSet;

/**
 * Which pitches sound in each frame: frames of 128 bits, all instruments but drums together.
 *
 * <p>A note sounds in frames ⌊start · rate⌋ to ⌊end · rate⌋ − 1, as in pretty_midi, so one that
 * crosses no frame boundary is not heard. Times are sums of rounded numbers: one that lies within a
 * millionth of a frame below a boundary is taken to lie on it. The roll is as long as the score,
 * ⌊seconds · rate⌋ frames.
 */
public final class PianoRoll {
  public static final int PITCHES = 128;

  private static final double ROUNDING = 1e-6;

  private final int frames;

  /** Bit {@code frame · 128 + pitch}. */
  private final BitSet bits;

  private PianoRoll(int frames) {
    this.frames = frames;
    bits = new BitSet(frames * PITCHES);
  }

  /** The roll of a score. */
  public static PianoRoll of(Score score, double framesPerSecond) {
    var roll = new PianoRoll(frame(score.seconds(), framesPerSecond));
    for (Note note : score.notes()) {
      if (!note.isDrum()) {
        int end = frame(note.end(), framesPerSecond);
        for (int frame = frame(note.start(), framesPerSecond); frame < end; frame++) {
          roll.bits.set(frame * PITCHES + note.pitch());
        }
      }
    }
    return roll;
  }

  private static int frame(double seconds, double framesPerSecond) {
    return (int) Math.floor(seconds * framesPerSecond + ROUNDING);
  }

  public int frames() {
    return frames;
  }

  public boolean sounds(int frame, int pitch) {
    return bits.get(frame * PITCHES + pitch);
  }

  /** Some frames as numbers 0 and 1, {@code [frame, 128]}. */
  public FloatTensor frames(int from, int to) {
    FloatTensor part = FloatTensor.zeros(Shape.of(to - from, PITCHES));
    int first = from * PITCHES;
    int end = to * PITCHES;
    for (int bit = bits.nextSetBit(first); bit >= 0 && bit < end; bit = bits.nextSetBit(bit + 1)) {
      part.put(bit - first, 1);
    }
    return part;
  }
}
