package girsanov.readers;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import girsanov.models.data.DataException;
import girsanov.readers.speech.Sounds;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files cut short and with flipped bits: what comes out is a recording or a DataException. */
class DamagedFilesTest {
  private static final int DAMAGES = 1500;
  private static final int CUTS = 300;
  private static final int MOST_FLIPS = 8;

  /** Half of all damage falls on so many bytes at the start, where headers are. */
  private static final int START = 64;

  @Test
  void music() throws IOException {
    try (InputStream piece = Corpus.class.getResourceAsStream("freedoom/d_read_m.mid")) {
      damage(assertNotNullFile(piece), Kind.MUSIC);
    }
  }

  @Test
  void wave() throws IOException {
    damage(Sounds.wave(Sounds.samples(16_000)), Kind.SPEECH);
  }

  @Test
  void sphere() {
    damage(Sounds.sphere(Sounds.samples(16_000)), Kind.SPEECH);
  }

  private static byte[] assertNotNullFile(InputStream piece) throws IOException {
    assertNotNull(piece);
    return piece.readAllBytes();
  }

  private static void damage(byte[] file, Kind kind) {
    Recording.read(file, kind, Reading.standard());
    var random = new Random(5);
    for (int i = 0; i < CUTS; i++) {
      byte[] cut = Arrays.copyOf(file, random.nextInt(file.length));
      assertThrows(
          DataException.class, () -> Recording.read(cut, kind, Reading.standard()), "cut " + i);
    }
    for (int i = 0; i < DAMAGES; i++) {
      byte[] damaged = file.clone();
      for (int flips = random.nextInt(MOST_FLIPS); flips >= 0; flips--) {
        int end = random.nextBoolean() ? START : file.length;
        damaged[random.nextInt(end)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      }
      try {
        Recording.read(damaged, kind, Reading.standard());
      } catch (DataException _) {
        // What it should be.
      } catch (RuntimeException | Error e) {
        fail(kind + " with damage number " + i, e);
      }
    }
  }
}
