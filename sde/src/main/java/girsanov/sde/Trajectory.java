package girsanov.sde;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Scan;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * A numerical solution as an expression: the states at the points of a grid.
 *
 * @param grid the points at which states are kept
 * @param states {@code [grid.steps() + 1, batch, dim]}; row 0 is the initial state
 */
public record Trajectory(Grid grid, Expr states) {

  /** The solution at every point of the grid it is computed on. */
  public static Trajectory of(Scheme scheme, Sde sde, Grid grid, Expr initial, Expr increments) {
    return of(scheme, sde, grid, 1, initial, increments);
  }

  /**
   * The solution by {@code grid.steps()} steps, kept at every {@code every}-th point: a scan over
   * the kept points of scans over the steps between them, so that only kept states use memory.
   *
   * @param initial states at the start {@code [batch, dim]}
   * @param increments Brownian increments {@code [grid.steps(), batch, dim]}
   * @throws IllegalArgumentException if the scheme is for the other kind of equation, or shapes
   *     differ
   */
  public static Trajectory of(
      Scheme scheme, Sde sde, Grid grid, int every, Expr initial, Expr increments) {
    check(scheme, sde, grid, initial, increments);
    grid.checkDivides(every);
    int kept = grid.steps() / every;
    List<Expr> xs =
        List.of(
            Expr.constant(grid.starts()).reshape(kept, every),
            Expr.constant(grid.lengths()).reshape(kept, every),
            increments.reshape(increments.shape().with(0, every).insert(0, kept)));
    Expr after =
        Scan.of(
                List.of(initial),
                xs,
                false,
                (state, interval) -> steps(scheme, sde, state, interval))
            .stacks()
            .getFirst();
    return new Trajectory(
        grid.coarsen(every), Expr.concat(0, List.of(initial.insertAxis(0), after)));
  }

  private static List<Expr> steps(Scheme scheme, Sde sde, List<Expr> state, List<Expr> interval) {
    return Scan.of(
            state,
            interval,
            false,
            (z, x) -> List.of(scheme.step(sde, z.getFirst(), x.get(0), x.get(1), x.get(2))))
        .last();
  }

  static void check(Scheme scheme, Sde sde, Grid grid, Expr initial, Expr increments) {
    checkInterpretation(scheme, sde);
    check(grid, initial, increments);
  }

  static void check(Grid grid, Expr initial, Expr increments) {
    Shape expected = initial.shape().insert(0, grid.steps());
    if (initial.shape().rank() != 2 || !increments.shape().equals(expected)) {
      throw new IllegalArgumentException(
          "Expected initial states [batch, dim] and increments ["
              + grid.steps()
              + ", batch, dim], got "
              + initial.shape()
              + " and "
              + increments.shape()
              + ".");
    }
  }

  private static void checkInterpretation(Scheme scheme, Sde sde) {
    if (scheme.interpretation() != sde.interpretation()) {
      throw new IllegalArgumentException(
          scheme.getClass().getSimpleName()
              + ": expected an equation in the sense of "
              + scheme.interpretation()
              + ", got "
              + sde.interpretation()
              + "; add or subtract the drift ½ g ∂g/∂z, or choose a scheme for "
              + sde.interpretation()
              + ".");
    }
  }
}
