package girsanov.models.vsdn;

import girsanov.models.Values;
import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.FrameObjective;
import girsanov.models.frames.FrameObjective.Minimised;
import girsanov.models.frames.FrameObjective.Options;
import girsanov.models.training.Objective.Loss;
import girsanov.models.vsdn.FrameArchitecture.Distribution;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gradient of all that is minimised, by difference quotients in double precision. */
final class FrameGradientTest {
  private static final int DIM = 2;

  private static Segments data() {
    FloatTensor values = FloatTensor.zeros(Shape.of(4, 5, DIM));
    Noise.normal(41, 0, 0, values);
    return new Segments(values, 1, Collections.nCopies(4, "noise"));
  }

  private static void check(FrameSystem system, Distribution distribution, Minimised minimised) {
    FrameModel model = SmallSystems.of(system, distribution).model(DIM);
    double beta = minimised == Minimised.ELBO ? 0.7 : 1;
    var options = new Options(minimised, model.noise() == 0 ? 1 : 3, beta, 42);
    var objective = FrameObjective.training(model, data(), Subsampling.irregular(0.5), 3, options);
    Loss loss = objective.trace(3);
    Values.shaken((Record) model, 43, 0.5)
        .fill(objective, loss, 5, 0)
        .checkGradient(loss.total(), (Record) model);
  }

  @ParameterizedTest
  @EnumSource
  void ofTheBound(FrameSystem system) {
    check(system, Distribution.GAUSSIAN, Minimised.ELBO);
  }

  @ParameterizedTest
  @EnumSource
  void ofTheImportanceWeightedBound(FrameSystem system) {
    check(system, Distribution.MIXTURE, Minimised.IWAE);
  }
}
