package girsanov.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.models.data.SegmentSets;
import girsanov.models.data.Segments;
import girsanov.readers.speech.Scaling;
import girsanov.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole folders against the facts of their READMEs. */
class SharedCorpusTest {

  @Test
  void musicAsItsListSays() {
    Corpus corpus = Corpus.read(Shared.folder("midi"), Reading.standard());
    SegmentSets sets = corpus.sets();
    assertEquals(Kind.MUSIC, corpus.kind());
    assertEquals("files.csv", corpus.splitBy());
    assertEquals(
        List.of(197 + 746, 18 + 84, 26 + 91),
        List.of(sets.train().count(), sets.valid().count(), sets.test().count()));
    assertEquals(Shape.of(943, 240, 128), sets.train().values().shape());
    assertEquals("midi", sets.name());
    assertEquals(
        List.of("freedoom/d_fdmrdm.mid", "pop909/098.mid"),
        corpus.skipped().stream().map(Skipped::file).toList());
  }

  @Test
  void speechByEachScaling() {
    for (Scaling scaling : Scaling.values()) {
      Reading reading = Reading.standard().withScaling(scaling);
      SegmentSets sets = Corpus.read(Shared.folder("timit-sample"), reading).sets();
      assertEquals(
          List.of(309, 53, 49),
          List.of(sets.train().count(), sets.valid().count(), sets.test().count()));
      assertEquals(Shape.of(309, 160, 100), sets.train().values().shape());
      assertEquals("dr1-fvmh0", sets.train().sources().getFirst());
      double rms =
          (rootMeanSquares(sets.train())
                  + rootMeanSquares(sets.valid())
                  + rootMeanSquares(sets.test()))
              / (309 + 53 + 49);
      double expected =
          switch (scaling) {
            case FILE_PEAK -> 0.104;
            case SEGMENT_PEAK -> 0.133;
            case GLOBAL -> 0.0157 * 32_768 / 12_039;
          };
      assertEquals(expected, rms, 5e-4, scaling.title());
    }
  }

  /** Summed over segments. */
  private static double rootMeanSquares(Segments segments) {
    double sum = 0;
    int each = segments.frames() * segments.dim();
    for (int segment = 0; segment < segments.count(); segment++) {
      double squares = 0;
      for (int i = 0; i < each; i++) {
        double value = segments.values().at(segment * each + i);
        squares += value * value;
      }
      sum += Math.sqrt(squares / each);
    }
    return sum;
  }
}
