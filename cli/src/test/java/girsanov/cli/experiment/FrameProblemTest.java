package girsanov.cli.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.FrameObjective;
import girsanov.models.frames.FrameObjective.Options;
import girsanov.models.training.Evaluation;
import girsanov.models.training.ParameterVector;
import girsanov.models.vsdn.FrameSystem;
import girsanov.readers.Kind;
import girsanov.tensor.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How models of frames are trained and chosen. */
final class FrameProblemTest {
  private static final List<String> TINY =
      List.of(
          "segments=4",
          "heldOut=2",
          "model.recurrent=5",
          "model.latent=3",
          "model.hidden=6",
          "model.hiddenLayers=1");

  private static FrameProblem problem(FrameSystem system, String... changes) {
    FrameExperiment tiny = Settings.with(FrameExperiment.scaled(Kind.MUSIC, system), TINY);
    return FrameProblem.of(Settings.with(tiny, List.of(changes)), /* globalPeak= */ 0);
  }

  /** Patience does not wait for the growth of a β that there is not. */
  @Test
  void patienceCountsFromTheEndOfTheGrowth() {
    assertEquals(300, problem(FrameSystem.VSDN_VAE).patienceFrom());
    assertEquals(0, problem(FrameSystem.VSDN_VAE, "objective=iwae").patienceFrom());
  }

  @Test
  void theOptimiserHasTheSettings() {
    assertEquals(0, problem(FrameSystem.GRU_ODE).experiment().adam().weightDecay());
    FrameExperiment decaying = problem(FrameSystem.GRU_ODE, "weightDecay=5e-4").experiment();
    assertEquals(5e-4, decaying.adam().weightDecay());
    assertEquals(10, decaying.adam().clipNorm());
    for (String bad : List.of("-1", "Infinity", "NaN")) {
      UserException error =
          assertThrows(UserException.class, () -> Settings.with(decaying, "weightDecay", bad));
      assertTrue(String.valueOf(error.getMessage()).contains("weightDecay"), error::getMessage);
    }
  }

  /** The smoother of a two-way ODE-RNN, and GRU-ODE's λ, count where models are chosen. */
  @ParameterizedTest
  @EnumSource(names = {"GRU_ODE", "BIDIRECTIONAL_ODE_RNN"})
  void modelsAreChosenByWhatIsMinimised(FrameSystem system) {
    FrameProblem problem = problem(system);
    FrameExperiment experiment = problem.experiment();
    var parameters = ParameterVector.initial(problem.model(), experiment.precision(), 0);
    try (var workers = new Workers(1)) {
      double chosenBy = problem.validation(parameters, workers).getAsDouble();
      FrameModel model = problem.frameModel();
      Segments valid = problem.data().valid();
      Subsampling observed = experiment.reporting();
      Options options = experiment.options();
      var judged = FrameObjective.whole(model, valid, observed, options);
      double nll = Evaluation.of(judged, parameters, 1, workers).total();
      assertTrue(chosenBy > nll, chosenBy + " and " + nll);
      var minimised = FrameObjective.validation(model, valid, observed, options);
      assertEquals(Evaluation.of(minimised, parameters, 1, workers).total(), chosenBy);
    }
  }
}
