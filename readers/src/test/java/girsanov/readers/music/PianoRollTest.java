package girsanov.readers.music;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PianoRollTest {

  @Test
  void aNoteCoversTheFramesFromItsStartToBeforeItsEnd() {
    assertEquals(List.of(1, 2), covered(new Note(0, 60, 0.25, 0.75)));
    assertEquals(List.of(1, 2), covered(new Note(0, 60, 0.49, 0.99)));
    assertEquals(List.of(0), covered(new Note(0, 60, 0.2, 0.26)));
  }

  @Test
  void aNoteInsideAFrameIsNotHeard() {
    assertEquals(List.of(), covered(new Note(0, 60, 0.26, 0.49)));
  }

  @Test
  void roundingDoesNotMoveANote() {
    assertEquals(List.of(1, 2), covered(new Note(0, 60, 0.25 - 1e-12, 0.75 - 1e-12)));
  }

  @Test
  void drumsCountForTheLengthAlone() {
    Note drum = new Note(Note.DRUMS, 60, 0, 10);
    PianoRoll roll = PianoRoll.of(new Score(List.of(drum), 1), 4);
    assertEquals(40, roll.frames());
    assertEquals(List.of(), covered(drum));
  }

  @Test
  void instrumentsSoundTogether() {
    List<Note> notes = List.of(new Note(0, 60, 0, 0.5), new Note(5, 60, 0.25, 1));
    FloatTensor frames = PianoRoll.of(new Score(notes, 1), 4).frames(0, 4);
    for (int frame = 0; frame < 4; frame++) {
      assertEquals(1, frames.at(frame * PianoRoll.PITCHES + 60));
    }
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    for (double rate : new double[] {4, 3, 1 / 15.0, 7, 10, 49, 100}) {
      FloatTensor roll = random(240);
      Score score = Score.read(written(roll, rate));
      PianoRoll back = PianoRoll.of(score, rate);
      assertEquals(240, back.frames());
      assertArrayEquals(roll.toArray(), back.frames(0, 240).toArray(), "at " + rate);
    }
  }

  @Test
  void consecutiveFramesAreOneNote() throws IOException {
    FloatTensor roll = FloatTensor.zeros(Shape.of(8, PianoRoll.PITCHES));
    for (int frame : new int[] {1, 2, 3, 5}) {
      roll.put(frame * PianoRoll.PITCHES + 60, 1);
    }
    assertEquals(
        List.of(new Note(0, 60, 0.25, 1), new Note(0, 60, 1.25, 1.5)),
        Score.read(written(roll, 4)).notes());
  }

  @Test
  void anotherWidthIsRefused() {
    FloatTensor roll = FloatTensor.zeros(Shape.of(8, 88));
    assertThrows(IllegalArgumentException.class, () -> written(roll, 4));
  }

  private static byte[] written(FloatTensor roll, double rate) throws IOException {
    var out = new ByteArrayOutputStream();
    MidiWriter.write(roll, rate, out);
    return out.toByteArray();
  }

  /** A tenth of all pitches, and one in the last frame. */
  private static FloatTensor random(int frames) {
    FloatTensor roll = FloatTensor.zeros(Shape.of(frames, PianoRoll.PITCHES));
    Noise.uniform(1, 2, 0, roll);
    for (int i = 0; i < roll.size(); i++) {
      roll.put(i, roll.at(i) < 0.1 ? 1 : 0);
    }
    roll.put(roll.size() - 1, 1);
    return roll;
  }

  /** The frames at 4 a second in which pitch 60 sounds. */
  private static List<Integer> covered(Note note) {
    PianoRoll roll = PianoRoll.of(new Score(List.of(note), 1), 4);
    var covered = new ArrayList<Integer>();
    for (int frame = 0; frame < roll.frames(); frame++) {
      if (roll.sounds(frame, 60)) {
        covered.add(frame);
      }
    }
    return covered;
  }
}
