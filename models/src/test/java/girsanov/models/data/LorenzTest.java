package girsanov.models.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import girsanov.tensor.Shape;
import org.junit.jupiter.api.Test;

/** The presets have the moments of the recipe, and held-out data of their own. */
final class LorenzTest {
  /** Means and standard deviations of 1024 sequences in Lorenz's units, on [0, 1]. */
  @Test
  void momentsOfTheUnitInterval() {
    for (Lorenz lorenz : new Lorenz[] {Lorenz.BARTOSH, Lorenz.LI_PAPER}) {
      LorenzSimulation simulation = lorenz.simulate(1, 256, 16);
      // Sequences are nearly independent draws: 4 standard errors over 256 of them.
      assertArrayEquals(new double[] {0, 0, 20.7}, simulation.mean(), 4 * 9.0 / 16);
      assertEquals(20.7, simulation.mean()[2], 0.5);
      assertArrayEquals(new double[] {8.9, 11.5, 15.3}, simulation.std(), 0.3);
      TimeSeries train = simulation.data().train();
      assertEquals(Shape.of(256, 41, 3), train.values().shape());
      assertEquals(0.025, train.times()[1], 1e-12);
      assertEquals(1, train.times()[40]);
      assertEquals(Shape.of(16, 41, 3), simulation.data().test().values().shape());
    }
  }

  @Test
  void horizonOfTheExample() {
    TimeSeries train = Lorenz.TORCHSDE_EXAMPLE.simulate(1, 4, 2).data().train();
    assertEquals(100, train.length());
    assertEquals(2, train.times()[99]);
    assertEquals("torchsde-example", Lorenz.TORCHSDE_EXAMPLE.title());
  }

  @Test
  void sequencesDependOnTheirNumberAndSplitAlone() {
    LorenzSimulation few = Lorenz.BARTOSH.simulate(3, 5, 5);
    LorenzSimulation more = Lorenz.BARTOSH.simulate(3, 70, 5);
    // The standardisation differs, Lorenz's units do not.
    for (int time = 0; time < 41; time++) {
      assertEquals(raw(few, few.data().train(), time), raw(more, more.data().train(), time), 0.03);
    }
    assertNotEquals(few.data().train().at(0, 20, 0), few.data().test().at(0, 20, 0));
    assertNotEquals(few.data().valid().at(0, 20, 0), few.data().test().at(0, 20, 0));
    assertEquals(few.data(), Lorenz.BARTOSH.simulate(3, 5, 5).data());
  }

  /**
   * First coordinate of sequence 4, up to 0.01 std of observation noise in two standardisations.
   */
  private static double raw(LorenzSimulation simulation, TimeSeries series, int time) {
    return series.at(4, time, 0) * simulation.std()[0] + simulation.mean()[0];
  }
}
