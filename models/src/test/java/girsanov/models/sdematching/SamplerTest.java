package girsanov.models.sdematching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import girsanov.models.Values;
import girsanov.models.data.TimeSeries;
import girsanov.models.training.ParameterVector;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Draws from a model that is known exactly, and what a forecast may depend on. */
final class SamplerTest {
  private static final double[] TIMES = {0, 0.3, 0.5, 1.1, 1.6, 2};
  private static final OrnsteinUhlenbeck PROCESS = new OrnsteinUhlenbeck(1.3, 0.8, 0.4, TIMES);
  private static final int SAMPLES = 4000;

  private static Sampler sampler(SdeMatching model, int frames, int substeps) {
    var parameters = ParameterVector.initial(model, Precision.FLOAT, 1);
    return new Sampler(model, parameters, TIMES, frames, substeps, 5);
  }

  private static Sampler exact() {
    return sampler(new SdeMatching(PROCESS, PROCESS.exactPosterior(), PROCESS), 6, 25);
  }

  private static TimeSeries data(int length) {
    double[] times = Arrays.copyOf(TIMES, length);
    DoubleTensor x = DoubleTensor.zeros(Shape.of(2, length, 1));
    DoubleTensor all = Values.normals(8, 2, TIMES.length, 1);
    for (int i = 0; i < x.size(); i++) {
      x.put(i, all.at(i / length * TIMES.length + i % length));
    }
    return new TimeSeries(times, x, List.of("x"), List.of("1"));
  }

  /** Four standard errors of a mean and a variance, and the bias of steps of 0.01. */
  private static void check(Samples samples, int sequence, int time, double mean, double variance) {
    double sum = 0;
    double squares = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      double error = samples.means().get(sample, sequence, time, 0) - mean;
      sum += error;
      squares += error * error;
    }
    assertEquals(0, sum / SAMPLES, 4 * Math.sqrt(variance / SAMPLES) + 0.01);
    assertEquals(variance, squares / SAMPLES, 4 * variance * Math.sqrt(2.0 / SAMPLES) + 0.01);
    assertEquals(0.4, samples.stds().get(0, sequence, time, 0), 1e-12);
  }

  @Test
  void thePriorIsStationary() {
    Samples samples = exact().prior(new double[] {0, 0.5, 1.5}, SAMPLES);
    assertEquals(Shape.of(SAMPLES, 1, 3, 1), samples.means().shape());
    for (int time = 0; time < 3; time++) {
      check(samples, 0, time, 0, PROCESS.variance());
    }
  }

  @Test
  void forecastsRelaxFromThePosterior() {
    Samples now = exact().interpolate(data(6), new double[] {2}, SAMPLES);
    Samples later = exact().forecast(data(6), new double[] {2.2, 2.8}, SAMPLES);
    for (int sequence = 0; sequence < 2; sequence++) {
      double mean = 0;
      double squares = 0;
      for (int sample = 0; sample < SAMPLES; sample++) {
        double z = now.means().get(sample, sequence, 0, 0);
        mean += z / SAMPLES;
        squares += z * z / SAMPLES;
      }
      double variance = squares - mean * mean;
      for (int time = 0; time < 2; time++) {
        double decay = Math.exp(-1.3 * (later.times()[time] - 2));
        double relaxed = PROCESS.variance() + decay * decay * (variance - PROCESS.variance());
        check(later, sequence, time, decay * mean, relaxed);
      }
    }
  }

  /** Simulating the posterior process, and reading its marginals directly, agree. */
  @Test
  void posteriorPathsHaveTheMarginalsOfTheInterpolation() {
    double[] times = {0.3, 1.3, 2};
    Samples direct = exact().interpolate(data(6), times, SAMPLES);
    Samples simulated = exact().posterior(data(6), times, SAMPLES);
    for (int sequence = 0; sequence < 2; sequence++) {
      for (int time = 0; time < 3; time++) {
        double mean = direct.mean().get(sequence, time, 0);
        double spread = direct.spread().get(sequence, time, 0);
        check(simulated, sequence, time, mean, spread * spread - 0.16);
      }
    }
  }

  @Test
  void forecastsUseNothingButThePrefix() {
    SdeMatching model =
        new Architecture(
                2,
                3,
                0,
                Architecture.Encoding.REVERSED_AT_TIMES,
                4,
                1,
                1,
                4,
                0,
                0,
                Architecture.Likelihood.FIXED_NOISE,
                0.1,
                1,
                -6,
                1)
            .model(1);
    Sampler sampler = sampler(model, 6, 3);
    double[] times = {1.1, 1.6, 2, 2.4};
    DoubleTensor means = sampler.forecast(data(3), times, 5).means();
    assertEquals(Shape.of(5, 2, 4, 1), means.shape());
    assertArrayEquals(
        means.toArray(), sampler.forecast(data(6).prefix(3), times, 5).means().toArray());
    assertNotEquals(means.at(0), sampler.forecast(data(4), new double[] {1.2}, 5).means().at(0));
    assertThrows(
        IllegalArgumentException.class, () -> sampler.forecast(data(3), new double[] {0.5, 1}, 5));
  }
}
