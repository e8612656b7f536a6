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
import girsanov.models.sdematching.ScalarNetworks;
import girsanov.models.training.Objective;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.List;
import java.util.TreeMap;

/**
 * The latent SDE of torchsde's Lorenz example, trained through its solver: 200 Euler–Maruyama steps
 * of 0.01 and 100 observations, one after every second step (in the example the first is at 0).
 * With c the context of the next observation and all later ones,
 *
 * <pre>
 *   dz = f(z, c) dt + g(z) dw,   loss = KL(q(z₀|c) ‖ p(z₀)) + ∫ ½ ‖(f − h) / g‖² dt − Σ log p(x|z)
 * </pre>
 *
 * @param values {@code [100, batch, 3]}
 */
public record LatentSde(Model model, FloatTensor values) implements Objective {
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

  public static LatentSde of(int batch) {
    TimeSeries data = Lorenz.TORCHSDE_EXAMPLE.simulate(0, batch, 1).data().train();
    var values = FloatTensor.zeros(Shape.of(POINTS, batch, DIM));
    for (int i = 0; i < values.size(); i++) {
      int row = i / DIM % batch;
      values.put(i, data.at(row, i / (DIM * batch), i % DIM));
    }
    return new LatentSde(Model.create(), values);
  }

  /** Multiply-adds of networks in a step, two operations each: forward and twice backward. */
  public static double flops(int batch) {
    double drifts = HIDDEN * (2.0 * HIDDEN + 4 * LATENT + CONTEXT);
    double diffusion = 2.0 * LATENT * HIDDEN;
    double encoder = 3.0 * HIDDEN * (DIM + HIDDEN) + HIDDEN * CONTEXT;
    return 2.0 * 3 * batch * (STEPS * (drifts + diffusion) + POINTS * encoder);
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
    Expr given =
        contexts
            .insertAxis(1)
            .broadcastTo(Shape.of(POINTS, SUBSTEPS, rows, CONTEXT))
            .reshape(STEPS, rows, CONTEXT);
    Expr none = Expr.zeros(Shape.of(rows));
    Scan.Result path =
        Scan.of(List.of(z0, none), List.of(given, noise), false, (carry, now) -> step(carry, now));
    Expr z = path.stacks().getFirst().reshape(POINTS, SUBSTEPS, rows, LATENT);
    Expr decoded = model.decoder.apply(z.get(1, SUBSTEPS - 1));
    Expr misfit = decoded.minus(x).dividedBy(STD).square().times(0.5);
    double constant = POINTS * DIM * rows * (Math.log(STD) + 0.5 * Math.log(2 * Math.PI));
    Expr loss =
        misfit.sum().plus(constant).plus(path.last().get(1).sum()).plus(startKl(mean, logStd));
    return new Loss(List.of(x, startNoise, noise), new TreeMap<>(), loss);
  }

  private List<Expr> step(List<Expr> carry, List<Expr> now) {
    Expr z = carry.getFirst();
    Expr f = model.posterior.apply(Expr.concat(-1, List.of(z, now.getFirst())));
    Expr h = model.prior.apply(z);
    Expr g = model.diffusion.apply(z);
    Expr kl = f.minus(h).dividedBy(g).square().sum(-1).times(0.5 * DT);
    Expr next = z.plus(f.times(DT)).plus(g.times(now.get(1)).times(Math.sqrt(DT)));
    return List.of(next, carry.get(1).plus(kl));
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
