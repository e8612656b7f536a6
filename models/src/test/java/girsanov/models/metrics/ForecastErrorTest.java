package girsanov.models.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import org.junit.jupiter.api.Test;

final class ForecastErrorTest {

  /** Quantiles as printed in tables. */
  @Test
  void studentsQuantiles() {
    assertEquals(12.706, StudentT.halfWidth(0.95, 1), 0.0005);
    assertEquals(2.228, StudentT.halfWidth(0.95, 10), 0.0005);
    assertEquals(2.0096, StudentT.halfWidth(0.95, 49), 0.00005);
    assertEquals(2.2622, StudentT.halfWidth(0.95, 9), 0.00005);
    assertEquals(1.9600, StudentT.halfWidth(0.95, 1_000_000), 0.0001);
    assertEquals(2.750, StudentT.halfWidth(0.99, 30), 0.0005);
  }

  /** Two samples with errors (1, 3) and (−1, 1): means of squares 5 and 1, mean error (0, 2). */
  @Test
  void bothKindsOfError() {
    Tensor truth = Tensor.of(Precision.DOUBLE, Shape.of(1, 2), 10, 20);
    Tensor samples = Tensor.of(Precision.DOUBLE, Shape.of(2, 1, 2), 11, 23, 9, 21);
    ForecastError error = ForecastError.of(samples, truth);
    assertEquals(3, error.meanOfSamples(), 1e-12);
    assertEquals(2, error.ofMean(), 1e-12);
    // Standard deviation √8 over √2 samples.
    assertEquals(12.706 * 2, error.halfWidth(), 0.002);
    assertThrows(
        IllegalArgumentException.class,
        () -> ForecastError.of(DoubleTensor.zeros(Shape.of(2, 3)), truth));
  }
}
