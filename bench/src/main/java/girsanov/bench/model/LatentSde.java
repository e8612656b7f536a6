package girsanov.bench.model;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Scan;
import girsanov.models.data.Lorenz;
import girsanov.models.data.TimeSeries;
import girsanov.models.nn.Activation;
import girsanov.models.nn.Gru;
import girsanov.models.nn.Linear;
import girsanov.models.nn.Mlp;
import girsanov.models.nn.Parameter;
import girsanov.models.nn.Parameters;
import girsanov.models.sdematching.ScalarNetworks;
import girsanov.models.training.Objective;
import girsanov.sde.EulerMaruyama;
import girsanov.sde.Grid;
import girsanov.sde.NoiseClass;
import girsanov.sde.PathKl;
import girsanov.sde.StochasticAdjoint;
import girsanov.sde.StochasticAdjoint.Terms;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The latent SDE of torchsde's Lorenz example, trained through its solver or by the adjoint
 * equation: 200 Euler–Maruyama steps of 0.01 and 100 observations, one after every second step (in
 * the example the first is at 0). With c the context of the next observation and all later ones,
 *
 * <pre>
 *   dz = f(z, c) dt + g(z) dw,   loss = KL(q(z₀|c) ‖ p(z₀)) + ∫ ½ ‖(f − h) / g‖² dt − Σ log p(x|z)
 * </pre>
 *
 * @param values {@code [100, batch, 3]}
 * @param adjoint whether gradients are those of {@link StochasticAdjoint}
 */
public record LatentSde(Model model, FloatTensor values, boolean adjoint) implements Objective {
  private static final int POINTS = 100;
  private static final int SUBSTEPS = 2;
  private static final int STEPS = POINTS * SUBSTEPS;
  private static final double DT = 0.01;
  private static final int DIM = 3;
  private static final int LATENT = 4;
  private static final int CONTEXT = 64;
  private static final int HIDDEN = 128;
  private static final double STD = 0.01;

  /** The networks; 104,939 parameters. */
  public record Model(
      Gru gru,
      Linear context,
      Linear start,
      Parameter mean,
      Parameter logStd,
      Mlp posterior,
      Mlp prior,
      ScalarNetworks diffusion,
      Linear decoder) {

    static Model create() {
      return new Model(
          Gru.of(DIM, HIDDEN),
          Linear.of(HIDDEN, CONTEXT),
          Linear.of(CONTEXT, 2 * LATENT),
          Parameter.zeros("mean", LATENT),
          Parameter.zeros("log_std", LATENT),
          Mlp.of(Activation.SOFTPLUS, LATENT + CONTEXT, HIDDEN, HIDDEN, LATENT),
          Mlp.of(Activation.SOFTPLUS, LATENT, HIDDEN, HIDDEN, LATENT),
          ScalarNetworks.of(LATENT, HIDDEN, 0),
          Linear.of(LATENT, DIM));
    }
  }

  /** Through the solver. */
  public static LatentSde of(int batch) {
    return of(batch, false);
  }

  /** By the adjoint equation. */
  public static LatentSde byAdjoint(int batch) {
    return of(batch, true);
  }

  private static LatentSde of(int batch, boolean adjoint) {
    TimeSeries data = Lorenz.TORCHSDE_EXAMPLE.simulate(0, batch, 1).data().train();
    var values = FloatTensor.zeros(Shape.of(POINTS, batch, DIM));
    for (int i = 0; i < values.size(); i++) {
      int row = i / DIM % batch;
      values.put(i, data.at(row, i / (DIM * batch), i % DIM));
    }
    return new LatentSde(Model.create(), values, adjoint);
  }

  /** Multiply-adds of networks in a step, two operations each: forward and twice backward. */
  public static double flops(int batch) {
    return flops(batch, 3);
  }

  /** The same by the adjoint equation, which evaluates them once more: to have the path again. */
  public static double adjointFlops(int batch) {
    return flops(batch, 4);
  }

  private static double flops(int batch, int passes) {
    double drifts = HIDDEN * (2.0 * HIDDEN + 4 * LATENT + CONTEXT);
    double diffusion = 2.0 * LATENT * HIDDEN;
    double encoder = 3.0 * HIDDEN * (DIM + HIDDEN) + HIDDEN * CONTEXT;
    return 2.0 * batch * (passes * STEPS * (drifts + diffusion) + 3 * POINTS * encoder);
  }

  @Override
  public int sequences() {
    return values.shape().dim(1);
  }

