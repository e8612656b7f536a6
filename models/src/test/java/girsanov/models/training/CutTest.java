package girsanov.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import girsanov.models.training.ToyObjectives.SequenceMean;
import girsanov.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutTest {
  @ParameterizedTest
  @CsvSource({
    "50,16,16,3,18",
    "50,12,12,4,14",
    "56,16,16,4,8",
    "48,16,16,3,16",
    "5,16,5,1,5",
    "7,1,1,7,1"
  })
  void blocksCoverTheBatch(int sequences, int wanted, int rows, int blocks, int lastRows) {
    var cut = new Cut(sequences, wanted);
    assertEquals(rows, cut.rows());
    assertEquals(blocks, cut.blocks());
    assertEquals(lastRows, cut.lastRows());
    int covered = 0;
    for (int block = 0; block < blocks; block++) {
      assertEquals(covered, cut.from(block));
      covered += cut.rowsOf(block);
    }
    assertEquals(sequences, covered);
  }

  /** A small model is cut for the threads, four blocks at least, each a few rows. */
  @ParameterizedTest
  @CsvSource({"1,1", "3,3", "16,4", "40,10", "100000,130"})
  void chosenRows(int sequences, int rows) {
    var objective = new SequenceMean(sequences);
    var parameters = ParameterVector.zeros(objective.model(), Precision.FLOAT);
    Block block = Block.of(objective, parameters, Math.min(sequences, Cut.PROBE), true);
    assertEquals(rows, Cut.of(sequences, block, parameters, true).rows());
  }

  @Test
  void refusesAnEmptyBatch() {
    assertThrows(IllegalArgumentException.class, () -> new Cut(0, 16));
    assertThrows(IllegalArgumentException.class, () -> new Cut(16, 0));
  }
}
