package girsanov.models.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.training.ToyObjectives.SequenceMean;
import girsanov.models.training.ToyObjectives.WideLayers;
import girsanov.models.vsdn.FrameSystem;
import girsanov.tensor.Precision;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Same seed, same bits: on any number of threads, and after a stop at any step. */
class DeterminismTest {
  private static final int STEPS = 8;
  private static final int ROWS = 5;

  private final Objective objective = new SequenceMean(43);

  @ParameterizedTest
  @EnumSource
  void anyNumberOfThreadsGivesTheSameBits(Precision precision) {
    compareTeams(objective, precision, ROWS);
  }

  @Test
  void sdeMatching() {
    compareTeams(ToyObjectives.sdeMatching(43), Precision.FLOAT, ROWS);
  }

  /** Mini-batches whose blocks reach over the end of an epoch. */
  @ParameterizedTest
  @EnumSource(names = {"ODE_RNN", "GRU_ODE", "VSDN_VAE", "VSDN_SDE"})
  void frames(FrameSystem system) {
    compareTeams(ToyObjectives.frames(system, 43), Precision.FLOAT, ROWS);
  }

  @ParameterizedTest
  @EnumSource
  void oneBlock(Precision precision) {
    compareTeams(new WideLayers(40), precision, 40);
  }

  /**
   * The rows of a block decide the last digits; whoever names those that were chosen has the bits.
   */
  @ParameterizedTest
  @EnumSource
  void rowsOfABlockAreChosenOrGiven(Precision precision) {
    for (int rows : new int[] {1, 7, 43, 100}) {
      compareTeams(objective, precision, rows);
    }
    Run chosen = run(objective, precision, 2, 0);
    assertSameBits(chosen.state(), run(objective, precision, 1, 10).state());
    assertNotEquals(chosen.totals(), run(objective, precision, 2, 7).totals());
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> run(objective, precision, 1, -1).totals());
    assertTrue(String.valueOf(refused.getMessage()).contains("got -1; give 0"));
  }

  private static void compareTeams(Objective objective, Precision precision, int rows) {
    Run alone = run(objective, precision, 1, rows);
    for (int threads : new int[] {2, 5}) {
      Run team = run(objective, precision, threads, rows);
      assertEquals(alone.totals(), team.totals());
      assertSameBits(alone.state(), team.state());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRestoredRunGoesOnAsIfItHadNeverStopped(Precision precision) {
    Run whole = run(objective, precision, 1, ROWS);
    for (int stop = 0; stop < STEPS; stop += 3) {
      State saved;
      try (var workers = new Workers(2)) {
        Trainer first = trainer(objective, precision, 1, workers, ROWS);
        first.run(stop, _ -> {});
        saved = first.state();
        // The stopped run moves on, as one does that is killed later than its last checkpoint.
        first.run(stop + 2, _ -> {});
      }
      try (var workers = new Workers(1)) {
        // Another seed: nothing of the new trainer's own start may survive.
        Trainer second = trainer(objective, precision, 99, workers, ROWS);
        second.restore(saved);
        second.run(STEPS, _ -> {});
        assertSameBits(whole.state(), second.state());
      }
    }
  }

  private record Run(List<Double> totals, State state) {}

  private static Run run(Objective objective, Precision precision, int threads, int rows) {
    try (var workers = new Workers(threads)) {
      Trainer trainer = trainer(objective, precision, 1, workers, rows);
      var totals = new ArrayList<Double>();
      trainer.run(STEPS, progress -> totals.add(progress.total()));
      return new Run(totals, trainer.state());
    }
  }

  private static Trainer trainer(
      Objective objective, Precision precision, long seed, Workers workers, int rows) {
    ParameterVector start = ParameterVector.initial(objective.model(), precision, seed);
    Adam adam = Adam.of(Schedule.exponential(0.01, 0.999)).withClipNorm(0.1);
    return new Trainer(objective, start, adam, workers, rows);
  }

  private static void assertSameBits(State expected, State actual) {
    assertEquals(expected.iteration(), actual.iteration());
    assertArrayEquals(expected.parameters().flat().toArray(), actual.parameters().flat().toArray());
    assertArrayEquals(expected.m().flat().toArray(), actual.m().flat().toArray());
    assertArrayEquals(expected.v().flat().toArray(), actual.v().flat().toArray());
  }
}
