package girsanov.sde;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Scan;
import java.util.List;

/**
 * How far the law Q of one process is from the law P of another. For dz = h_Q dt + g dw under Q and
 * dz = h_P dt + g dw under P, with one diagonal g and the same start, Girsanov's theorem gives the
 * density of one path measure with respect to the other: with u = (h_Q − h_P) / g and w the
 * Brownian motion of Q,
 *
 * <pre>
 *   log dQ/dP = ½ ∫ ‖u‖² dt + ∫ u · dw         KL(Q ‖ P) = ½ ∫ E_Q ‖u‖² dt
 * </pre>
 *
 * <p>Where the diffusions differ the two measures are singular and the divergence is infinite; that
 * of two Euler–Maruyama chains ({@link #transition}) then grows like the number of steps.
 *
 * <p>Sources: I. V. Girsanov, "On transforming a certain class of stochastic processes by
 * absolutely continuous substitution of measures", Theory Probab. Appl. 5 (1960); for the models
 * here, Liu et al., "Learning continuous-time dynamics by stochastic differential networks" (2020),
 * arXiv 2006.06145, Eq. 9 and appendix D, whose logarithms of matrices are those of their
 * determinants.
 *
 * @param cost ½ ∫ ‖u‖² dt along each path, {@code [batch]}, in nats: its mean is the divergence
 * @param martingale ∫ u · dw along each path, {@code [batch]}: its mean is zero
 */
public record PathKl(Expr cost, Expr martingale) {

  /**
   * Along paths of Q simulated on a grid, as sums over its intervals with u at their left ends. The
   * error of the mean cost is O(δ); the weight of an Euler–Maruyama path is exact for the two
   * Euler–Maruyama chains, at any step.
   *
   * @param q the process that is simulated
   * @param other h_P, the drift of P, which shares the diffusion of Q
   * @param initial states at the start {@code [batch, dim]}
   * @param increments Brownian increments {@code [grid.steps(), batch, dim]}
   */
  public static PathKl of(
      Scheme scheme, Sde q, Sde.Coefficient other, Grid grid, Expr initial, Expr increments) {
    Trajectory.check(scheme, q, grid, initial, increments);
    Expr zeros = Expr.zeros(initial.shape().without(1));
    List<Expr> xs =
        List.of(Expr.constant(grid.starts()), Expr.constant(grid.lengths()), increments);
    Scan.Step step =
        (carries, x) -> {
          Expr z = carries.getFirst();
          Expr t = x.get(0);
          Expr dt = x.get(1);
          Expr dw = x.get(2);
          Expr drift = q.drift().at(z, t);
          Expr p = other.at(z, t);
          Expr g = q.diffusion().at(z, t);
          return List.of(
              scheme.step(q, z, t, dt, dw),
              carries.get(1).plus(rate(drift, p, g).times(dt)),
              carries.get(2).plus(martingale(drift, p, g, dw)));
        };
    List<Expr> last = Scan.of(List.of(initial, zeros, zeros), xs, false, step).last();
    return new PathKl(last.get(1), last.get(2));
  }

  /** log dQ/dP along each path, {@code [batch]}; its mean too is the divergence. */
  public Expr logWeight() {
    return cost.plus(martingale);
  }

  /**
   * ½ ‖(h_Q − h_P) / g‖², the divergence per unit of time; the same whichever drift comes first.
   *
   * @param drift {@code [.., dim]}
   * @param other the other drift, {@code [.., dim]}
   * @param diffusion the diagonal of g that both share, {@code [.., dim]}
   * @return {@code [..]}, in nats per unit of time
   */
  public static Expr rate(Expr drift, Expr other, Expr diffusion) {
    return drift.minus(other).dividedBy(diffusion).square().sum(-1).times(0.5);
  }

  /**
   * u · dw over one step, what {@code rate · δ} lacks of the log weight of that step.
   *
   * @param drift h_Q, {@code [.., dim]}
   * @param other h_P, {@code [.., dim]}
   * @param diffusion the diagonal of g that both share, {@code [.., dim]}
   * @param dw the increment of Q's Brownian motion, {@code [.., dim]}
   * @return {@code [..]}, in nats
   */
  public static Expr martingale(Expr drift, Expr other, Expr diffusion, Expr dw) {
    return drift.minus(other).dividedBy(diffusion).times(dw).sum(-1);
  }

  /**
   * The divergence of one step of two Euler–Maruyama chains from the same state, N(z + h_Q δ, g_Q²
   * δ) from N(z + h_P δ, g_P² δ): with ρ = g_Q / g_P,
   *
   * <pre>
   *   Σ [ ½ (ρ² − 1) − log ρ ] + ½ δ ‖(h_Q − h_P) / g_P‖²
   * </pre>
   *
   * <p>The first sum does not shrink with δ. For equal diffusions it is 0, exactly, and what is
   * left is {@code rate · δ}.
   *
   * @param driftQ h_Q, of the chain whose law the mean is over, {@code [.., dim]}
   * @param diffusionQ the diagonal of g_Q, {@code [.., dim]}
   * @param driftP h_P, {@code [.., dim]}
   * @param diffusionP the diagonal of g_P, {@code [.., dim]}
   * @param dt δ, of a shape that broadcasts against {@code [..]}
   * @return {@code [..]}, in nats
   */
  public static Expr transition(
      Expr driftQ, Expr diffusionQ, Expr driftP, Expr diffusionP, Expr dt) {
    Expr ratio = diffusionQ.dividedBy(diffusionP);
    Expr spread = ratio.square().minus(1).times(0.5).minus(ratio.log()).sum(-1);
    return spread.plus(rate(driftQ, driftP, diffusionP).times(dt));
  }
}