  @Override
  public Loss trace(int rows) {
    Expr x = Expr.input("values", POINTS, rows, DIM);
    Expr startNoise = Expr.input("start_noise", rows, LATENT);
    Expr noise = Expr.input("noise", STEPS, rows, LATENT);
    Expr contexts = model.context.apply(model.gru.apply(x, true));
    Expr q = model.start.apply(contexts.get(0, 0));
    Expr mean = q.slice(-1, 0, LATENT);
    Expr logStd = q.slice(-1, LATENT, 2 * LATENT);
    Expr z0 = mean.plus(logStd.exp().times(startNoise));
    Expr loss = startKl(mean, logStd);
    if (adjoint) {
      Expr path =
          equation()
              .loss(
                  z0,
                  List.of(contexts),
                  noise.times(Math.sqrt(DT)),
                  solution -> misfit(solution.path().states(), x).plus(solution.cost().sum()));
      loss = loss.plus(path);
    } else {
      loss = loss.plus(pathLoss(z0, contexts, noise, x));
    }
    return new Loss(List.of(x, startNoise, noise), new TreeMap<>(), loss);
  }

  private Expr misfit(Expr z, Expr x) {
    double constant = x.shape().size() * (Math.log(STD) + 0.5 * Math.log(2 * Math.PI));
    Expr misfit = model.decoder.apply(z).minus(x).dividedBy(STD).square().times(0.5);
    return misfit.sum().plus(constant);
  }

  private Expr pathLoss(Expr z0, Expr contexts, Expr noise, Expr x) {
    int rows = z0.shape().dim(0);
    Expr given =
        contexts
            .insertAxis(1)
            .broadcastTo(Shape.of(POINTS, SUBSTEPS, rows, CONTEXT))
            .reshape(STEPS, rows, CONTEXT);
    Expr none = Expr.zeros(Shape.of(rows));
    Scan.Result path = Scan.of(List.of(z0, none), List.of(given, noise), false, this::step);
    Expr z = path.stacks().getFirst().reshape(POINTS, SUBSTEPS, rows, LATENT);
    return misfit(z.get(1, SUBSTEPS - 1), x).plus(path.last().get(1).sum());
  }

  private List<Expr> step(List<Expr> carry, List<Expr> now) {
    Expr z = carry.getFirst();
    Terms terms = terms(z, now.getFirst());
    Expr noise = terms.diffusion().times(now.get(1)).times(Math.sqrt(DT));
    Expr next = z.plus(terms.drift().times(DT)).plus(noise);
    return List.of(next, carry.get(1).plus(terms.cost().times(DT)));
  }

  private Terms terms(Expr z, Expr context) {
    Expr f = model.posterior.apply(Expr.concat(-1, List.of(z, context)));
    Expr g = model.diffusion.apply(z);
    return new Terms(f, g, PathKl.rate(f, model.prior.apply(z), g));
  }

  private StochasticAdjoint equation() {
    Grid grid = Grid.even(0, STEPS * DT, STEPS);
    Grid outputs = Grid.even(SUBSTEPS * DT, STEPS * DT, POINTS - 1);
    var parameters = new ArrayList<Expr>();
    for (Record part : List.of(model.posterior, model.prior, model.diffusion)) {
      Parameters.flatten(part).values().forEach(parameter -> parameters.add(parameter.expr()));
    }
    return new StochasticAdjoint(
        new EulerMaruyama(),
        NoiseClass.DIAGONAL,
        grid,
        outputs,
        parameters,
        (z, t, given) -> terms(z, given.getFirst()));
  }

  private Expr startKl(Expr mean, Expr logStd) {
    Expr shift = mean.minus(model.mean.expr());
    Expr ratio = logStd.minus(model.logStd.expr());
    Expr scaled = shift.times(model.logStd.expr().negate().exp());
    return ratio.times(2).exp().plus(scaled.square()).minus(1).times(0.5).minus(ratio).sum();
  }

  @Override
  public void fill(long iteration, int from, List<Tensor> inputs) {
    Rows.copySteps(values, from, inputs.get(0));
    long stream = iteration * (STEPS + 1L);
    Noise.normal(0, stream, (long) from * LATENT, inputs.get(1));
    FloatTensor noise = (FloatTensor) inputs.get(2);
    for (int t = 0; t < STEPS; t++) {
      Noise.normal(0, stream + 1 + t, (long) from * LATENT, noise.row(t));
    }
  }
}
