package girsanov.readers.music;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;

/** Makes small MIDI files for tests. */
final class Midi {
  private final Sequence sequence;

  /** A number of empty tracks. */
  Midi(float division, int resolution, int tracks) throws InvalidMidiDataException {
    sequence = new Sequence(division, resolution, tracks);
  }

  Midi on(int track, int channel, int pitch, long tick) throws InvalidMidiDataException {
    return add(track, ShortMessage.NOTE_ON, channel, pitch, 64, tick);
  }

  Midi off(int track, int channel, int pitch, long tick) throws InvalidMidiDataException {
    return add(track, ShortMessage.NOTE_OFF, channel, pitch, 0, tick);
  }

  /** Goes up by a velocity of 0. */
  Midi silent(int track, int channel, int pitch, long tick) throws InvalidMidiDataException {
    return add(track, ShortMessage.NOTE_ON, channel, pitch, 0, tick);
  }

  Midi tempo(int track, int microseconds, long tick) throws InvalidMidiDataException {
    byte[] data = {(byte) (microseconds >> 16), (byte) (microseconds >> 8), (byte) microseconds};
    sequence.getTracks()[track].add(new MidiEvent(new MetaMessage(0x51, data, 3), tick));
    return this;
  }

  private Midi add(int track, int command, int channel, int pitch, int velocity, long tick)
      throws InvalidMidiDataException {
    var message = new ShortMessage(command, channel, pitch, velocity);
    sequence.getTracks()[track].add(new MidiEvent(message, tick));
    return this;
  }

  byte[] bytes() throws IOException {
    var bytes = new ByteArrayOutputStream();
    MidiSystem.write(sequence, sequence.getTracks().length == 1 ? 0 : 1, bytes);
    return bytes.toByteArray();
  }

  Score score() throws IOException {
    return Score.read(bytes());
  }
}
