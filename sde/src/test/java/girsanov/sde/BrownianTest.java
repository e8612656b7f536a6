package girsanov.sde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import girsanov.tensor.DoubleTensor;
import org.junit.jupiter.api.Test;

/** A path is a function of its number alone, nested grids agree, increments have variance dt. */
final class BrownianTest {
  private static final Brownian BROWNIAN = new Brownian(7, 100, new Grid(0, 0.1, 0.4, 0.5, 2), 3);

  @Test
  void pathsDoNotDependOnTheQuery() {
    DoubleTensor together = BROWNIAN.increments(0, 5);
    for (int path = 4; path >= 0; path--) {
      DoubleTensor alone = BROWNIAN.increments(path, 1);
      for (int k = 0; k < 4; k++) {
        for (int d = 0; d < 3; d++) {
          assertEquals(together.get(k, path, d), alone.get(k, 0, d));
        }
      }
    }
  }

  @Test
  void coarseIncrementsAreSumsOfFineOnes() {
    DoubleTensor fine = BROWNIAN.increments(0, 2);
    DoubleTensor coarse = BROWNIAN.increments(2, 0, 2);
    for (int path = 0; path < 2; path++) {
      for (int d = 0; d < 3; d++) {
        double sum = fine.get(2, path, d) + fine.get(3, path, d);
        assertEquals(sum, coarse.get(1, path, d), 1e-15);
      }
    }
  }

  @Test
  void varianceIsTheLengthOfTheInterval() {
    int paths = 4000;
    DoubleTensor dw = BROWNIAN.increments(0, paths);
    for (int k = 0; k < 4; k++) {
      double squares = 0;
      double sum = 0;
      for (double x : dw.row(k).toArray()) {
        squares += x * x;
        sum += x;
      }
      int n = 3 * paths;
      double length = BROWNIAN.grid().length(k);
      // Four standard errors of a mean and of a chi-square.
      assertEquals(0, sum / n, 4 * Math.sqrt(length / n));
      assertEquals(length, squares / n, 4 * length * Math.sqrt(2.0 / n));
    }
  }

  @Test
  void refusesAGridThatDoesNotNest() {
    assertThrows(IllegalArgumentException.class, () -> BROWNIAN.increments(3, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Grid(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Grid(0, Double.NaN));
  }

  @Test
  void refiningKeepsThePoints() {
    Grid grid = new Grid(0, 0.1, 0.7, 1);
    assertEquals(grid, grid.refine(7).coarsen(7));
    assertEquals(Grid.even(0, 1, 40).times()[40], 1.0);
  }
}
