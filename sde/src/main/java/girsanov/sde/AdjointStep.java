package girsanov.sde;

import girsanov.autodiff.Constant;
import girsanov.autodiff.Elementwise;
import girsanov.autodiff.Expr;
import girsanov.autodiff.Input;
import girsanov.autodiff.Vjp;
import girsanov.sde.StochasticAdjoint.Terms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One step of the adjoint equation back over an interval of length δ with the Brownian increment Δ
 * that the solution had there: Milstein's scheme for the Stratonovich equation
 *
 * <pre>
 *   dy = (f − ½ g g′) dt + g ∘ dw
 *   da = −[∂(f − ½ g g′)/∂y]ᵀ a dt − a g′ ∘ dw        − ρ ∂r/∂y dt
 *   dα = −[∂(f − ½ g g′)/∂θ]ᵀ a dt − [∂g/∂θ]ᵀ (a ∘ dw) − ρ ∂r/∂θ dt
 * </pre>
 *
 * <p>from right to left, for the state y, its cotangent a, and the parameters' cotangents α, with r
 * the running cost and ρ the cotangent of its integral, which is constant. Written out, with all
 * coefficients at the right end of the interval,
 *
 * <pre>
 *   y ← y − f δ − g Δ + ½ g g′ (Δ² + δ)
 *   (a, α) ← (a, α) + [∂f/∂(y, θ)]ᵀ (a δ)
 *                   + [∂g/∂(y, θ)]ᵀ (a (Δ + ½ g′ (Δ² − δ)))
 *                   − [∂g′/∂(y, θ)]ᵀ (½ a g (Δ² + δ)) + [∂r/∂(y, θ)]ᵀ (ρ δ)
 * </pre>
 *
 * <p>one pass of {@link Vjp}. The noise of this larger equation commutes where g is diagonal:
 * coordinate k of w moves y_k and a_k by what depends on them alone, and no coefficient depends on
 * α. So no further integrals of w are needed.
 */
final class AdjointStep {
  private AdjointStep() {}

  /** The state at the left end, and what is added to the cotangents. */
  record Back(Expr y, List<Expr> added) {}

  /**
   * One step.
   *
   * @param terms at (y, right end)
   * @param dcost ρ, {@code [batch]}
   * @param xs y, and all else that gets a cotangent
   */
  static Back of(
      NoiseClass noise, Terms terms, Expr a, Expr dcost, Expr dt, Expr dw, List<Expr> xs) {
    Expr y = xs.getFirst();
    Expr f = terms.drift();
    Expr g = terms.diffusion();
    Expr before = y.minus(f.times(dt)).minus(g.times(dw));
    var ys = new ArrayList<>(List.of(f, g, terms.cost()));
    var dys = new ArrayList<>(List.of(a.times(dt), a.times(dw), dcost.times(dt)));
    if (noise == NoiseClass.DIAGONAL) {
      Expr slope = Milstein.slope(g, y);
      Expr half = dw.square().plus(dt).times(0.5).times(g);
      before = before.plus(half.times(slope));
      ys.add(slope);
      dys.add(a.times(half).negate());
      Expr excess = dw.square().minus(dt).times(0.5);
      dys.set(1, a.times(dw.plus(slope.times(excess))));
    }
    return new Back(before, Vjp.of(ys, dys, xs));
  }

  /**
   * Refuses coefficients that depend on an input whose gradient nobody asked for.
   *
   * @param known what gets a cotangent, and the time
   */
  static void checkDependence(Terms terms, List<Expr> known) {
    Set<Expr> seen = new HashSet<>(known);
    var open = new ArrayDeque<>(List.of(terms.drift(), terms.diffusion(), terms.cost()));
    while (!open.isEmpty()) {
      Expr node = open.remove();
      boolean flat = node.op() == Elementwise.DETACH || node.op() instanceof Constant;
      if (!flat && seen.add(node)) {
        if (node.op() instanceof Input(var name, var shape)) {
          throw new IllegalArgumentException(
              "stochastic adjoint: expected coefficients of the state, the time, what is given and"
                  + " the parameters, got one that depends on input '"
                  + name
                  + "' "
                  + shape
                  + " from "
                  + node.where()
                  + ", whose gradient would be lost; list it among the parameters, give it, or"
                  + " detach() it if it is data");
        }
        open.addAll(node.args());
      }
    }
  }
}
