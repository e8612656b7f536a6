package girsanov.readers.music;

import girsanov.tensor.FloatTensor;
import java.io.IOException;
import java.io.OutputStream;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/**
 * Writes a piano roll as a Standard MIDI File of format 0, for a piano. A pitch in consecutive
 * frames is one note. Read back as a {@link PianoRoll} of the same rate, the file gives the same
 * frames up to the last that sounds.
 */
public final class MidiWriter {
  private static final int TICKS_PER_FRAME = 240;
  private static final int SET_TEMPO = 0x51;
  private static final int PIANO = 0;
  private static final int CHANNEL = 0;
  private static final int VELOCITY = 80;
  private static final double MICROSECONDS = 1e6;

  private MidiWriter() {}

  /**
   * Writes a roll.
   *
   * @param roll {@code [frame, 128]}; what is 0.5 or more sounds
   * @param framesPerSecond at least one every 15 seconds, and at most 100
   * @throws IOException if the stream cannot be written to
   */
  public static void write(FloatTensor roll, double framesPerSecond, OutputStream out)
      throws IOException {
    check(roll, framesPerSecond);
    // Quarter notes of about half a second.
    int framesPerQuarter = (int) Math.max(1, Math.rint(framesPerSecond / 2));
    // Rounded up: a time that is a little late still lies in its frame.
    int tempo = (int) Math.ceil(MICROSECONDS * framesPerQuarter / framesPerSecond);
    try {
      var sequence = new Sequence(Sequence.PPQ, TICKS_PER_FRAME * framesPerQuarter);
      Track track = sequence.createTrack();
      byte[] bytes = {(byte) (tempo >> 16), (byte) (tempo >> 8), (byte) tempo};
      add(track, new MetaMessage(SET_TEMPO, bytes, bytes.length), 0);
      add(track, new ShortMessage(ShortMessage.PROGRAM_CHANGE, CHANNEL, PIANO, 0), 0);
      addNotes(track, roll);
      MidiSystem.write(sequence, 0, out);
    } catch (InvalidMidiDataException e) {
      throw new IllegalStateException("messages were made from numbers in their ranges", e);
    }
  }

  private static void addNotes(Track track, FloatTensor roll) throws InvalidMidiDataException {
    int frames = roll.shape().dim(0);
    for (int frame = 0; frame <= frames; frame++) {
      for (int pitch = 0; pitch < PianoRoll.PITCHES; pitch++) {
        boolean before = frame > 0 && sounds(roll, frame - 1, pitch);
        boolean now = frame < frames && sounds(roll, frame, pitch);
        if (before != now) {
          int command = now ? ShortMessage.NOTE_ON : ShortMessage.NOTE_OFF;
          add(track, new ShortMessage(command, CHANNEL, pitch, VELOCITY), frame);
        }
      }
    }
  }

  private static boolean sounds(FloatTensor roll, int frame, int pitch) {
    return roll.at(frame * PianoRoll.PITCHES + pitch) >= 0.5;
  }

  private static void add(Track track, MidiMessage message, int frame) {
    track.add(new MidiEvent(message, (long) frame * TICKS_PER_FRAME));
  }

  private static void check(FloatTensor roll, double framesPerSecond) {
    if (roll.shape().rank() != 2 || roll.shape().dim(1) != PianoRoll.PITCHES) {
      throw new IllegalArgumentException("Expected a roll [frame, 128], got " + roll.shape() + ".");
    }
    if (!(framesPerSecond >= 1 / 15.0 && framesPerSecond <= 100)) {
      throw new IllegalArgumentException(
          "Expected 1/15 to 100 frames a second, got " + framesPerSecond + ".");
    }
  }
}
