package girsanov.models.frames;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameScores.Figures;
import girsanov.models.training.ParameterVector;
import girsanov.models.vsdn.FrameArchitecture.Distribution;
import girsanov.models.vsdn.FrameSystem;
import girsanov.models.vsdn.SmallSystems;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Figures of models that have learned nothing, the same on any number of threads. */
final class FrameEvaluationTest {
  /** More than one block, and the last not full. */
  private static final int SEGMENTS = 19;

  private static final int FRAMES = 6;
  private static final int DIM = 3;
  private static final int DRAWS = 4;
  private static final Subsampling HALF = Subsampling.irregular(0.5);

  private static Segments data() {
    FloatTensor values = FloatTensor.zeros(Shape.of(SEGMENTS, FRAMES, DIM));
    values.copyFrom(SmallSystems.bits(60, 0.3, SEGMENTS, FRAMES, DIM));
    return new Segments(values, 4, Collections.nCopies(SEGMENTS, "s"));
  }

  private record Trained(FrameModel model, ParameterVector parameters) {
    static Trained of(FrameSystem system, Distribution distribution) {
      FrameModel model = SmallSystems.of(system, distribution).model(DIM);
      return new Trained(model, ParameterVector.initial((Record) model, Precision.FLOAT, 4));
    }

    FrameScores scores(int threads) {
      try (var workers = new Workers(threads)) {
        return FrameEvaluation.of(model, parameters, data(), HALF, DRAWS, 5, workers);
      }
    }

    FrameSampler sampler(Workers workers) {
      return new FrameSampler(model, parameters, 5, workers);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VSDN_SDE", "GRU_ODE"})
  void threadsDoNotMatter(FrameSystem system) {
    Trained trained = Trained.of(system, Distribution.BERNOULLI);
    FrameScores alone = trained.scores(1);
    assertEquals(alone, trained.scores(2));
    assertEquals(alone, trained.scores(5));
    assertEquals(FRAMES / 2, alone.observed());
    assertEquals(alone.nll() / 3, alone.nllOfFrame());
    assertEquals(alone.nll() / 9, alone.nllOfDim(), 1e-12);
    assertTrue(system.variational() ? alone.importance() < alone.nll() : alone.nllError() == 0);
    assertEquals(system.variational(), alone.divergence() > 0);
  }

  /** The root mean squared error of each regime, on seen frames and on others, by hand. */
  @Test
  void figuresAreOfWhatTheSamplerSays() {
    Trained trained = Trained.of(FrameSystem.VSDN_VAE, Distribution.BERNOULLI);
    FrameScores scores = trained.scores(2);
    Segments data = data();
    var masks = new double[SEGMENTS][FRAMES];
    Map<Regime, FloatTensor> expected = new EnumMap<>(Regime.class);
    try (var workers = new Workers(2)) {
      FrameSampler sampler = trained.sampler(workers);
      sampler.visit(
          data,
          HALF,
          1,
          List.of(FrameSampler.Asked.mean(Regime.PREDICTED)),
          (_, from, seen, _) -> remember(masks, from, seen));
      for (Regime regime : Regime.values()) {
        expected.put(regime, sampler.expected(data, HALF, regime, DRAWS));
      }
    }
    for (Regime regime : Regime.values()) {
      FloatTensor mean = of(expected, regime);
      check(mean, masks, 1, of(scores.predicted(), regime));
      check(mean, masks, 0, of(scores.heldOut(), regime));
    }
    // What was assimilated is another thing than what was predicted, where frames were seen.
    assertFalse(
        Arrays.equals(
            of(expected, Regime.PREDICTED).toArray(), of(expected, Regime.ASSIMILATED).toArray()));
  }

  private static <T> T of(Map<Regime, T> all, Regime regime) {
    return Objects.requireNonNull(all.get(regime));
  }

  private static void remember(double[][] masks, int from, Tensor seen) {
    int rows = seen.shape().dim(1);
    for (int row = 0; row < rows && from + row < SEGMENTS; row++) {
      for (int frame = 0; frame < FRAMES; frame++) {
        masks[from + row][frame] = seen.get(frame, row);
      }
    }
  }

  private static void check(FloatTensor mean, double[][] masks, double kind, Figures figures) {
    Segments data = data();
    double rmse = 0;
    double sounding = 0;
    double all = 0;
    int soundingFrames = 0;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      double squares = 0;
      for (int frame = 0; frame < FRAMES; frame++) {
        if (masks[segment][frame] != kind) {
          continue;
        }
        int both = 0;
        int either = 0;
        for (int d = 0; d < DIM; d++) {
          double y = data.at(segment, frame, d);
          double guess = mean.get(segment, frame, d);
          squares += (y - guess) * (y - guess);
          both += y == 1 && guess > 0.5 ? 1 : 0;
          either += y == 1 || guess > 0.5 ? 1 : 0;
        }
        double share = both / (either + 1e-8);
        sounding += either == 0 ? 0 : share;
        all += share;
        soundingFrames += either == 0 ? 0 : 1;
      }
      rmse += Math.sqrt(squares / (FRAMES / 2 * DIM)) / SEGMENTS;
    }
    assertEquals(rmse, figures.rmse(), 1e-6);
    assertEquals(all / (SEGMENTS * FRAMES / 2), figures.threshold(), 1e-9);
    assertTrue(soundingFrames > 0 && figures.thresholdSounding() >= figures.threshold());
    assertTrue(sounding >= 0 && figures.sampled() > 0 && figures.sampled() < 1);
  }

