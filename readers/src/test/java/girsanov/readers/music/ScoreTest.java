package girsanov.readers.music;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.data.DataException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.sound.midi.Sequence;
import org.junit.jupiter.api.Test;

class ScoreTest {

  @Test
  void noTempoIs120BeatsAMinute() throws Exception {
    Score score = quarters(1).on(0, 0, 60, 96).off(0, 0, 60, 192).score();
    assertEquals(List.of(new Note(0, 60, 0.5, 1)), score.notes());
    assertEquals(0, score.distinctTempos());
  }

  @Test
  void temposOfAllTracksAreMerged() throws Exception {
    Score score =
        quarters(3)
            .tempo(1, 1_000_000, 0)
            .tempo(2, 250_000, 192)
            .tempo(0, 1_000_000, 288)
            .on(0, 3, 60, 96)
            .off(0, 3, 60, 384)
            .score();
    assertEquals(List.of(new Note(3, 60, 1, 2 + 0.25 + 1)), score.notes());
    assertEquals(2, score.distinctTempos());
  }

  @Test
  void ofTwoTemposAtOneTickTheLaterTrackHolds() throws Exception {
    Score score =
        quarters(2).tempo(0, 100, 0).tempo(1, 2_000_000, 0).on(0, 0, 1, 0).off(0, 0, 1, 96).score();
    assertEquals(2, score.seconds());
  }

  @Test
  void framesOfFilm() throws Exception {
    for (float rate : new float[] {24, 25, 29.97f, 30}) {
      Score score = new Midi(rate, 40, 1).on(0, 0, 60, 40).off(0, 0, 60, 1200).score();
      assertEquals(1 / (double) rate, score.notes().getFirst().start(), 1e-9);
      assertEquals(30 / (double) rate, score.seconds(), 1e-9);
    }
  }

  @Test
  void velocityZeroEndsANote() throws Exception {
    Score score = quarters(1).on(0, 0, 60, 0).silent(0, 0, 60, 96).score();
    assertEquals(List.of(new Note(0, 60, 0, 0.5)), score.notes());
  }

  @Test
  void ofOverlappingNotesTheFirstEndsFirst() throws Exception {
    Score score =
        quarters(1).on(0, 0, 60, 0).on(0, 0, 60, 96).off(0, 0, 60, 192).off(0, 0, 60, 384).score();
    assertEquals(List.of(new Note(0, 60, 0, 1), new Note(0, 60, 0.5, 2)), score.notes());
  }

  @Test
  void notesAreOfTheirTrackAndChannel() throws Exception {
    Score score =
        quarters(2)
            .on(0, 0, 60, 0)
            .on(0, 1, 60, 0)
            .on(1, 0, 60, 0)
            .off(0, 0, 60, 96)
            .off(0, 1, 60, 192)
            .off(1, 0, 60, 288)
            .score();
    assertEquals(List.of(0.5, 1.0, 1.5), score.notes().stream().map(Note::end).toList());
  }

  @Test
  void aNoteThatNeverEndsIsLeftOut() throws Exception {
    Score score =
        quarters(1).on(0, 0, 60, 0).off(0, 0, 60, 96).on(0, 0, 61, 96).off(0, 0, 62, 960).score();
    assertEquals(List.of(60), score.notes().stream().map(Note::pitch).toList());
    assertEquals(0.5, score.seconds());
  }

  @Test
  void noMidi() {
    assertError("MThd", "RIFF and so on, a sound".getBytes(StandardCharsets.US_ASCII));
    assertError("MThd", new byte[0]);
  }

  @Test
  void noNotes() throws Exception {
    assertError("expected notes", quarters(1).tempo(0, 100, 0).bytes());
  }

  @Test
  void cutShort() throws Exception {
    byte[] whole = quarters(2).on(0, 0, 60, 0).off(1, 0, 60, 96).off(0, 0, 60, 96).bytes();
    for (int length = 14; length < whole.length; length++) {
      assertError("cut short", Arrays.copyOf(whole, length));
    }
  }

  @Test
  void independentPatterns() throws Exception {
    byte[] file = quarters(1).on(0, 0, 60, 0).off(0, 0, 60, 96).bytes();
    file[9] = 2;
    assertError("format 2", file);
  }

  @Test
  void noDivision() throws Exception {
    byte[] file = quarters(1).on(0, 0, 60, 0).off(0, 0, 60, 96).bytes();
    file[12] = 0;
    file[13] = 0;
    assertError("above 0", file);
  }

  @Test
  void aRestOfDays() throws Exception {
    assertError("at most 6 hours", quarters(1).on(0, 0, 60, 0).off(0, 0, 60, 50_000_000).bytes());
  }

  /** The JDK's reader takes numbers of any length, and a data byte for whatever it says. */
  @Test
  void whatTheJdkLetsPass() throws Exception {
    byte[] file = quarters(1).on(0, 0, 60, 0).off(0, 0, 60, 96).on(0, 0, 61, 192).bytes();
    int note = 14 + 8;
    byte[] pitch = file.clone();
    pitch[note + 2] = (byte) 200;
    assertError("pitches of 0 to 127, found 200", pitch);
    String track = "FFFFFFFFFFFFFFFFFF7F" + "903C40" + "00FF2F00";
    String whole = "4D546864000000060000000100604D54726B000000" + "11" + track;
    assertError("times from 0 on", HexFormat.of().parseHex(whole));
  }

  @Test
  void damagedEvents() throws Exception {
    byte[] file = quarters(1).on(0, 0, 60, 0).off(0, 0, 60, 96).bytes();
    file[14 + 8 + 1] = (byte) 0xF4;
    assertError("expected well-formed MIDI events", file);
  }

  private static Midi quarters(int tracks) throws Exception {
    return new Midi(Sequence.PPQ, 96, tracks);
  }

  private static void assertError(String part, byte[] file) {
    DataException e = assertThrows(DataException.class, () -> Score.read(file));
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }
}
