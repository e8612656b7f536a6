package girsanov.models.sdematching;

import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.compile.Program;
import girsanov.models.Values;
import girsanov.sde.Brownian;
import girsanov.sde.EulerMaruyama;
import girsanov.sde.Grid;
import girsanov.sde.NoiseClass;
import girsanov.sde.Sde;
import girsanov.sde.Trajectory;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The posterior process has the marginals it was derived from: simulating Eq. 9 with the drift of
 * Eq. 10 gives back mean and variance of q(z_t | X), whatever the diffusion, and does not without
 * the divergence term.
 */
final class MarginalTest {
  private static final int PATHS = 10_000;
  private static final Grid GRID = Grid.even(0, 1, 200);
  private static final int KEPT = 4;

  /** μ(t) = (sin 3t, 1 − t²), log σ(t) = (t − 1, −½ − t/2). */
  private static final Posterior POSTERIOR =
      given ->
          t -> {
            Expr mean = Expr.stack(2, List.of(t.times(3).sin(), t.square().negate().plus(1)));
            Expr logStd = Expr.stack(2, List.of(t.minus(1), t.times(-0.5).minus(0.5)));
            return new Gaussian(mean, logStd);
          };

  /** A diffusion, its drift immaterial here. */
  private record Diffusion(Sde.Coefficient g) implements Prior {
    @Override
    public Gaussian initial() {
      return new Gaussian(Expr.zeros(Shape.of(2)), Expr.zeros(Shape.of(2)));
    }

    @Override
    public Expr drift(Expr z, Expr t) {
      return z.negate();
    }

    @Override
    public Expr diffusion(Expr z, Expr t) {
      return g.at(z, t);
    }
  }

  /** g_k = 0.2 + 0.8 sigmoid(3 z_k + t): grows with the state. */
  private static Expr growing(Expr z, Expr t) {
    return z.times(3).plus(t).sigmoid().times(0.8).plus(0.2);
  }

  /** ½ ∂(g²)/∂z = g g′, by hand. */
  private static Expr halfDivergence(Expr z, Expr t) {
    Expr s = z.times(3).plus(t).sigmoid();
    return growing(z, t).times(s.minus(s.square()).times(2.4));
  }

  @Test
  void stateDependentDiffusion() {
    double deviation = deviation(sde(MarginalTest::growing));
    assertTrue(deviation < 4, "in standard errors: " + deviation);
  }

  @Test
  void withoutTheDivergenceTermItFails() {
    Sde full = sde(MarginalTest::growing);
    Sde without =
        Sde.ito(
            NoiseClass.DIAGONAL,
            (z, t) -> full.drift().at(z, t).minus(halfDivergence(z, t)),
            full.diffusion());
    double deviation = deviation(without);
    assertTrue(deviation > 20, "in standard errors: " + deviation);
  }

  @Test
  void marginalsDoNotDependOnTheDiffusion() {
    assertTrue(deviation(sde((z, t) -> Expr.constant(0.1).broadcastTo(z.shape()))) < 4);
    assertTrue(deviation(sde((z, t) -> growing(z.negate(), t).times(1.5))) < 4);
  }

  private static Sde sde(Sde.Coefficient g) {
    var model = new SdeMatching(new Diffusion(g), POSTERIOR, z -> new Gaussian(z, z));
    return model.posteriorSde(POSTERIOR.given(nothing()), 1);
  }

  private static Observations nothing() {
    return new Observations(new double[] {0}, 1, Expr.zeros(Shape.of(1, 1, 1)));
  }

  /**
   * The largest deviation of a mean or variance from q's, at four times, in standard errors of the
   * simulation.
   */
  private static double deviation(Sde sde) {
    Posterior.Marginals q = POSTERIOR.given(nothing());
    Expr noise = Expr.input("noise", PATHS, 2);
    Expr dw = Expr.input("dw", GRID.steps(), PATHS, 2);
    Expr start = q.at(Expr.zeros(Shape.of(1, 1))).sample(noise.insertAxis(0)).get(0, 0);
    int every = GRID.steps() / KEPT;
    Trajectory paths = Trajectory.of(new EulerMaruyama(), sde, GRID, every, start, dw);
    Expr times = Expr.input("times", 1, KEPT + 1);
    Gaussian marginals = q.at(times);
    Tensor at = Tensor.of(Precision.DOUBLE, times.shape(), paths.grid().times());
    var brownian = new Brownian(31, 0, GRID, 2);
    List<Tensor> results =
        Program.compile(
                new Graph(
                    List.of(noise, dw, times),
                    List.of(paths.states(), marginals.mean(), marginals.std())),
                Precision.DOUBLE)
            .run(List.of(Values.normals(30, PATHS, 2), brownian.increments(0, PATHS), at));
    double largest = 0;
    for (int k = 0; k <= KEPT; k++) {
      for (int d = 0; d < 2; d++) {
        double mean = results.get(1).get(0, k, d);
        double std = results.get(2).get(0, k, d);
        largest = Math.max(largest, deviation(results.get(0).row(k), d, mean, std));
      }
    }
    return largest;
  }

  /** In standard errors, σ/√n for the mean and σ²√(2/n) for the variance. */
  private static double deviation(Tensor states, int d, double mean, double std) {
    double sum = 0;
    double squares = 0;
    for (int path = 0; path < PATHS; path++) {
      double error = (states.get(path, d) - mean) / std;
      sum += error;
      squares += error * error;
    }
    double ofMean = Math.abs(sum) / Math.sqrt(PATHS);
    double ofVariance = Math.abs(squares / PATHS - 1) / Math.sqrt(2.0 / PATHS);
    return Math.max(ofMean, ofVariance);
  }
}
