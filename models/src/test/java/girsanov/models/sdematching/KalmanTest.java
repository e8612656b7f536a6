package girsanov.models.sdematching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.Values;
import girsanov.models.data.TimeSeries;
import girsanov.models.nn.Activation;
import girsanov.models.nn.Gru;
import girsanov.models.nn.Mlp;
import girsanov.models.sdematching.SdeMatchingObjective.Options;
import girsanov.models.sdematching.SdeMatchingObjective.Sampling;
import girsanov.models.sdematching.SdeMatchingObjective.Weighting;
import girsanov.models.training.Adam;
import girsanov.models.training.Evaluation;
import girsanov.models.training.Objective.Loss;
import girsanov.models.training.ParameterVector;
import girsanov.models.training.Schedule;
import girsanov.models.training.Trainer;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * On a model where −log p(X) is known, the NELBO is what it claims to be: equal to it for the exact
 * posterior, above it for any other.
 */
final class KalmanTest {
  private static final double[] TIMES = {0, 0.3, 0.5, 1.1, 1.6, 2};
  private static final OrnsteinUhlenbeck PROCESS = new OrnsteinUhlenbeck(1.3, 0.8, 0.4, TIMES);
  private static final int SEQUENCES = 4;

  private static TimeSeries data() {
    DoubleTensor x = Values.normals(8, SEQUENCES, TIMES.length, 1);
    return new TimeSeries(TIMES, x, List.of("x"), List.of("1"));
  }

  /** −log p of all sequences together. */
  private static double exact(OrnsteinUhlenbeck process, TimeSeries data) {
    double sum = 0;
    for (int sequence = 0; sequence < SEQUENCES; sequence++) {
      double[] x = new double[TIMES.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = data.at(sequence, i, 0);
      }
      sum += process.negativeLogLikelihood(x);
    }
    return sum;
  }

  /** Mean and standard error of the NELBO of all sequences together, over many estimates. */
  private static double[] nelbo(Posterior posterior, TimeSeries data) {
    var model = new SdeMatching(PROCESS, posterior, PROCESS);
    var options =
        new Options(
            Weighting.NELBO, Conditioning.onAll(TIMES.length), Sampling.INDEPENDENT, 500, 21);
    var objective = new SdeMatchingObjective(model, data, options);
    Loss loss = objective.trace(data.sequences());
    Values values = Values.of(model, 1);
    int estimates = 100;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < estimates; i++) {
      double value = values.fill(objective, loss, i, 0).run(loss.total()).at(0);
      sum += value;
      squares += value * value;
    }
    double mean = sum / estimates;
    double variance = (squares / estimates - mean * mean) / (estimates - 1);
    return new double[] {mean, Math.sqrt(variance)};
  }

  @Test
  void exactPosteriorGivesTheExactLikelihood() {
    TimeSeries data = data();
    double exact = exact(PROCESS, data);
    double[] nelbo = nelbo(PROCESS.exactPosterior(), data);
    assertTrue(nelbo[1] < 0.01 * exact, "standard error " + nelbo[1]);
    // Four standard errors.
    assertEquals(exact, nelbo[0], 4 * nelbo[1]);
  }

  /** A posterior that is off by a factor in σ is worse by a known sign. */
  @Test
  void anyOtherPosteriorLiesAbove() {
    TimeSeries data = data();
    Posterior exactPosterior = PROCESS.exactPosterior();
    double best = nelbo(exactPosterior, data)[0];
    for (double factor : new double[] {0.8, 1.25}) {
      Posterior scaled =
          given ->
              t -> {
                Gaussian q = exactPosterior.given(given).at(t);
                return new Gaussian(q.mean(), q.logStd().plus(Math.log(factor)));
              };
      double[] nelbo = nelbo(scaled, data);
      assertTrue(nelbo[0] - 4 * nelbo[1] > best, "factor " + factor + ": " + nelbo[0]);
    }
  }

  /**
   * A learned posterior comes down towards the exact value and stays above it. With this much
   * observation noise the exact μ(t) has weak kinks at the observations; a smooth network keeps
   * 0.08 nats for them (0.6 with r = 0.4).
   */
  @Test
  void aTrainedPosteriorApproachesFromAbove() {
    TimeSeries data = data();
    var process = new OrnsteinUhlenbeck(1.3, 0.8, 0.8, TIMES);
    var encoder =
        new RecurrentEncoder(
            Gru.of(1, 12),
            RecurrentEncoder.Direction.BACKWARD,
            RecurrentEncoder.Positions.ACTUAL,
            1);
    var posterior = new NeuralPosterior(encoder, Mlp.of(Activation.SILU, 13, 24, 24, 2), 0, 0);
    var model = new SdeMatching(process, posterior, process);
    var options =
        new Options(Weighting.NELBO, Conditioning.onAll(TIMES.length), Sampling.SYSTEMATIC, 64, 22);
    var objective = new SdeMatchingObjective(model, data, options);
    double exact = exact(process, data) / SEQUENCES;
    try (var workers = new Workers(1)) {
      var parameters = ParameterVector.initial(model, Precision.DOUBLE, 1);
      var adam = Adam.of(Schedule.exponential(0.01, 0.998));
      var trainer = new Trainer(objective, parameters, adam, workers);
      double gap = Double.POSITIVE_INFINITY;
      for (int iterations : new int[] {0, 100, 1000}) {
        trainer.run(iterations, _ -> {});
        Evaluation evaluation = Evaluation.of(objective, parameters, 400, workers);
        double next = evaluation.total() - exact;
        assertTrue(next < gap, iterations + " iterations: gap " + next + " after " + gap);
        assertTrue(next > -4 * evaluation.standardError(), "below the exact value: " + next);
        gap = next;
      }
      assertTrue(gap < 0.15, "gap " + gap);
    }
  }

  /** The filter against the density of the observations as one Gaussian vector of two. */
  @Test
  void theFilterIsRight() {
    var pair = new OrnsteinUhlenbeck(1.3, 0.8, 0.4, new double[] {0.2, 0.9});
    double v = pair.variance() + 0.16;
    double c = pair.variance() * Math.exp(-1.3 * 0.7);
    double determinant = v * v - c * c;
    double[] x = {0.7, -0.4};
    double square = (v * (x[0] * x[0] + x[1] * x[1]) - 2 * c * x[0] * x[1]) / determinant;
    double density = Math.log(2 * Math.PI) + 0.5 * Math.log(determinant) + 0.5 * square;
    assertEquals(density, pair.negativeLogLikelihood(x), 1e-12);
    assertEquals(Shape.of(1), pair.initial().mean().shape());
  }
}
