package girsanov.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.models.data.SegmentSets;
import girsanov.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void musicIsRolls() {
    Corpus corpus = Corpus.sample(Kind.MUSIC, Reading.standard());
    assertEquals(List.of(47, 5, 8), counts(corpus.sets()));
    assertEquals(Shape.of(47, 240, 128), corpus.sets().train().values().shape());
    assertEquals(4, corpus.sets().train().framesPerSecond());
    assertEquals(24, corpus.used());
    assertEquals(List.of(), corpus.skipped());
    assertEquals(Set.of(0f, 1f), distinct(corpus.sets().test().values().array()));
  }

  @Test
  void speechIsFramesOfSamples() {
    Corpus corpus = Corpus.sample(Kind.SPEECH, Reading.standard());
    assertEquals(List.of(18, 2, 3), counts(corpus.sets()));
    assertEquals(Shape.of(18, 160, 100), corpus.sets().train().values().shape());
    assertEquals(160, corpus.sets().train().framesPerSecond());
    assertEquals(5, corpus.used());
  }

  @Test
  void rollsOfAnotherRate() {
    Reading reading = Reading.standard().withFramesPerSecond(2);
    Corpus corpus = Corpus.sample(Kind.MUSIC, reading);
    assertEquals(Shape.of(47, 120, 128), corpus.sets().train().values().shape());
  }

  private static List<Integer> counts(SegmentSets sets) {
    return List.of(sets.train().count(), sets.valid().count(), sets.test().count());
  }

  private static Set<Float> distinct(float[] values) {
    Set<Float> distinct = new HashSet<>();
    for (float value : values) {
      distinct.add(value);
    }
    return distinct;
  }
}
