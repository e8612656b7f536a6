package girsanov.tensor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarmupTest {
  @ParameterizedTest
  @EnumSource
  void endsInTime(Precision precision) {
    long start = System.nanoTime();
    Warmup.run(precision);
    double seconds = (System.nanoTime() - start) * 1e-9;
    assertTrue(seconds < 8, seconds + " s");
  }
}
