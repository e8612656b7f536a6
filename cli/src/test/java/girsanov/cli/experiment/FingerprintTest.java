package girsanov.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

final class FingerprintTest {
  /** A minute of one note. */
  private static FloatTensor note(int pitch) {
    FloatTensor roll = FloatTensor.zeros(Shape.of(1, 240, 128));
    for (int frame = 0; frame < 240; frame++) {
      roll.put(frame * 128 + pitch, 1);
    }
    return roll;
  }

  @Test
  void otherDataHaveAnother() {
    var all = new HashSet<String>();
    for (int pitch = 0; pitch < 128; pitch++) {
      assertTrue(all.add(Fingerprint.of(note(pitch))), "pitch " + pitch);
    }
    assertEquals(Fingerprint.of(note(5)), Fingerprint.of(note(5)));
    assertNotEquals(Fingerprint.of(note(1), note(2)), Fingerprint.of(note(2), note(1)));
    FloatTensor zeros = FloatTensor.zeros(Shape.of(1, 2, 3));
    assertTrue(all.add(Fingerprint.of(zeros)));
    assertTrue(all.add(Fingerprint.of(FloatTensor.zeros(Shape.of(1, 3, 2)))));
    assertTrue(all.add(Fingerprint.of(zeros, zeros)));
  }

  /** Why it is another than it was. */
  @Test
  void theFormerOneHardlyKnewMusic() {
    assertEquals(Fingerprint.former(note(62)), Fingerprint.former(note(70)));
  }
}
