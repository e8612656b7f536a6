package girsanov.readers.music;

import girsanov.models.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/**
 * The notes of a Standard MIDI File, of format 0 or 1, by the clock that merges the tempi of all
 * tracks.
 *
 * <p>A note starts where its key goes down (note-on with a velocity above 0) and ends where it goes
 * up (note-off, or note-on with velocity 0) in the same track and channel. Where a key goes down
 * again before it went up, the first up ends the first note. A note that never ends is left out, as
 * in the papers' pipeline (pretty_midi). Pedals and pitch bends change nothing.
 *
 * @param notes in order of their track, then of their end
 * @param distinctTempos how many different tempi the file sets, in all tracks
 */
public record Score(List<Note> notes, int distinctTempos) {
  /** What lasts longer is taken for a broken file: one wrong bit can make a rest of days. */
  public static final double LONGEST_SECONDS = 6 * 3600.0;

  public Score {
    notes = List.copyOf(notes);
  }

  /**
   * The score in the bytes of a file.
   *
   * @throws DataException if they are no MIDI file, one cut short or malformed, of the formats that
   *     this reader does not know, without notes, or of more than {@link #LONGEST_SECONDS}
   */
  public static Score read(byte[] file) {
    MidiChunks.check(file);
    Sequence sequence;
    try {
      sequence = MidiSystem.getSequence(new ByteArrayInputStream(file));
    } catch (InvalidMidiDataException | IOException e) {
      throw new DataException(
          "expected well-formed MIDI events, found: " + e.getMessage() + "; the file is damaged",
          e);
    }
    Clock clock = Clock.of(sequence);
    List<Note> notes = new ArrayList<>();
    for (Track track : sequence.getTracks()) {
      read(track, clock, notes);
    }
    var score = new Score(notes, clock.distinctTempos());
    score.check();
    return score;
  }

  private static void read(Track track, Clock clock, List<Note> notes) {
    if (track.size() > 0 && track.get(0).getTick() < 0) {
      throw damaged("times from 0 on", track.get(0).getTick() + " ticks");
    }
    Map<Integer, Deque<Double>> down = new HashMap<>();
    for (int i = 0; i < track.size(); i++) {
      if (!(track.get(i).getMessage() instanceof ShortMessage message)) {
        continue;
      }
      int command = message.getCommand();
      if (command != ShortMessage.NOTE_ON && command != ShortMessage.NOTE_OFF) {
        continue;
      }
      int channel = message.getChannel();
      int pitch = message.getData1();
      if (pitch >= PianoRoll.PITCHES) {
        throw damaged("pitches of 0 to 127", "" + pitch);
      }
      double time = clock.seconds(track.get(i).getTick());
      var starts = down.computeIfAbsent(channel << 7 | pitch, _ -> new ArrayDeque<>());
      if (command == ShortMessage.NOTE_ON && message.getData2() > 0) {
        starts.add(time);
      } else if (!starts.isEmpty()) {
        notes.add(new Note(channel, pitch, starts.remove(), time));
      }
    }
  }

  private void check() {
    if (notes.isEmpty()) {
      throw new DataException("expected notes, found none");
    }
    if (!(seconds() <= LONGEST_SECONDS)) {
      throw damaged(
          "at most %.0f hours of music".formatted(LONGEST_SECONDS / 3600),
          "%.1f".formatted(seconds() / 3600));
    }
  }

  private static DataException damaged(String expected, String found) {
    return new DataException(
        "expected " + expected + ", found " + found + "; the file is probably damaged");
  }

  /** When the last note ends, drums among them. */
  public double seconds() {
    return notes.stream().mapToDouble(Note::end).max().orElse(0);
  }
}
