package girsanov.models.vsdn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.models.Values;
import girsanov.models.frames.Bound;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.Given;
import girsanov.models.frames.Regime;
import girsanov.models.nn.Linear;
import girsanov.models.vsdn.FrameArchitecture.Distribution;
import girsanov.models.vsdn.VsdnSde.Drift;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both kinds of VSDN against loops over rows, draws and frames. */
final class VsdnTest {
  private static final int FRAMES = 5;
  private static final int ROWS = 2;
  private static final int DIM = 2;
  private static final int DRAWS = 3;
  private static final int LATENT = 2;
  private static final int HIDDEN = 4;

  /** SmallSystems' unit of real numbers. */
  private static final double UNIT = 0.8;

  /** A model, its inputs, and what both directions know. */
  private static final class Case {
    final Values values;
    final Given given;
    final DoubleTensor past;
    final DoubleTensor future;

    Case(FrameModel model, Encoders encoders) {
      values = Values.shaken((Record) model, 91, 0.4);
      DoubleTensor seen = SmallSystems.bits(92, 0.6, FRAMES, ROWS);
      // One row ends early.
      seen.set(0, FRAMES - 1, 0).set(1, 1, 0);
      DoubleTensor frames = Values.normals(93, FRAMES, ROWS, DIM);
      given = SmallSystems.given(values, frames, seen, DRAWS, model);
      past = values.plain(encoders.past(given));
      future = values.plain(encoders.future(given));
    }

    double[] past(int frame, int row) {
      return SmallSystems.row(past, frame * ROWS + row, HIDDEN);
    }

    double[] both(int frame, int row) {
      return PlainNetworks.concat(
          past(frame, row), SmallSystems.row(future, frame * ROWS + row, HIDDEN));
    }

    boolean seen(int frame, int row) {
      return values.get(given.seen()).get(frame, row) == 1;
    }

    boolean within(int frame, int row) {
      for (int later = frame; later < FRAMES; later++) {
        if (seen(later, row)) {
          return true;
        }
      }
      return false;
    }

    double noise(int frame, int row, int draw, int number) {
      return values.get(given.noise()).get(frame, row, draw, number);
    }

    /** log p(y | x, h→), the decoder being linear. */
    double logLikelihood(Encoders encoders, int frame, int row, double[] x) {
      double[] theta = PlainNetworks.of(encoders.decoder(), values, past(frame, row), x);
      double sum = 0;
      for (int d = 0; d < DIM; d++) {
        double y = values.get(given.values()).get(frame, row, d);
        double std = Math.exp(Math.clamp(theta[DIM + d] + Math.log(UNIT), -7, 2));
        sum += PlainNetworks.logNormal(y, UNIT * theta[d], std);
      }
      return sum;
    }

    void check(Bound bound, double[][] expected) {
      List<DoubleTensor> actual =
          values.plain(
              List.of(
                  bound.reconstruction(), bound.divergence(), bound.importance(), bound.penalty()));
      for (int i = 0; i < actual.size(); i++) {
        for (int row = 0; row < ROWS; row++) {
          double wanted = expected[i][row];
          assertEquals(wanted, actual.get(i).at(row), 1e-12 * Math.max(10, Math.abs(wanted)));
        }
      }
    }
  }

