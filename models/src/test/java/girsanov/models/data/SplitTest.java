package girsanov.models.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final int SEGMENTS = 3;

  @Test
  void aSourceIsInOnePart() {
    List<String> sources = sources(1000);
    List<Part> parts = Split.BY_SOURCE.parts(sources, 7);
    Map<String, Part> seen = new HashMap<>();
    for (int i = 0; i < sources.size(); i++) {
      Part first = seen.putIfAbsent(sources.get(i), parts.get(i));
      assertTrue(first == null || first == parts.get(i), sources.get(i));
    }
  }

  @Test
  void partsAreInProportion() {
    for (Split split : Split.values()) {
      List<Part> parts = split.parts(sources(4000), 1);
      assertEquals(0.90, share(parts, Part.TRAIN), 0.02);
      assertEquals(0.05, share(parts, Part.VALID), 0.015);
      assertEquals(0.05, share(parts, Part.TEST), 0.015);
    }
  }

  @Test
  void segmentsOfOneSourceFallApart() {
    List<String> sources = sources(1000);
    List<Part> parts = Split.BY_SEGMENT.parts(sources, 7);
    Set<String> apart = new HashSet<>();
    for (int i = 1; i < sources.size(); i++) {
      if (sources.get(i).equals(sources.get(i - 1)) && parts.get(i) != parts.get(i - 1)) {
        apart.add(sources.get(i));
      }
    }
    assertTrue(apart.size() > 100, () -> "got " + apart.size());
  }

  @Test
  void noPartIsEmptyHoweverFewTheSources() {
    for (int count = 3; count < 12; count++) {
      for (long seed = 0; seed < 100; seed++) {
        List<Part> parts = Split.BY_SOURCE.parts(sources(count), seed);
        assertEquals(EnumSet.allOf(Part.class), EnumSet.copyOf(parts));
      }
    }
  }

  @Test
  void anotherSourceMovesNone() {
    List<Part> fewer = Split.BY_SOURCE.parts(sources(200), 3);
    List<Part> more = Split.BY_SOURCE.parts(sources(201), 3);
    assertEquals(fewer, more.subList(0, fewer.size()));
  }

  @Test
  void seedsDiffer() {
    assertTrue(
        !Split.BY_SOURCE.parts(sources(100), 0).equals(Split.BY_SOURCE.parts(sources(100), 1)));
  }

  @Test
  void setsKeepValuesWithTheirSources() {
    List<String> sources = sources(20);
    FloatTensor values = FloatTensor.zeros(Shape.of(sources.size(), 1, 1));
    for (int i = 0; i < sources.size(); i++) {
      values.put(i, i);
    }
    SegmentSets sets = Split.BY_SEGMENT.of("toy", new Segments(values, 1, sources), 0);
    int count = 0;
    for (Segments part : List.of(sets.train(), sets.valid(), sets.test())) {
      count += part.count();
      for (int i = 0; i < part.count(); i++) {
        assertEquals(sources.get((int) part.at(i, 0, 0)), part.sources().get(i));
      }
    }
    assertEquals(sources.size(), count);
  }

  @Test
  void tooFewSourcesNameTheRemedy() {
    DataException e = assertThrows(DataException.class, () -> Split.BY_SOURCE.parts(sources(2), 0));
    assertEquals(
        "expected at least 3 sources (songs or speakers) to split into train, valid and test, found"
            + " 2; add recordings, or split by segment, which lets segments of one source fall into"
            + " different sets",
        e.getMessage());
    assertEquals(EnumSet.allOf(Part.class), EnumSet.copyOf(Split.BY_SEGMENT.parts(sources(2), 0)));
  }

  /** The same number of segments of each source. */
  private static List<String> sources(int count) {
    var sources = new ArrayList<String>();
    for (int i = 0; i < count * SEGMENTS; i++) {
      sources.add("song " + i / SEGMENTS);
    }
    return sources;
  }

  private static double share(List<Part> parts, Part part) {
    return parts.stream().filter(p -> p == part).count() / (double) parts.size();
  }
}
