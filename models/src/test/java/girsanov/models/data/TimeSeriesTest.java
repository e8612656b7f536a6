package girsanov.models.data;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is no series is refused where it is made: in training it would look like divergence. */
final class TimeSeriesTest {
  private static void refused(String why, double[] times, double... numbers) {
    DoubleTensor values =
        DoubleTensor.view(numbers, 0, Shape.of(numbers.length / times.length / 2, times.length, 2));
    List<String> two = List.of("a", "b");
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> new TimeSeries(times, values, two, two));
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal.getMessage());
  }

  @Test
  void numbersAreFinite() {
    double[] times = {0, 1};
    refused("NaN in sequence 1, time 0, dim 1", times, 1, 2, 3, 4, 5, Double.NaN, 7, 8);
    refused(
        "-Infinity in sequence 0, time 1, dim 0",
        times,
        1,
        2,
        Double.NEGATIVE_INFINITY,
        4,
        5,
        6,
        7,
        8);
  }

  @Test
  void timesIncrease() {
    refused("got 1.0 after 1.0", new double[] {1, 1}, 1, 2, 3, 4);
    refused("got NaN after 1.0", new double[] {1, Double.NaN}, 1, 2, 3, 4);
  }
}
