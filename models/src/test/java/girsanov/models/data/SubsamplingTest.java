package girsanov.models.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts are exact, every subset is as likely, and a row does not depend on its neighbours. */
final class SubsamplingTest {

  @Test
  void regularTakesEveryFourthFrameFromTheFirst() {
    FloatTensor seen = filled(Subsampling.regular(0.25), 0, 240, 3);
    for (int frame = 0; frame < 240; frame++) {
      for (int row = 0; row < 3; row++) {
        assertEquals(frame % 4 == 0 ? 1 : 0, seen.get(frame, row));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.3, 10", "0.37, 101", "0.5, 7", "0.9, 13", "1, 5", "0.01, 5"})
  void regularObservationsLieWhereDocumented(double rate, int frames) {
    var regular = Subsampling.regular(rate);
    int observed = regular.observed(frames);
    double[] expected = new double[frames];
    for (int j = 0; j < observed; j++) {
      expected[j * frames / observed] = 1;
    }
    assertArrayEquals(expected, filled(regular, 0, frames, 1).toArray());
  }

  @ParameterizedTest
  @CsvSource({"0.25, 240, 60", "0.5, 160, 80", "0.3, 11, 3", "0.001, 9, 1", "1, 6, 6"})
  void irregularCountsAreExact(double rate, int frames, int observed) {
    var irregular = Subsampling.irregular(rate);
    assertEquals(observed, irregular.observed(frames));
    FloatTensor seen = filled(irregular, 5, frames, 50);
    for (int row = 0; row < 50; row++) {
      int count = 0;
      for (int frame = 0; frame < frames; frame++) {
        count += (int) seen.get(frame, row);
      }
      assertEquals(observed, count);
    }
  }

  /** All 20 subsets of 3 frames of 6, by a chi-square test with 19 degrees of freedom. */
  @Test
  void everySubsetIsAsLikely() {
    int rows = 40_000;
    FloatTensor seen = filled(Subsampling.irregular(0.5), 0, 6, rows);
    int[] counts = new int[64];
    for (int row = 0; row < rows; row++) {
      int subset = 0;
      for (int frame = 0; frame < 6; frame++) {
        subset |= (int) seen.get(frame, row) << frame;
      }
      counts[subset]++;
    }
    double chiSquare = 0;
    for (int subset = 0; subset < 64; subset++) {
      if (Integer.bitCount(subset) == 3) {
        double error = counts[subset] - rows / 20.0;
        chiSquare += error * error / (rows / 20.0);
      } else {
        assertEquals(0, counts[subset]);
      }
    }
    double statistic = chiSquare;
    // Exceeded with chance 0.001.
    assertTrue(statistic < 43.8, () -> "chi-square " + statistic);
  }

  @Test
  void rowsDoNotDependOnHowTheyAreCut() {
    var irregular = Subsampling.irregular(0.4);
    FloatTensor whole = filled(irregular, 100, 15, 9);
    for (int row = 0; row < 9; row++) {
      FloatTensor alone = filled(irregular, 100 + row, 15, 1);
      for (int frame = 0; frame < 15; frame++) {
        assertEquals(whole.get(frame, row), alone.get(frame, 0));
      }
    }
  }

  @Test
  void fillingAllocatesNothing() {
    FloatTensor seen = FloatTensor.zeros(Shape.of(40, 16));
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    var regular = Subsampling.regular(0.5);
    var irregular = Subsampling.irregular(0.5);
    long least = Long.MAX_VALUE;
    long asking = Long.MAX_VALUE;
    for (int round = 0; round < 200; round++) {
      long before = bean.getThreadAllocatedBytes(thread);
      asking = Math.min(asking, bean.getThreadAllocatedBytes(thread) - before);
      before = bean.getThreadAllocatedBytes(thread);
      regular.fill(1, round, 0, seen);
      irregular.fill(1, round, 0, seen);
      least = Math.min(least, bean.getThreadAllocatedBytes(thread) - before - asking);
    }
    assertEquals(0, least);
  }

  @Test
  void refusesARateThatIsNone() {
    assertThrows(IllegalArgumentException.class, () -> Subsampling.regular(0));
    assertThrows(IllegalArgumentException.class, () -> Subsampling.irregular(1.01));
    assertThrows(IllegalArgumentException.class, () -> Subsampling.irregular(Double.NaN));
  }

  private static FloatTensor filled(Subsampling subsampling, long firstRow, int frames, int rows) {
    FloatTensor seen = FloatTensor.zeros(Shape.of(frames, rows));
    subsampling.fill(7, 3, firstRow, seen);
    return seen;
  }
}
