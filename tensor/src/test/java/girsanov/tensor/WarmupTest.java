package girsanov.tensor;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long it takes and what it gains: lesson 4 and the row {@code warm-up} of the benchmarks. */
class WarmupTest {
  @ParameterizedTest
  @EnumSource
  void callsEveryKernelWithinItsBounds(Precision precision) {
    assertDoesNotThrow(() -> Warmup.all(precision));
  }
}
