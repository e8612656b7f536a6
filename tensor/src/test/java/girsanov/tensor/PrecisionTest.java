package girsanov.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrecisionTest {
  @Test
  void padsToWholeCacheLines() {
    assertEquals(16, Precision.FLOAT.pad(1));
    assertEquals(16, Precision.FLOAT.pad(16));
    assertEquals(8, Precision.DOUBLE.pad(3));
    assertEquals(0, Precision.DOUBLE.pad(0));
  }
}
