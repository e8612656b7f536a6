package girsanov.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PhiloxTest {
  /** The known-answer vectors of philox4x32-10 that come with Random123 (kat_vectors). */
  @Test
  void knownAnswers() {
    check(words(0, 0, 0, 0), words(0, 0), words(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8));
    check(
        words(-1, -1, -1, -1),
        words(-1, -1),
        words(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd));
    check(
        words(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344),
        words(0xa4093822, 0x299f31d0),
        words(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1));
  }

  @Test
  void pairsOfWordsAreTheHalvesOfABlock() {
    long seed = 0x299f31d0a4093822L;
    long block = 0x85a308d3243f6a88L;
    long stream = 0x0370734413198a2eL;
    assertEquals(0x94fdccebd16cfe09L, Philox.words(seed, stream, block, false));
    assertEquals(0x24126ea15001e420L, Philox.words(seed, stream, block, true));
  }

  @Test
  void refusesOtherSizes() {
    assertThrows(IllegalArgumentException.class, () -> Philox.block(words(1, 2), words(1, 2)));
  }

  private static void check(int[] counter, int[] key, int[] expected) {
    assertArrayEquals(expected, Philox.block(counter, key));
  }

  private static int[] words(int... words) {
    return words;
  }
}