  @Test
  void realNumbersHaveNoAccuracy() {
    FrameScores scores = Trained.of(FrameSystem.ODE_RNN, Distribution.GAUSSIAN).scores(1);
    Figures figures = of(scores.heldOut(), Regime.PREDICTED);
    assertTrue(Double.isNaN(figures.threshold()) && figures.rmse() > 0);
    Figures ofBits =
        of(
            Trained.of(FrameSystem.ODE_RNN, Distribution.BERNOULLI).scores(1).heldOut(),
            Regime.PREDICTED);
    assertTrue(Double.isNaN(ofBits.std()));
  }

  /** The geometric mean over the frames, numbers and draws of each regime, by hand. */
  @Test
  void predictedStandardDeviations() {
    Trained trained = Trained.of(FrameSystem.VSDN_SDE, Distribution.GAUSSIAN);
    FrameScores scores = trained.scores(2);
    assertEquals(scores, trained.scores(3));
    for (Regime regime : Regime.values()) {
      var sums = new double[2];
      try (var workers = new Workers(1)) {
        trained
            .sampler(workers)
            .visit(
                data(),
                HALF,
                DRAWS,
                List.of(new FrameSampler.Asked(regime, FrameSampler.Moment.LOG_STD)),
                (_, from, seen, logStds) -> add(sums, from, seen, logStds.getFirst()));
      }
      double numbers = SEGMENTS * FRAMES / 2 * DIM * DRAWS;
      assertEquals(Math.exp(sums[1] / numbers), of(scores.predicted(), regime).std(), 1e-9);
      assertEquals(Math.exp(sums[0] / numbers), of(scores.heldOut(), regime).std(), 1e-9);
    }
    double predicted = of(scores.predicted(), Regime.PREDICTED).std();
    assertTrue(predicted != of(scores.predicted(), Regime.SMOOTHED).std());
    FrameScores fixed = Trained.of(FrameSystem.GRU_ODE, Distribution.FIXED_GAUSSIAN).scores(1);
    assertEquals(0.5, of(fixed.predicted(), Regime.PREDICTED).std(), 1e-6);
  }

  private static void add(double[] sums, int from, Tensor seen, Tensor logStds) {
    int rows = seen.shape().dim(1);
    for (int row = 0; row < rows && from + row < SEGMENTS; row++) {
      for (int frame = 0; frame < FRAMES; frame++) {
        for (int d = 0; d < DIM; d++) {
          sums[(int) seen.get(frame, row)] += logStds.get(frame, row, d);
        }
      }
    }
  }

  /** The same sequences each time; of another seed, others. */
  @Test
  void generatedSequences() {
    Trained trained = Trained.of(FrameSystem.VSDN_SDE, Distribution.BERNOULLI);
    try (var workers = new Workers(1)) {
      FloatTensor drawn = trained.sampler(workers).generate(5, 7, HALF);
      assertEquals(Shape.of(5, 7, DIM), drawn.shape());
      assertTrue(Arrays.stream(drawn.toArray()).allMatch(y -> y == 0 || y == 1));
      FloatTensor again = trained.sampler(workers).generate(5, 7, HALF);
      assertArrayEquals(drawn.toArray(), again.toArray());
      var others = new FrameSampler(trained.model, trained.parameters, 6, workers);
      assertFalse(Arrays.equals(drawn.toArray(), others.generate(5, 7, HALF).toArray()));
    }
  }
}
