package girsanov.models.frames;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.models.Values;
import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameObjective.Minimised;
import girsanov.models.frames.FrameObjective.Options;
import girsanov.models.training.Evaluation;
import girsanov.models.training.Objective.Loss;
import girsanov.models.vsdn.FrameArchitecture.Distribution;
import girsanov.models.vsdn.FrameSystem;
import girsanov.models.vsdn.SmallSystems;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fills a loss: whole segments, all of them once an epoch, and noise that no cut changes. */
final class FrameObjectiveTest {
  private static final int SEGMENTS = 7;
  private static final int FRAMES = 8;
  private static final int DIM = 2;
  private static final int BATCH = 5;
  private static final int DRAWS = 3;
  private static final Options OPTIONS = new Options(Minimised.ELBO, DRAWS, 1, 3);

  /** Number d of frame f of segment s is 1 + 1000 s + 10 f + d: never 0. */
  private static Segments data() {
    FloatTensor values = FloatTensor.zeros(Shape.of(SEGMENTS, FRAMES, DIM));
    for (int i = 0; i < values.size(); i++) {
      int frame = i / DIM;
      values.put(i, 1 + 1000 * (frame / FRAMES) + 10 * (frame % FRAMES) + i % DIM);
    }
    return new Segments(values, 4, Collections.nCopies(SEGMENTS, "s"));
  }

  private static FrameModel model() {
    return SmallSystems.of(FrameSystem.VSDN_SDE, Distribution.GAUSSIAN).model(DIM);
  }

  private static FrameObjective training(Subsampling subsampling) {
    return FrameObjective.training(model(), data(), subsampling, BATCH, OPTIONS);
  }

  private static List<Tensor> fill(FrameObjective of, long iteration, int from, int rows) {
    var inputs = new ArrayList<Tensor>();
    for (Expr input : of.trace(rows).inputs()) {
      inputs.add(DoubleTensor.zeros(input.shape()));
    }
    of.fill(iteration, from, inputs);
    return inputs;
  }

  /** The segment that a row is of, by any of its frames that is seen. */
  private static int segment(List<Tensor> inputs, int row) {
    int segment = -1;
    for (int frame = 0; frame < FRAMES; frame++) {
      boolean seen = inputs.get(1).get(frame, row) == 1;
      boolean later = false;
      for (int f = frame; f < FRAMES; f++) {
        later |= inputs.get(1).get(f, row) == 1;
      }
      assertEquals(later ? 1 : 0, inputs.get(2).get(frame, row));
      for (int d = 0; d < DIM; d++) {
        double value = inputs.get(0).get(frame, row, d);
        if (!seen) {
          assertEquals(0, value);
          continue;
        }
        int of = (int) value / 1000;
        assertEquals(1 + 1000 * of + 10 * frame + d, value);
        assertTrue(segment == -1 || segment == of);
        segment = of;
      }
    }
    assertTrue(segment >= 0);
    return segment;
  }

  @Test
  void cutsDoNotMatter() {
    FrameObjective objective = training(Subsampling.irregular(0.5));
    List<Tensor> whole = fill(objective, 9, 0, BATCH);
    List<Tensor> part = fill(objective, 9, 2, 2);
    for (int i = 0; i < 3; i++) {
      int width = i == 0 ? DIM : 1;
      for (int frame = 0; frame < FRAMES; frame++) {
        double[] all = whole.get(i).toArray();
        double[] some = part.get(i).toArray();
        int at = (frame * BATCH + 2) * width;
        assertArrayEquals(
            Arrays.copyOfRange(all, at, at + 2 * width),
            Arrays.copyOfRange(some, frame * 2 * width, (frame + 1) * 2 * width));
      }
    }
    double[] noise = whole.get(3).toArray();
    int perRow = noise.length / BATCH;
    assertArrayEquals(Arrays.copyOfRange(noise, 2 * perRow, 4 * perRow), part.get(3).toArray());
    // Nor does what was asked for before, of this or another epoch.
    fill(objective, 0, 0, BATCH);
    assertSame(whole, fill(training(Subsampling.irregular(0.5)), 9, 0, BATCH));
    assertSame(whole, fill(objective, 9, 0, BATCH));
  }