  /** Equations 2–6. */
  @ParameterizedTest
  @EnumSource(names = {"VSDN_VAE", "VSDN_VAE_RES"})
  void vsdnVae(FrameSystem system) {
    var model = (VsdnVae) SmallSystems.of(system, Distribution.GAUSSIAN).model(DIM);
    var of = new Case(model, model.encoders());
    double[][] expected = new double[4][ROWS];
    for (int row = 0; row < ROWS; row++) {
      for (int frame = 0; frame < FRAMES; frame++) {
        if (!of.seen(frame, row)) {
          continue;
        }
        double[] p = PlainNetworks.of(model.prior().layers(), of.values, of.past(frame, row));
        double[] q = PlainNetworks.of(model.posterior().layers(), of.values, of.both(frame, row));
        double[] logWeights = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
          double[] x = new double[LATENT];
          for (int i = 0; i < LATENT; i++) {
            double mean = q[i] + (model.residual() ? p[i] : 0);
            double std = PlainNetworks.positive(q[LATENT + i]);
            double priorStd = PlainNetworks.positive(p[LATENT + i]);
            x[i] = mean + std * of.noise(frame, row, draw, i);
            logWeights[draw] += PlainNetworks.logNormal(x[i], p[i], priorStd);
            logWeights[draw] -= PlainNetworks.logNormal(x[i], mean, std);
            if (draw == 0) {
              expected[1][row] += PlainNetworks.divergence(mean, std, p[i], priorStd);
            }
          }
          double logLikelihood = of.logLikelihood(model.encoders(), frame, row, x);
          expected[0][row] -= logLikelihood / DRAWS;
          logWeights[draw] += logLikelihood;
        }
        expected[2][row] -= PlainNetworks.logMeanExp(logWeights);
      }
    }
    of.check(model.bound(of.given), expected);
  }

  /**
   * Equations 7–9 as two Euler–Maruyama chains: what their transitions diverge by, and the ratio of
   * their densities, come to ½ ‖u‖² and ½ ‖u‖² + u · dw as they share R.
   */
  @ParameterizedTest
  @CsvSource({
    "VSDN_SDE, RELAXING, 1", "VSDN_SDE, BOUNDED, 1", "VSDN_SDE, FREE, 2",
    "VSDN_SDE_RES, RELAXING, 3", "VSDN_SDE_RES, BOUNDED, 2", "VSDN_SDE_RES, FREE, 1"
  })
  void vsdnSde(FrameSystem system, Drift drift, int steps) {
    var any = (VsdnSde) SmallSystems.of(system, Distribution.GAUSSIAN).model(DIM);
    var model =
        new VsdnSde(
            any.encoders(),
            any.prior(),
            any.posterior(),
            any.initial(),
            LATENT,
            any.residual(),
            drift,
            steps,
            any.scale());
    var of = new Case(model, model.encoders());
    double[][] expected = new double[4][ROWS];
    for (int row = 0; row < ROWS; row++) {
      double[] logWeights = new double[DRAWS];
      for (int draw = 0; draw < DRAWS; draw++) {
        double[] x = of.values.plain(model.initial().orElseThrow().expr()).toArray();
        for (int frame = 0; frame < FRAMES; frame++) {
          for (int step = 0; step < steps; step++) {
            double[] g = PlainNetworks.of(model.prior(), of.values, of.past(frame, row), x);
            double[] q = PlainNetworks.of(model.posterior(), of.values, of.both(frame, row), x);
            for (int i = 0; i < LATENT; i++) {
              double priorDrift = drift(drift, g[i], x[i]);
              double made = model.residual() ? priorDrift + q[i] : drift(drift, q[i], x[i]);
              double std = PlainNetworks.positive(g[LATENT + i]) / Math.sqrt(steps);
              double p = x[i] + priorDrift / steps;
              double mean = x[i] + made / steps;
              double next = mean + std * of.noise(frame, row, draw, step * LATENT + i);
              if (of.within(frame, row)) {
                expected[1][row] += PlainNetworks.divergence(mean, std, p, std) / DRAWS;
                logWeights[draw] += PlainNetworks.logNormal(next, p, std);
                logWeights[draw] -= PlainNetworks.logNormal(next, mean, std);
              }
              x[i] = next;
            }
          }
          if (of.seen(frame, row)) {
            double logLikelihood = of.logLikelihood(model.encoders(), frame, row, x);
            expected[0][row] -= logLikelihood / DRAWS;
            logWeights[draw] += logLikelihood;
          }
        }
      }
      expected[2][row] = -PlainNetworks.logMeanExp(logWeights);
    }
    of.check(model.bound(of.given), expected);
  }

  private static double drift(Drift drift, double y, double x) {
    return switch (drift) {
      case RELAXING -> y - x;
      case BOUNDED -> 0.1 * Math.tanh(y);
      case FREE -> y;
    };
  }

  /** N2 at 0 adds nothing to the prior's mean or drift. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void residualHeadsStartFromThePrior(boolean residual) {
    FrameSystem sdeSystem = residual ? FrameSystem.VSDN_SDE_RES : FrameSystem.VSDN_SDE;
    var sde = (VsdnSde) SmallSystems.of(sdeSystem, Distribution.GAUSSIAN).model(DIM);
    var ofSde = new Case(sde, sde.encoders());
    clear(ofSde.values, sde.posterior().rest().getLast());
    for (double divergence : ofSde.values.plain(sde.bound(ofSde.given).divergence()).toArray()) {
      assertEquals(residual, divergence == 0);
    }
    Expr prior = sde.distribution(ofSde.given, Regime.PREDICTED);
    Expr posterior = sde.distribution(ofSde.given, Regime.SMOOTHED);
    List<DoubleTensor> thetas = ofSde.values.plain(List.of(prior, posterior));
    assertEquals(residual, thetas.get(0).get(2, 1, 0, 0) == thetas.get(1).get(2, 1, 0, 0));
  }

  private static void clear(Values values, Linear layer) {
    for (var parameter : List.of(layer.weight(), layer.bias())) {
      Tensor value = values.get(parameter.expr());
      value.fill(0);
    }
  }

  /** More draws come nearer to −log p(y), and the mean of one is the other bound. */
  @ParameterizedTest
  @EnumSource(names = {"VSDN_VAE", "VSDN_VAE_RES", "VSDN_SDE", "VSDN_SDE_RES"})
  void importanceWeights(FrameSystem system) {
    FrameModel model = SmallSystems.of(system, Distribution.GAUSSIAN).model(DIM);
    double last = Double.POSITIVE_INFINITY;
    double elbo = Double.NaN;
    for (int draws : new int[] {1, 4, 16}) {
      // Rows are repetitions of one sequence.
      int rows = 3200 / draws;
      Values values = Values.shaken((Record) model, 91, 0.3);
      DoubleTensor one = Values.normals(93, FRAMES, 1, DIM);
      DoubleTensor frames = DoubleTensor.zeros(one.shape().with(1, rows));
      for (int i = 0; i < frames.size(); i++) {
        frames.put(i, one.at(i / (rows * DIM) * DIM + i % DIM));
      }
      DoubleTensor seen = DoubleTensor.zeros(frames.shape().without(2));
      seen.fill(1);
      Bound bound = model.bound(SmallSystems.given(values, frames, seen, draws, model));
      Expr sum = bound.reconstruction().plus(bound.divergence());
      List<Tensor> all = values.run(List.of(bound.importance(), sum));
      Moments importance = Moments.of(all.get(0));
      if (draws == 1) {
        Moments other = Moments.of(all.get(1));
        elbo = other.mean;
        assertEquals(elbo, importance.mean, 4 * (importance.error + other.error));
      }
      assertTrue(importance.mean + 3 * importance.error < last, system + " of " + draws);
      last = importance.mean;
    }
    assertTrue(last < elbo);
  }

  private record Moments(double mean, double error) {
    static Moments of(Tensor values) {
      double sum = 0;
      double squares = 0;
      for (double x : values.toArray()) {
        sum += x / values.size();
        squares += x * x / values.size();
      }
      return new Moments(sum, Math.sqrt((squares - sum * sum) / values.size()));
    }
  }
}
