package girsanov.models.data;

import girsanov.autodiff.Expr;
import girsanov.sde.NoiseClass;
import girsanov.sde.Sde;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/**
 * The stochastic Lorenz attractor, three data sets of that name that differ in noise and horizon. A
 * figure always belongs to one of them.
 *
 * <pre>
 *   dx = 10 (y − x) dt + g₁ dw₁
 *   dy = (28 x − y − x z) dt + g₂ dw₂
 *   dz = (x y − 8/3 z) dt + g₃ dw₃,    (x, y, z) at 0 ~ N(0, I)
 * </pre>
 *
 * <p>{@link #simulate} standardises each coordinate by its mean and standard deviation over all
 * training sequences and times, then adds observation noise N(0, 0.01²).
 */
public enum Lorenz {
  /**
   * The SDE Matching notebook (Bartosh et al. 2025): g = 0.15 (x, y, z), 41 points on [0, 1],
   * Euler–Maruyama with step 2.5e-4.
   */
  BARTOSH(true, new double[] {0.15, 0.15, 0.15}, 1, 41, 100),
  /**
   * Li et al. 2020 as its appendix describes it: g = 0.15 in each coordinate whatever the state, 41
   * points on [0, 1]. Its simulator is not stated; here it is that of {@link #BARTOSH}.
   */
  LI_PAPER(false, new double[] {0.15, 0.15, 0.15}, 1, 41, 100),
  /**
   * The example shipped with torchsde 0.2.6: g = (0.1 x, 0.28 y, 0.3 z), 100 points on [0, 2]. It
   * simulates by a Runge–Kutta scheme of order 1.5 with step 1e-3, here Euler–Maruyama with 2/99/80
   * = 2.525e-4.
   */
  TORCHSDE_EXAMPLE(true, new double[] {0.1, 0.28, 0.3}, 2, 100, 80);

  /** Standard deviation of the observation noise, in standardised units. */
  public static final double OBSERVATION_NOISE = 0.01;

  private static final List<String> NAMES = List.of("x", "y", "z");

  private final boolean multiplicative;
  private final double[] noise;
  private final double horizon;
  private final int points;
  private final int substeps;

  Lorenz(boolean multiplicative, double[] noise, double horizon, int points, int substeps) {
    this.multiplicative = multiplicative;
    this.noise = noise;
    this.horizon = horizon;
    this.points = points;
    this.substeps = substeps;
  }

  /** The name on the command line, such as {@code li-paper}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public double horizon() {
    return horizon;
  }

  /** The number of observation times, evenly spaced from 0 to the horizon. */
  public int points() {
    return points;
  }

  int substeps() {
    return substeps;
  }

  static List<String> names() {
    return NAMES;
  }

  /** 1024 training sequences, and as many for validation and test from other random streams. */
  public DataSet simulate(long seed) {
    return simulate(seed, 1024, 1024).data();
  }

  /** The data set, and the standardisation that leads back to Lorenz's units. */
  public LorenzSimulation simulate(long seed, int sequences, int heldOut) {
    return LorenzSimulation.run(this, seed, sequences, heldOut);
  }

  /** The equation of the states {@code [batch, 3]}. */
  public Sde sde() {
    Expr scale = Expr.constant(Tensor.of(Precision.DOUBLE, Shape.of(3), noise));
    return multiplicative
        ? Sde.ito(NoiseClass.DIAGONAL, Lorenz::drift, (z, t) -> z.times(scale))
        : Sde.ito(NoiseClass.ADDITIVE, Lorenz::drift, (z, t) -> scale.broadcastTo(z.shape()));
  }

  private static Expr drift(Expr state, Expr t) {
    Expr x = state.slice(-1, 0, 1);
    Expr y = state.slice(-1, 1, 2);
    Expr z = state.slice(-1, 2, 3);
    return Expr.concat(
        -1,
        List.of(
            y.minus(x).times(10),
            x.times(28).minus(y).minus(x.times(z)),
            x.times(y).minus(z.times(8.0 / 3))));
  }
}
