package girsanov.models.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.training.ToyObjectives.Failing;
import girsanov.models.training.ToyObjectives.Regression;
import girsanov.models.training.ToyObjectives.SequenceMean;
import girsanov.tensor.Precision;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  @ParameterizedTest
  @EnumSource
  void fitsALine(Precision precision) {
    var objective = new Regression(50);
    var trainer = trainer(objective, precision, 0.05, 16);
    trainer.run(400, _ -> {});
    assertArrayEquals(new double[] {2, -3}, trainer.parameters().tensor("weight").toArray(), 0.02);
    assertEquals(0.5, trainer.parameters().tensor("bias").at(0), 0.02);
    Evaluation evaluation = Evaluation.of(objective, trainer.parameters(), 40, workers);
    assertEquals(0.01, evaluation.total(), 4 * evaluation.standardError() + 2e-4);
    assertEquals(13e-6, evaluation.term("penalty"), 1e-6);
  }

  @Test
  void fitsSequencesWithAGru() {
    var objective = new SequenceMean(40);
    var trainer = trainer(objective, Precision.FLOAT, 0.02, 16);
    double before = Evaluation.of(objective, trainer.parameters(), 4, workers).total();
    trainer.run(150, _ -> {});
    double after = Evaluation.of(objective, trainer.parameters(), 4, workers).total();
    assertTrue(before > 0.1 && after < 0.02, "before " + before + ", after " + after);
  }

  @Test
  void reportsEachStep() {
    var trainer = trainer(new Regression(50), Precision.DOUBLE, 0.05, 16);
    var seen = new ArrayList<Long>();
    trainer.run(
        5,
        progress -> {
          seen.add(progress.iteration());
          double sum = progress.terms().values().stream().mapToDouble(Double::doubleValue).sum();
          assertEquals(sum, progress.total(), 1e-12);
          assertTrue(progress.gradientNorm() > 0 && progress.seconds() > 0);
          assertEquals(0.05, progress.learningRate());
        });
    assertEquals(5, trainer.iteration());
    assertEquals(5, seen.size());
    assertEquals(4, seen.getLast());
  }

  @Test
  void stopsAfterTheStep() {
    var trainer = trainer(new Regression(50), Precision.FLOAT, 0.05, 16);
    trainer.run(
        100,
        progress -> {
          if (progress.iteration() == 2) {
            trainer.stop();
          }
        });
    assertEquals(3, trainer.iteration());
    trainer.run(4, _ -> {});
    assertEquals(4, trainer.iteration());
  }

  /** The gradient is that of the mean over all rows, whatever the blocks. */
  @ParameterizedTest
  @EnumSource
  void theCutChangesOnlyRounding(Precision precision) {
    var objective = new SequenceMean(37);
    double tolerance = precision == Precision.DOUBLE ? 1e-12 : 1e-4;
    var whole = trainer(objective, precision, 0.01, 37);
    var pieces = trainer(objective, precision, 0.01, 5);
    for (int i = 0; i < 5; i++) {
      double norm = whole.step().gradientNorm();
      assertEquals(norm, pieces.step().gradientNorm(), tolerance * norm);
    }
    for (String name : whole.parameters().tensors().keySet()) {
      assertArrayEquals(
          whole.parameters().tensor(name).toArray(),
          pieces.parameters().tensor(name).toArray(),
          10 * tolerance);
    }
  }

  @Test
  void namesTheTermAndIterationThatDiverged() {
    var trainer = trainer(new Failing(3, new Regression(50)), Precision.FLOAT, 0.05, 16);
    trainer.run(3, _ -> {});
    State good = trainer.state();
    var error = assertThrows(DivergedException.class, () -> trainer.run(10, _ -> {}));
    assertEquals(3, error.iteration());
    assertEquals("loss term 'fit'", error.part());
    assertEquals(3, trainer.iteration());
    assertArrayEquals(good.parameters().flat().toArray(), trainer.parameters().flat().toArray());
  }

  private Trainer trainer(Objective objective, Precision precision, double rate, int rows) {
    ParameterVector start = ParameterVector.initial(objective.model(), precision, 5);
    return new Trainer(objective, start, Adam.of(Schedule.constant(rate)), workers, rows);
  }
}
