package girsanov.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.FrameObjective;
import girsanov.models.frames.FrameObjective.Minimised;
import girsanov.models.frames.FrameObjective.Options;
import girsanov.models.training.ToyObjectives.SequenceMean;
import girsanov.models.vsdn.FrameArchitecture;
import girsanov.models.vsdn.FrameSystem;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

  /** What does not fit in a cache in any case has the more rows the more instructions it has. */
  @ParameterizedTest
  @CsvSource({"400,120,8", "1600,120,16", "6000,120,16", "6000,2,32"})
  void rowsForTheInstructions(int length, int width, int rows) {
    var objective = new SequenceMean(1024, length, width);
    var parameters = ParameterVector.zeros(objective.model(), Precision.FLOAT);
    Block block = Block.of(objective, parameters, Cut.PROBE, true);
    assertTrue(block.program().workBytes() > 3 << 20, "more than the cache");
    assertEquals(rows, Cut.of(1024, block, parameters, true).rows());
  }

  /**
   * Lanes hold the memory of a block each, so that the memory of a step depends on the threads and
   * not on the batch, for models of which a core's cache does not hold the weights too.
   */
  @ParameterizedTest
  @EnumSource(
      value = FrameSystem.class,
      names = {"ODE_RNN", "GRU_ODE", "VSDN_VAE_RES", "VSDN_SDE_RES"})
  void aWideModelTakesTheMemoryOfItsBlocks(FrameSystem system) {
    FrameModel model = FrameArchitecture.musicPaper(system).model(128);
    var frames = FloatTensor.zeros(Shape.of(1, 24, 128));
    var data = new Segments(frames, 4, List.of("none"));
    var parameters = ParameterVector.zeros((Record) model, Precision.FLOAT);
    assertTrue(parameters.flat().size() > 1 << 18, "more than a megabyte");
    var rows = new ArrayList<Integer>();
    for (int batch : new int[] {200, 2000}) {
      var options = new Options(Minimised.ELBO, 1, 1, 0);
      var objective =
          FrameObjective.training(model, data, Subsampling.regular(0.25), batch, options);
      Block probe = Block.of(objective, parameters, Cut.PROBE, true);
      Cut cut = Cut.of(batch, probe, parameters, true);
      rows.add(cut.rows());
      long block = Block.of(objective, parameters, cut.rows(), true).program().workBytes();
      long last = Block.of(objective, parameters, cut.lastRows(), true).program().workBytes();
      assertTrue(last <= 1.5 * block + (1 << 20), "last " + last + " of " + block);
      assertTrue(block <= 1.1 * probe.program().workBytes() * cut.rows() / Cut.PROBE);
    }
    assertTrue(rows.getFirst() <= 100, "more than two blocks, got rows " + rows);
    assertTrue(rows.getLast() <= 1.5 * rows.getFirst(), "as large for any batch, got " + rows);
  }

  @Test
  void refusesAnEmptyBatch() {
    assertThrows(IllegalArgumentException.class, () -> new Cut(0, 16));
    assertThrows(IllegalArgumentException.class, () -> new Cut(16, 0));
  }
}
