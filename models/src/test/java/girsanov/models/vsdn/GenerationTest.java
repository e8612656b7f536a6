package girsanov.models.vsdn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.autodiff.Expr;
import girsanov.models.Values;
import girsanov.models.baseline.GruOdeBayes;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.Given;
import girsanov.models.frames.Regime;
import girsanov.models.vsdn.FrameArchitecture.Distribution;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames drawn one after the other, and what the model is told of them. */
final class GenerationTest {
  private static final int FRAMES = 6;
  private static final int ROWS = 3;
  private static final int DIM = 2;

  /**
   * A drawn frame is a draw of what is predicted of it from those seen or told before: the
   * distributions are those of reading the drawn sequence, with the same noise.
   */
  @ParameterizedTest
  @EnumSource
  void drawnIsPredicted(FrameSystem system) {
    FrameModel model = SmallSystems.of(system, Distribution.BERNOULLI).model(DIM);
    Values values = Values.shaken((Record) model, 71, 0.8);
    DoubleTensor frames = SmallSystems.bits(72, 0.5, FRAMES, ROWS, DIM);
    DoubleTensor seen = SmallSystems.bits(73, 0.3, FRAMES, ROWS);
    DoubleTensor told = SmallSystems.bits(74, 0.5, FRAMES, ROWS);
    DoubleTensor uniform = Values.units(75, FRAMES, ROWS, DIM);
    Given given = SmallSystems.given(values, frames, seen, 1, model);
    Expr none = Expr.zeros(uniform.shape());
    Expr drawn = model.generate(given, Expr.constant(told), Expr.constant(uniform), none);
    DoubleTensor sequence = values.plain(drawn);
    DoubleTensor known = DoubleTensor.zeros(seen.shape());
    for (int i = 0; i < known.size(); i++) {
      known.put(i, Math.max(seen.at(i), told.at(i)));
    }
    Given read = SmallSystems.given(values, sequence, known, 1, model);
    DoubleTensor theta = values.plain(model.distribution(read, Regime.PREDICTED));
    for (int i = 0; i < sequence.size(); i++) {
      double chance = 1 / (1 + Math.exp(-theta.at(i)));
      double expected = seen.at(i / DIM) == 1 ? frames.at(i) : uniform.at(i) < chance ? 1 : 0;
      assertEquals(expected, sequence.at(i));
    }
  }

  /** With all networks at 0 but a bias, frames are independent, of one known distribution. */
  @Test
  void moments() {
    int rows = 4000;
    FrameModel model = SmallSystems.of(FrameSystem.GRU_ODE, Distribution.GAUSSIAN).model(DIM);
    Values values = Values.shaken((Record) model, 76, 0);
    var gruOde = (GruOdeBayes) model;
    double[] means = {0.7, -1.5};
    double[] variances = {1.4, 0.2};
    Tensor bias = values.get(gruOde.rnn().expectation().layers().getLast().bias().expr());
    bias.copyFrom(model.likelihood().constant(means, variances));
    DoubleTensor none = DoubleTensor.zeros(Shape.of(2, rows));
    DoubleTensor frames = DoubleTensor.zeros(Shape.of(2, rows, DIM));
    Given given = SmallSystems.given(values, frames, none, 1, model);
    Expr normal = Expr.constant(Values.normals(77, 2, rows, DIM));
    Expr told = Expr.ones(none.shape());
    DoubleTensor drawn = values.plain(model.generate(given, told, normal, normal));
    for (int d = 0; d < DIM; d++) {
      int dim = d;
      double[] all = new double[2 * rows];
      Arrays.setAll(all, i -> drawn.at(i * DIM + dim));
      double mean = Arrays.stream(all).average().orElseThrow();
      double variance =
          Arrays.stream(all).map(y -> (y - mean) * (y - mean)).average().orElseThrow();
      assertEquals(means[d], mean, 4 * Math.sqrt(variances[d] / (2 * rows)));
      assertEquals(variances[d], variance, 4 * variances[d] / Math.sqrt(rows));
    }
  }

  /** Without latent states and with nothing told, later frames do not depend on what is drawn. */
  @Test
  void whatIsNotToldIsNotKnown() {
    FrameModel model = SmallSystems.of(FrameSystem.ODE_RNN, Distribution.BERNOULLI).model(DIM);
    Values values = Values.shaken((Record) model, 78, 2);
    DoubleTensor none = DoubleTensor.zeros(Shape.of(FRAMES, ROWS));
    DoubleTensor frames = DoubleTensor.zeros(Shape.of(FRAMES, ROWS, DIM));
    Given given = SmallSystems.given(values, frames, none, 1, model);
    DoubleTensor uniform = Values.units(79, FRAMES, ROWS, DIM);
    Expr uniforms = Expr.input("uniform", uniform.shape());
    Expr told = Expr.input("told", none.shape());
    values.put(uniforms, uniform).put(told, none);
    Expr drawn = model.generate(given, told, uniforms, Expr.zeros(uniform.shape()));
    DoubleTensor before = values.plain(drawn);
    DoubleTensor other = uniform.copy();
    for (int i = 0; i < ROWS * DIM; i++) {
      other.put(i, 1 - uniform.at(i));
    }
    DoubleTensor after = values.put(uniforms, other).plain(drawn);
    int first = ROWS * DIM;
    double[] rest = Arrays.copyOfRange(before.toArray(), first, before.size());
    assertArrayEquals(rest, Arrays.copyOfRange(after.toArray(), first, after.size()));
  }
}