  private static void assertSame(List<Tensor> expected, List<Tensor> actual) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).toArray(), actual.get(i).toArray());
    }
  }

  private static List<Integer> order(FrameObjective objective, int iterations) {
    var order = new ArrayList<Integer>();
    for (int iteration = 0; iteration < iterations; iteration++) {
      List<Tensor> inputs = fill(objective, iteration, 0, objective.sequences());
      for (int row = 0; row < objective.sequences(); row++) {
        order.add(segment(inputs, row));
      }
    }
    return order;
  }

  @Test
  void everySegmentOnceAnEpoch() {
    List<Integer> order = order(training(Subsampling.irregular(0.5)), 2 * SEGMENTS);
    var epochs = new TreeSet<String>();
    for (int epoch = 0; epoch < 2 * BATCH; epoch++) {
      List<Integer> taken = order.subList(epoch * SEGMENTS, (epoch + 1) * SEGMENTS);
      assertEquals(SEGMENTS, new TreeSet<>(taken).size());
      epochs.add(taken.toString());
    }
    assertTrue(epochs.size() > BATCH);
  }

  /** Batches may be larger than the data. */
  @Test
  void largeBatches() {
    FrameObjective objective =
        FrameObjective.training(model(), data(), Subsampling.regular(1), 2 * SEGMENTS + 1, OPTIONS);
    List<Integer> order = order(objective, 1);
    assertEquals(SEGMENTS, new TreeSet<>(order.subList(0, SEGMENTS)).size());
    assertEquals(SEGMENTS, new TreeSet<>(order.subList(SEGMENTS, 2 * SEGMENTS)).size());
  }

  /** Each position of an epoch has each segment equally often. */
  @Test
  void ordersAreEven() {
    int epochs = 7000;
    var shuffle = new Shuffle(SEGMENTS, true, 5);
    int[] first = new int[SEGMENTS];
    int[] last = new int[SEGMENTS];
    for (long epoch = 0; epoch < epochs; epoch++) {
      first[shuffle.at(epoch * SEGMENTS)]++;
      last[shuffle.at(epoch * SEGMENTS + SEGMENTS - 1)]++;
    }
    double error = Math.sqrt(1000 * (1 - 1.0 / SEGMENTS));
    for (int segment = 0; segment < SEGMENTS; segment++) {
      assertEquals(1000, first[segment], 4 * error);
      assertEquals(1000, last[segment], 4 * error);
    }
  }

  @Test
  void otherFramesAreSeenInEachIteration() {
    FrameObjective objective = training(Subsampling.irregular(0.5));
    assertEquals(FRAMES / 2, objective.observed());
    double[] once = fill(objective, 1, 0, BATCH).get(1).toArray();
    double[] again = fill(objective, 2, 0, BATCH).get(1).toArray();
    assertFalse(Arrays.equals(once, again));
    assertEquals(BATCH * FRAMES / 2.0, Arrays.stream(once).sum());
    double[] regular = fill(training(Subsampling.regular(0.5)), 1, 0, BATCH).get(1).toArray();
    for (int i = 0; i < regular.length; i++) {
      assertEquals((i / BATCH + 1) % 2, regular[i]);
    }
  }

  /** In an evaluation only the noise is drawn anew. */
  @Test
  void evaluationsSeeTheSameFrames() {
    FrameObjective whole =
        FrameObjective.whole(model(), data(), Subsampling.irregular(0.5), OPTIONS);
    assertEquals(SEGMENTS, whole.sequences());
    List<Tensor> first = fill(whole, Evaluation.FIRST_DRAW, 0, SEGMENTS);
    List<Tensor> second = fill(whole, Evaluation.FIRST_DRAW + 1, 0, SEGMENTS);
    assertSame(first.subList(0, 3), second.subList(0, 3));
    assertFalse(Arrays.equals(first.get(3).toArray(), second.get(3).toArray()));
    for (int row = 0; row < SEGMENTS; row++) {
      assertEquals(row, segment(first, row));
    }
  }

  /**
   * What is minimised, from the terms: β weighs the divergence, and a penalty is no bound's part.
   */
  @Test
  void totals() {
    FrameModel vsdn = model();
    assertEquals(0, total(vsdn, true, 0, "divergence"), 1e-12);
    assertEquals(1, total(vsdn, true, 1, "divergence"), 1e-12);
    assertEquals(0.3, total(vsdn, true, 0.3, "divergence"), 1e-12);
    FrameModel gruOde = SmallSystems.of(FrameSystem.GRU_ODE, Distribution.GAUSSIAN).model(DIM);
    assertTrue(total(gruOde, true, 1, "") > 0);
    assertEquals(0, total(gruOde, false, 1, ""), 1e-12);
  }

  /** Of the same frames, all silent and so in any order, training and validation are one number. */
  @ParameterizedTest
  @EnumSource
  void validationIsWhatIsMinimised(FrameSystem system) {
    FrameModel model = SmallSystems.of(system, Distribution.GAUSSIAN).model(DIM);
    Segments silence =
        new Segments(FloatTensor.zeros(data().values().shape()), 4, data().sources());
    Subsampling half = Subsampling.regular(0.5);
    var options = new Options(Minimised.ELBO, DRAWS, 0.3, 10, 3);
    FrameObjective training = FrameObjective.training(model, silence, half, SEGMENTS, options);
    FrameObjective validation = FrameObjective.validation(model, silence, half, options);
    FrameObjective judged = FrameObjective.whole(model, silence, half, options);
    // After the growth of β, and with the same noise.
    double minimised = total(model, training, 10);
    assertEquals(minimised, total(model, validation, 10), 1e-12 * Math.abs(minimised));
    boolean penalty = system == FrameSystem.GRU_ODE || system == FrameSystem.BIDIRECTIONAL_ODE_RNN;
    assertEquals(penalty, total(model, judged, 10) < minimised - 1e-6);
  }

  private static double total(FrameModel model, FrameObjective objective, long iteration) {
    Loss loss = objective.trace(SEGMENTS);
    Values values = Values.shaken((Record) model, 50, 0.3).fill(objective, loss, iteration, 0);
    return values.plain(loss.total()).at(0);
  }

  @Test
  void betaGrows() {
    var growing = new Options(Minimised.ELBO, DRAWS, 0.5, 10, 3);
    Subsampling all = Subsampling.regular(1);
    FrameObjective training = FrameObjective.training(model(), data(), all, BATCH, growing);
    FrameObjective whole = FrameObjective.whole(model(), data(), all, growing);
    FrameObjective validation = FrameObjective.validation(model(), data(), all, growing);
    double[] expected = {0, 0.25, 0.5, 0.5};
    int[] iterations = {0, 5, 10, 99};
    for (int i = 0; i < 4; i++) {
      assertEquals(expected[i], fill(training, iterations[i], 0, 2).getLast().at(0), 1e-15);
      assertEquals(0.5, fill(whole, iterations[i], 0, 2).getLast().at(0));
      assertEquals(0.5, fill(validation, iterations[i], 0, 2).getLast().at(0));
    }
    assertThrows(IllegalArgumentException.class, () -> new Options(Minimised.ELBO, 1, 1, -1, 0));
  }

  /** What a total has beside the reconstruction, in units of a term. */
  private static double total(FrameModel model, boolean training, double beta, String unit) {
    Segments data = new Segments(FloatTensor.zeros(data().values().shape()), 4, data().sources());
    var options = new Options(Minimised.ELBO, DRAWS, beta, 3);
    Subsampling half = Subsampling.irregular(0.5);
    FrameObjective objective =
        training
            ? FrameObjective.training(model, data, half, SEGMENTS, options)
            : FrameObjective.whole(model, data, half, options);
    Loss loss = objective.trace(SEGMENTS);
    Values values = Values.shaken((Record) model, 50, 0.3).fill(objective, loss, 0, 0);
    double reconstruction = values.plain(get(loss, "reconstruction")).at(0);
    double beside = values.plain(loss.total()).at(0) - reconstruction;
    return unit.isEmpty() ? beside : beside / values.plain(get(loss, unit)).at(0);
  }

  private static Expr get(Loss loss, String term) {
    return loss.terms().getOrDefault(term, Expr.constant(Double.NaN));
  }

  @Test
  void refusals() {
    Subsampling all = Subsampling.regular(1);
    assertThrows(
        IllegalArgumentException.class,
        () -> FrameObjective.training(model(), data(), all, 0, OPTIONS));
    FrameModel other = SmallSystems.of(FrameSystem.VSDN_VAE, Distribution.GAUSSIAN).model(3);
    assertThrows(
        IllegalArgumentException.class, () -> FrameObjective.whole(other, data(), all, OPTIONS));
    assertThrows(IllegalArgumentException.class, () -> new Options(Minimised.ELBO, 0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Options(Minimised.IWAE, 1, 0.1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Options(Minimised.IWAE, 1, 1, 300, 0));
    assertThrows(IllegalArgumentException.class, () -> new Options(Minimised.ELBO, 1, -1, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Options(Minimised.ELBO, 1, Double.NaN, 0));
  }
}
