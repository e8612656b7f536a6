package girsanov.models.sdematching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.models.Values;
import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Conditioning.Scored;
import girsanov.models.sdematching.SdeMatchingObjective.Options;
import girsanov.models.sdematching.SdeMatchingObjective.Sampling;
import girsanov.models.sdematching.SdeMatchingObjective.Weighting;
import girsanov.models.training.Objective.Loss;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fills a loss: data of the right place and time, noise that knows nothing of blocks. */
final class ObjectiveTest {
  private static final int SEQUENCES = 6;
  private static final int LENGTH = 20;
  private static final double SPACING = 0.25;
  private static final int DRAWS = 3;

  /** The observation of sequence s at frame f is 100 s + f. */
  private static TimeSeries data() {
    double[] times = IntStream.range(0, LENGTH).mapToDouble(f -> SPACING * f).toArray();
    DoubleTensor values = DoubleTensor.zeros(Shape.of(SEQUENCES, LENGTH, 1));
    for (int i = 0; i < values.size(); i++) {
      values.put(i, 100 * (i / LENGTH) + i % LENGTH);
    }
    return new TimeSeries(times, values, List.of("x"), List.of("1"));
  }

  private static SdeMatchingObjective objective(Conditioning conditioning, Sampling sampling) {
    SdeMatching model = Architecture.mocap().model(1);
    var options = new Options(Weighting.NELBO, conditioning, sampling, DRAWS, 3);
    return new SdeMatchingObjective(model, data(), options);
  }

  private static List<Tensor> fill(SdeMatchingObjective objective, int from, int rows) {
    Loss loss = objective.trace(rows);
    var inputs = new ArrayList<Tensor>();
    for (Expr input : loss.inputs()) {
      inputs.add(DoubleTensor.zeros(input.shape()));
    }
    objective.fill(7, from, inputs);
    return inputs;
  }

  private static Tensor named(
      SdeMatchingObjective objective, List<Tensor> inputs, String name, int rows) {
    List<Expr> declared = objective.trace(rows).inputs();
    for (int i = 0; i < declared.size(); i++) {
      if (declared.get(i).op().symbol().equals(name)) {
        return inputs.get(i);
      }
    }
    throw new IllegalArgumentException("no input " + name);
  }

  @ParameterizedTest
  @EnumSource(Sampling.class)
  void blocksDoNotMatter(Sampling sampling) {
    for (Scored scored : Scored.values()) {
      SdeMatchingObjective objective = objective(new Conditioning(15, 10, 4, scored), sampling);
      List<Tensor> whole = fill(objective, 0, SEQUENCES);
      List<Tensor> part = fill(objective, 2, 3);
      for (String name : List.of("time", "noise", "observation_time", "observation", "span")) {
        double[] all = named(objective, whole, name, SEQUENCES).toArray();
        double[] some = named(objective, part, name, 3).toArray();
        int row = all.length / SEQUENCES;
        assertArrayEquals(Arrays.copyOfRange(all, 2 * row, 5 * row), some, name);
      }
    }
  }

  /** Times, observations, masks and lengths of every row belong together. */
  @ParameterizedTest
  @ValueSource(ints = {LENGTH, 14})
  void whatIsScoredIsWhatWasObserved(int window) {
    for (Scored scored : Scored.values()) {
      SdeMatchingObjective objective =
          objective(new Conditioning(window, 12, 4, scored), Sampling.INDEPENDENT);
      List<Tensor> inputs = fill(objective, 0, SEQUENCES);
      double latest = 0;
      for (int row = 0; row < SEQUENCES; row++) {
        double count = named(objective, inputs, "count", SEQUENCES).at(row);
        double start = named(objective, inputs, "start", SEQUENCES).at(row);
        latest = Math.max(latest, start);
        assertEquals((count - 1) * SPACING, named(objective, inputs, "span", SEQUENCES).at(row));
        assertTrue(scored == Scored.WHOLE ? count == window : count >= 4 && count <= 12);
        checkDraws(objective, inputs, row, count, start);
        checkShown(objective, inputs, row, scored == Scored.WHOLE ? 12 : (int) count, start);
      }
      assertTrue(latest <= LENGTH - window && latest > 0 == window < LENGTH);
    }
  }

  private static void checkDraws(
      SdeMatchingObjective objective, List<Tensor> inputs, int row, double count, double start) {
    for (int draw = 0; draw < DRAWS; draw++) {
      double time = named(objective, inputs, "time", SEQUENCES).get(row, draw);
      double at = named(objective, inputs, "observation_time", SEQUENCES).get(row, draw);
      double x = named(objective, inputs, "observation", SEQUENCES).get(row, draw, 0);
      assertTrue(time > 0 && time < (count - 1) * SPACING && at <= (count - 1) * SPACING);
      assertEquals(100 * row + start + at / SPACING, x);
    }
  }

  private static void checkShown(
      SdeMatchingObjective objective, List<Tensor> inputs, int row, int most, double start) {
    Tensor values = named(objective, inputs, "values", SEQUENCES);
    Tensor seen = named(objective, inputs, "seen", SEQUENCES);
    for (int frame = 0; frame < 12; frame++) {
      if (seen.get(frame, row) == 1) {
        assertEquals(100 * row + start + frame, values.get(frame, row, 0));
        assertTrue(frame < most);
      }
    }
  }

  /** The average of a systematic sample is the integral, up to its spacing. */
  @Test
  void systematicTimesAreSpreadEvenly() {
    SdeMatchingObjective objective = objective(Conditioning.onAll(LENGTH), Sampling.SYSTEMATIC);
    double[] times = named(objective, fill(objective, 0, SEQUENCES), "time", SEQUENCES).toArray();
    Arrays.sort(times);
    double horizon = (LENGTH - 1) * SPACING;
    for (int i = 1; i < times.length; i++) {
      assertEquals(horizon / times.length, times[i] - times[i - 1], 1e-9);
    }
  }

  @Test
  void refusesWindowsOfUnevenTimes() {
    double[] times = {0, 0.1, 0.5};
    var uneven = new TimeSeries(times, Values.normals(1, 2, 3, 1), List.of("x"), List.of("1"));
    var conditioning = new Conditioning(2, 2, 2, Scored.WHOLE);
    var options = new Options(Weighting.NELBO, conditioning, Sampling.INDEPENDENT, 1, 1);
    SdeMatching model = Architecture.mocap().model(1);
    assertThrows(
        IllegalArgumentException.class, () -> new SdeMatchingObjective(model, uneven, options));
  }
}
