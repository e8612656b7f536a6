package girsanov.models.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames filled in and predicted, by hand, on two segments of six frames. */
final class FrameBaselineTest {
  private static final double[] MEAN = {0.5};
  private static final int NAN = -9;

  /** Frames that are not observed are no numbers, so that reading one shows. */
  private static Segments segments(double... values) {
    FloatTensor frames = FloatTensor.zeros(Shape.of(values.length / 6, 6, 1));
    for (int i = 0; i < values.length; i++) {
      frames.put(i, values[i] == NAN ? Double.NaN : values[i]);
    }
    return new Segments(frames, 4, List.of("a", "b").subList(0, values.length / 6));
  }

  /** Observed: frames 1 and 4 of the first segment, frame 5 alone of the second. */
  private static final Segments TRUTH =
      segments(NAN, 2, NAN, NAN, 8, NAN, NAN, NAN, NAN, NAN, NAN, 3);

  private static FloatTensor seen() {
    FloatTensor seen = FloatTensor.zeros(Shape.of(6, 2));
    return (FloatTensor) seen.set(1, 1, 0).set(1, 4, 0).set(1, 5, 1);
  }

  private static void fills(FrameBaseline baseline, double... expected) {
    FloatTensor filled = baseline.fill(TRUTH, seen(), MEAN);
    assertEquals(Shape.of(2, 6, 1), filled.shape());
    assertArrayEquals(expected, filled.toArray(), 1e-6);
  }

  @Test
  void copyTakesTheLastObserved() {
    fills(FrameBaseline.COPY, 0.5, 2, 2, 2, 8, 8, 0.5, 0.5, 0.5, 0.5, 0.5, 3);
  }

  @Test
  void nearestLooksBothWays() {
    fills(FrameBaseline.NEAREST, 2, 2, 2, 8, 8, 8, 3, 3, 3, 3, 3, 3);
  }

  @Test
  void linearGoesStraight() {
    fills(FrameBaseline.LINEAR, 2, 2, 4, 6, 8, 8, 3, 3, 3, 3, 3, 3);
  }

  @Test
  void constantsFillWhatIsHeldOut() {
    fills(FrameBaseline.ZERO, 0, 2, 0, 0, 8, 0, 0, 0, 0, 0, 0, 3);
    fills(FrameBaseline.MEAN, 0.5, 2, 0.5, 0.5, 8, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 3);
  }

  /** Of two as near, the earlier. */
  @Test
  void nearestOfTwoIsTheEarlier() {
    FloatTensor seen = FloatTensor.zeros(Shape.of(6, 1));
    seen.set(1, 0, 0).set(1, 4, 0);
    FloatTensor filled = FrameBaseline.NEAREST.fill(segments(1, NAN, NAN, NAN, 5, NAN), seen, MEAN);
    assertArrayEquals(new double[] {1, 1, 1, 5, 5, 5}, filled.toArray());
  }

  @Test
  void predictionsAreStrict() {
    assertArrayEquals(
        new double[] {0.5, 0.5, 2, 2, 2, 8, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5},
        FrameBaseline.COPY.predict(TRUTH, seen(), MEAN).toArray());
    assertArrayEquals(new double[12], FrameBaseline.ZERO.predict(TRUTH, seen(), MEAN).toArray());
  }

  @Test
  void withoutObservationsThereIsTheMean() {
    FloatTensor none = FloatTensor.zeros(Shape.of(6, 2));
    for (FrameBaseline baseline : FrameBaseline.values()) {
      double expected = baseline == FrameBaseline.ZERO ? 0 : 0.5;
      for (double value : baseline.fill(TRUTH, none, MEAN).toArray()) {
        assertEquals(expected, value);
      }
    }
  }

  @Test
  void meansAreOfEachDim() {
    FloatTensor values = FloatTensor.zeros(Shape.of(2, 2, 2));
    for (int i = 0; i < 8; i++) {
      values.put(i, i);
    }
    assertArrayEquals(
        new double[] {3, 4}, new Segments(values, 4, List.of("a", "b")).mean(), 1e-12);
  }

  @Test
  void refusesToPredictByWhatComesAfter() {
    assertThrows(
        IllegalArgumentException.class, () -> FrameBaseline.LINEAR.predict(TRUTH, seen(), MEAN));
    FloatTensor transposed = FloatTensor.zeros(Shape.of(2, 6));
    assertThrows(
        IllegalArgumentException.class, () -> FrameBaseline.COPY.fill(TRUTH, transposed, MEAN));
  }
}
