package girsanov.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.tensor.plain.Erf;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The stated accuracy of the plain error function. */
class PlainErfTest {
  private static final double ULPS = 4;

  @Test
  void isAsAccurateAsStated() {
    var random = new Random(3);
    double worst = 0;
    for (int i = 0; i < 4000; i++) {
      double x = (i % 2 == 0 ? 6 : 1.2) * (2 * random.nextDouble() - 1);
      BigDecimal exact = Precise.erf(new BigDecimal(x));
      double error = new BigDecimal(Erf.of(x)).subtract(exact).doubleValue();
      worst = Math.max(worst, Math.abs(error) / Math.ulp(exact.doubleValue()));
    }
    assertTrue(worst <= ULPS, "expected " + ULPS + " ulp, got " + worst);
  }

  @Test
  void hasItsLimits() {
    assertEquals(0, Erf.of(0));
    assertEquals(1, Erf.of(30));
    assertEquals(-1, Erf.of(-30));
  }
}
