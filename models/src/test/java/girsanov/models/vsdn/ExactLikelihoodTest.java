package girsanov.models.vsdn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.FrameObjective;
import girsanov.models.frames.FrameObjective.Minimised;
import girsanov.models.frames.FrameObjective.Options;
import girsanov.models.nn.Positive;
import girsanov.models.recurrent.GruOdeCell;
import girsanov.models.training.Adam;
import girsanov.models.training.Evaluation;
import girsanov.models.training.ParameterVector;
import girsanov.models.training.Schedule;
import girsanov.models.training.Trainer;
import girsanov.models.vsdn.FrameArchitecture.Distribution;
import girsanov.models.vsdn.FrameArchitecture.Solver;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Workers;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where the exact likelihood is known, trained models come near it from above: linear-Gaussian
 * sequences and the Kalman filter, and bits that nothing foretells.
 */
final class ExactLikelihoodTest {
  private static final int FRAMES = 8;
  private static final int UNITS = 12;
  private static final int TESTED = 1000;

  /** Deviation of the observations' noise. */
  private static final double NOISE = 0.5;

  /** x of variance 1, x′ = decay · x + √(1 − decay²) ε; y = x + 0.5 ε. */
  private static Segments linear(int count, double decay, long seed) {
    FloatTensor values = FloatTensor.zeros(Shape.of(count, FRAMES, 1));
    DoubleTensor noise = DoubleTensor.zeros(Shape.of(2 * values.size()));
    Noise.normal(seed, 0, 0, noise);
    double x = 0;
    for (int i = 0; i < values.size(); i++) {
      double fresh = noise.at(2 * i);
      x = i % FRAMES == 0 ? fresh : decay * x + Math.sqrt(1 - decay * decay) * fresh;
      values.put(i, x + NOISE * noise.at(2 * i + 1));
    }
    return new Segments(values, 1, Collections.nCopies(count, "toy"));
  }

  /** −log p(y) of a frame given those before it, the mean over all: by the Kalman filter. */
  private static double exact(Segments data, double decay) {
    double sum = 0;
    for (int segment = 0; segment < data.count(); segment++) {
      double mean = 0;
      double variance = 1;
      for (int frame = 0; frame < FRAMES; frame++) {
        double total = variance + NOISE * NOISE;
        double error = data.at(segment, frame, 0) - mean;
        sum += 0.5 * (Math.log(2 * Math.PI * total) + error * error / total);
        double gain = variance / total;
        mean = decay * (mean + gain * error);
        variance = decay * decay * (1 - gain) * variance + 1 - decay * decay;
      }
    }
    return sum / (data.count() * FRAMES);
  }

  private static FrameModel model(
      FrameSystem system, Distribution likelihood, boolean assimilated, Segments train) {
    return new FrameArchitecture(
            system,
            likelihood,
            /* components= */ 1,
            NOISE,
            /* unit= */ 1,
            UNITS,
            /* latent= */ 1,
            UNITS,
            /* hiddenLayers= */ 1,
            /* prepared= */ 4,
            /* gateHidden= */ 4,
            GruOdeCell.Kind.AUTONOMOUS,
            Solver.EULER,
            /* frameTime= */ 0.1,
            /* subSteps= */ 1,
            assimilated,
            VsdnSde.Drift.RELAXING,
            /* pathSteps= */ 1,
            /* learnedStart= */ false,
            Positive.SOFTPLUS)
        .model(train);
  }

  /** Bounds in nats of a frame. */
  private record Bounds(double elbo, double divergence, double error, double importance) {}

  private static Bounds train(FrameModel model, Segments train, Segments test, int steps) {
    Subsampling all = Subsampling.regular(1);
    var one = new Options(Minimised.ELBO, 1, 1, 3);
    var many = new Options(Minimised.IWAE, 8, 1, 3);
    ParameterVector start = ParameterVector.initial((Record) model, Precision.FLOAT, 1);
    Adam adam = Adam.of(Schedule.exponential(0.01, 0.998)).withClipNorm(10);
    try (var workers = new Workers(2)) {
      new Trainer(FrameObjective.training(model, train, all, 64, one), start, adam, workers)
          .run(steps, _ -> {});
      Evaluation elbo =
          Evaluation.of(FrameObjective.whole(model, test, all, one), start, 4, workers);
      Evaluation iwae =
          Evaluation.of(FrameObjective.whole(model, test, all, many), start, 1, workers);
      return new Bounds(
          elbo.total() / FRAMES,
          elbo.term("divergence") / FRAMES,
          elbo.standardError() / FRAMES,
          iwae.total() / FRAMES);
    }
  }

