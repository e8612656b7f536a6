package girsanov.models.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.data.Segments;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On the training frames themselves the likelihood is the entropy, in closed form. */
final class ConstantDensityTest {

  private static Segments segments(int frames, int dim, double... values) {
    FloatTensor tensor = FloatTensor.zeros(Shape.of(1, frames, dim));
    for (int i = 0; i < values.length; i++) {
      tensor.put(i, values[i]);
    }
    return new Segments(tensor, 4, List.of("a"));
  }

  private static FloatTensor ones(int frames) {
    FloatTensor ones = FloatTensor.zeros(Shape.of(frames, 1));
    ones.fill(1);
    return ones;
  }

  @Test
  void bernoulliIsTheEntropyOfTheFrequencies() {
    Segments train = segments(4, 2, 1, 0, 0, 1, 0, 1, 0, 0);
    double entropy = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75) + Math.log(2);
    assertEquals(
        entropy, ConstantDensity.BERNOULLI.negativeLogLikelihood(train, train, ones(4)), 1e-12);
  }

  @Test
  void gaussianIsTheEntropyOfTheVariances() {
    Segments train = segments(4, 2, 1, 0, 3, 10, 1, 0, 3, 10);
    double entropy = 0.5 * Math.log(2 * Math.PI * Math.E) * 2 + Math.log(1) + Math.log(5);
    assertEquals(
        entropy, ConstantDensity.GAUSSIAN.negativeLogLikelihood(train, train, ones(4)), 1e-12);
  }

  @Test
  void whatNeverHappenedCostsTwiceTheFrames() {
    Segments train = segments(4, 1, 0, 0, 0, 0);
    Segments test = segments(2, 1, 1, 0);
    FloatTensor first = ones(2);
    first.put(1, 0);
    assertEquals(
        Math.log(8), ConstantDensity.BERNOULLI.negativeLogLikelihood(train, test, first), 1e-12);
  }

  @Test
  void onlyScoredFramesCount() {
    Segments train = segments(2, 1, 0, 2);
    Segments test = segments(3, 1, 1, 100, 1);
    FloatTensor scored = ones(3);
    scored.put(1, 0);
    assertEquals(
        0.5 * Math.log(2 * Math.PI),
        ConstantDensity.GAUSSIAN.negativeLogLikelihood(train, test, scored),
        1e-12);
    scored.fill(0);
    assertTrue(Double.isNaN(ConstantDensity.GAUSSIAN.negativeLogLikelihood(train, test, scored)));
    assertThrows(
        IllegalArgumentException.class,
        () -> ConstantDensity.GAUSSIAN.negativeLogLikelihood(train, test, ones(2)));
  }
}
