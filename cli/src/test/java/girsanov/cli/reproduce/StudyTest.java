package girsanov.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.cli.experiment.FrameExperiment;
import girsanov.cli.experiment.Preset;
import girsanov.cli.experiment.Sizes;
import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.readers.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the cells of a study are trained as. */
final class StudyTest {
  private static Study study(int steps, int ablationSteps, String changes) {
    return new Study(Kind.SPEECH, "", Sizes.SCALED, "all", 1, steps, ablationSteps, changes);
  }

  /** A cell whose β never gets there would stand at a wrong place of figure 4. */
  @Test
  void betaIsReachedEarly() {
    for (int ablationSteps : new int[] {1, 3, 200, 500, 4000}) {
      Study study = study(800, ablationSteps, "");
      for (Cell cell : study.cells()) {
        FrameExperiment experiment = study.experiment(cell);
        int length = cell.ablation() ? ablationSteps : 800;
        assertEquals(length, experiment.iterations());
        assertEquals(cell.beta(), experiment.options().beta());
        assertEquals(Math.min(300, length / 4), experiment.options().warmUp(), cell.name());
      }
    }
  }

  @Test
  void longAndUncountedCellsGrowAsTheirPresetDoes() {
    Study longer = study(1500, 0, "");
    assertEquals(300, longer.experiment(longer.cells().getFirst()).warmUp());
    Study epochs = study(0, 0, "warmUp=4000");
    assertEquals(4000, epochs.experiment(epochs.cells().getFirst()).warmUp());
    Study without = study(800, 200, "warmUp=0");
    assertEquals(0, without.experiment(without.cells().getFirst()).warmUp());
  }

  @Test
  void aGrowthThatIsTooLongIsRefused() {
    assertEquals(50, study(800, 200, "beta=0.3\nwarmUp=50").base(first()).warmUp());
    String line = refusal(800, 200, "beta=0.3\nwarmUp=51");
    assertTrue(line.startsWith("--set warmUp=51: expected at most a quarter"), line);
    assertTrue(line.contains("50 of 200"), line);
    assertTrue(refusal(800, 0, "warmUp = 201").contains("200 of 800"));
  }

  @Test
  void theImportanceWeightedBoundHasNoBeta() {
    String line = refusal(800, 0, "objective=iwae");
    assertTrue(line.contains("--set beta=1"), line);
    line = refusal(800, 200, "objective=iwae\nbeta=1");
    assertTrue(line.contains("--ablation-steps=0"), line);
    Study study = study(800, 0, "objective=iwae\nbeta=1");
    assertEquals(0, study.experiment(study.cells().getFirst()).options().warmUp());
  }

  private static String refusal(int steps, int ablationSteps, String changes) {
    UserException error =
        assertThrows(UserException.class, () -> study(steps, ablationSteps, changes));
    return String.valueOf(error.getMessage());
  }

  /** {@code girsanov train --sizes paper} is what {@code reproduce --preset paper} trains. */
  @Test
  void theSizesOfThePaperAreThoseOfTraining() {
    for (Kind kind : Kind.values()) {
      var study = new Study(kind, "", Sizes.PAPER, "all", 1, 0, 0, "");
      List<String> data = List.of("data=" + Settings.word(kind));
      for (Contender contender : study.contenders()) {
        Preset preset = Preset.of(Settings.word(contender.system()));
        assertEquals(
            study.base(contender),
            preset
                .experiment(Optional.empty(), data, Sizes.PAPER)
                .with(List.of("model.assimilated=" + contender.assimilated())));
      }
    }
  }

  /** Of a large collection, judging all 22 models by all there is would take days. */
  @Test
  void manyHeldOutSegmentsAreCapped() {
    assertEquals(study(800, 200, ""), study(800, 200, "").judgingFew(200));
    Study few = study(800, 200, "beta=0.3").judgingFew(201);
    assertEquals(200, few.experiment(few.cells().getFirst()).heldOut());
    assertEquals("beta=0.3\nheldOut=200", few.changes());
    assertEquals(few, few.judgingFew(201), "the same when it goes on");
    Study all = study(800, 200, "heldOut=0");
    assertEquals(all, all.judgingFew(4000));
    var paper = new Study(Kind.SPEECH, "", Sizes.PAPER, "all", 1, 0, 0, "");
    assertEquals(paper, paper.judgingFew(4000));
  }

  @Test
  void longStudiesAreWarnedOf() {
    assertEquals(Optional.empty(), Estimate.warning(7200));
    String line = Estimate.warning(7201).orElseThrow();
    assertTrue(line.startsWith("Note: that is more than 2 hours; fewer --seeds"), line);
  }

  private static Contender first() {
    return Contender.of("all").getFirst();
  }
}