  /** The latent state must take all of the spread that observations have beside their noise. */
  @ParameterizedTest
  @EnumSource(names = {"VSDN_VAE", "VSDN_VAE_RES"})
  void vsdnVaeApproachesTheExactLikelihood(FrameSystem system) {
    double decay = 0.8;
    Segments train = linear(1024, decay, 1);
    Segments test = linear(TESTED, decay, 2);
    double exact = exact(test, decay);
    FrameModel model = model(system, Distribution.FIXED_GAUSSIAN, false, train);
    Bounds bounds = train(model, train, test, 500);
    assertTrue(bounds.divergence > 0.5, bounds::toString);
    assertBetween(exact - 4 * bounds.error, bounds.elbo, exact + 0.01);
    assertBetween(exact - 4 * bounds.error, bounds.importance, bounds.elbo + 4 * bounds.error);
  }

  /** Without latent noise to speak of: h→ alone has to filter. */
  @ParameterizedTest
  @EnumSource(names = {"VSDN_SDE", "VSDN_SDE_RES", "GRU_ODE", "ODE_RNN"})
  void learnedScalesApproachTheExactLikelihood(FrameSystem system) {
    double decay = 0.8;
    Segments train = linear(1024, decay, 1);
    Segments test = linear(TESTED, decay, 2);
    double exact = exact(test, decay);
    Bounds bounds = train(model(system, Distribution.GAUSSIAN, false, train), train, test, 400);
    assertBetween(exact - 0.001, bounds.elbo, exact + 0.02);
  }

  /**
   * One step a frame with the diffusion of the prior is all that a path's posterior has: it moves
   * its mean, but never narrows. For independent frames of variance s² and an observation noise r,
   * a state of variance v (in units of y) costs m²/2v for a mean m, at best m = v y / (v + r²):
   *
   * <pre>
   *   ½ log 2πr² + ½ y² / (v + r²) + ½ v / r²,  least where v + r² = s r
   * </pre>
   *
   * <p>which stays above −log p(y) by s/r − 1 − log(s/r) on average.
   */
  @ParameterizedTest
  @EnumSource(names = {"VSDN_SDE", "VSDN_SDE_RES"})
  void vsdnSdeApproachesItsOptimum(FrameSystem system) {
    Segments train = linear(1024, 0, 1);
    Segments test = linear(TESTED, 0, 2);
    double squares = 0;
    for (int i = 0; i < test.values().size(); i++) {
      squares += test.values().at(i) * test.values().at(i) / test.values().size();
    }
    double deviation = Math.sqrt(1 + NOISE * NOISE);
    double variance = deviation * NOISE - NOISE * NOISE;
    double optimum =
        0.5 * Math.log(2 * Math.PI * NOISE * NOISE)
            + 0.5 * squares / (deviation * NOISE)
            + 0.5 * variance / (NOISE * NOISE);
    double ratio = deviation / NOISE;
    double gap = optimum - exact(test, 0);
    assertEquals(ratio - 1 - Math.log(ratio), gap, 0.01);
    FrameModel model = model(system, Distribution.FIXED_GAUSSIAN, false, train);
    Bounds bounds = train(model, train, test, 400);
    assertBetween(optimum - 4 * bounds.error, bounds.elbo, optimum + 0.015);
    // Of several paths together some end where the posterior is.
    assertBetween(exact(test, 0), bounds.importance, optimum - 0.4 * gap);
  }

  /**
   * Fair bits: nothing predicts them, so no bound lies below log 2 a bit. Told of each bit before
   * it is asked for it, a model knows it, and its posterior has nothing to add to its prior: how
   * the figures of VSDN's table 1 arise.
   */
  @ParameterizedTest
  @EnumSource(names = {"VSDN_VAE", "VSDN_SDE"})
  void assimilatedModelsKnowWhatTheyAreAsked(FrameSystem system) {
    int bits = 3;
    Segments train = bits(512, bits, 4);
    Segments test = bits(TESTED, bits, 5);
    double entropy = bits * Math.log(2);
    FrameModel strict = model(system, Distribution.BERNOULLI, false, train);
    Bounds honest = train(strict, train, test, 300);
    assertBetween(entropy - 4 * honest.error, honest.elbo, entropy + 0.05);
    FrameModel assimilated = model(system, Distribution.BERNOULLI, true, train);
    Bounds told = train(assimilated, train, test, 300);
    assertBetween(0, told.elbo, 0.02);
    assertBetween(0, told.divergence, 0.01);
  }

  private static Segments bits(int count, int dim, long stream) {
    FloatTensor values = FloatTensor.zeros(Shape.of(count, FRAMES, dim));
    values.copyFrom(SmallSystems.bits(stream, 0.5, count, FRAMES, dim));
    return new Segments(values, 1, Collections.nCopies(count, "bits"));
  }

  private static void assertBetween(double least, double value, double most) {
    assertTrue(
        least <= value && value <= most, () -> least + " to " + most + " expected, got " + value);
  }
}
