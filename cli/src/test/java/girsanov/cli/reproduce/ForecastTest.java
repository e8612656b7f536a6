package girsanov.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.models.vsdn.FrameSystem;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is left is foretold anew from what was done. */
final class ForecastTest {
  private static Cell cell(long seed) {
    return new Cell(new Contender(FrameSystem.GRU_ODE, false), 0.25, 1, 4, seed, false);
  }

  @Test
  void whatTookLongerMakesTheRestLonger() {
    var forecast = new Forecast(Map.of(cell(0), 10.0, cell(1), 20.0, cell(2), 30.0));
    assertEquals(60, forecast.seconds(), 1e-12);
    forecast.done(cell(0), true, 15);
    assertEquals(75, forecast.seconds(), 1e-12);
    forecast.done(cell(1), true, 15);
    assertEquals(30, forecast.seconds(), 1e-12);
    forecast.done(cell(2), true, 1);
    assertEquals(0, forecast.seconds(), 1e-12);
  }

  @Test
  void whatWasHalfDoneBeforeSaysNothing() {
    var forecast = new Forecast(Map.of(cell(0), 10.0, cell(1), 20.0));
    forecast.done(cell(0), false, 1);
    assertEquals(20, forecast.seconds(), 1e-12);
  }
}
