package girsanov.cli.reproduce;

import girsanov.cli.experiment.FrameProblem;
import girsanov.cli.settings.Settings;
import girsanov.models.training.Trainer;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** How long cells will take, from a few steps of each kind of model. */
final class Estimate {
  /** Seconds in which the JVM warms up, and as many that are measured. */
  private static final double MEASURED = 0.7;

  /** Of fewer steps the median says little: on a busy machine one may wait for seconds. */
  private static final int LEAST_STEPS = 5;

  /** A first step that takes so long is hardly longer for having been cold. */
  private static final double LONG = 3;

  /** A step is a pass forward and about two back; judging takes so many passes for each draw. */
  private static final double JUDGING_PASSES = 4;

  private static final double STEP_PASSES = 3;

  /** What a table takes at most that needs no thought, in seconds. */
  private static final double PATIENCE = 2 * 60 * 60;

  /**
   * What a model takes.
   *
   * @param start seconds to make it ready
   * @param step seconds of a step
   */
  private record Cost(double start, double step) {}

  private final CellRun cells;
  private final Workers workers;
  private final Map<String, Cost> costs = new HashMap<>();

  Estimate(CellRun cells, Workers workers) {
    this.cells = cells;
    this.workers = workers;
  }

  /** A line for a study that takes longer than one would guess. */
  static Optional<String> warning(double seconds) {
    return seconds > PATIENCE
        ? Optional.of(
            "Note: that is more than 2 hours; fewer --seeds, --steps or --systems take less, in"
                + " proportion.")
        : Optional.empty();
  }

  /** Seconds that cells take from their start to their scores, in order. */
  SequencedMap<Cell, Double> seconds(List<Cell> all) {
    warmUp(all.getFirst());
    var seconds = new LinkedHashMap<Cell, Double>();
    all.forEach(cell -> seconds.put(cell, seconds(cell)));
    return seconds;
  }

  /**
   * The first trainer of a process waits for the kernels to warm up. It must be gone before another
   * is made, for at the paper's sizes each takes gigabytes, and a frame of the interpreter keeps
   * all that was in its variables.
   */
  private void warmUp(Cell cell) {
    Trainer _ = cells.problem(cell).trainer(workers);
  }

  private double seconds(Cell cell) {
    FrameProblem problem = cells.problem(cell);
    Cost cost =
        costs.computeIfAbsent(
            Settings.word(cell.contender().system()) + cell.latent(), _ -> measure(problem));
    int batch = problem.experiment().batch();
    double validations = Math.ceilDiv(problem.iterations(), problem.validateEvery());
    double validation =
        cost.step / STEP_PASSES * Math.ceilDiv(problem.data().valid().count(), batch);
    boolean variational = cell.contender().system().variational();
    double draws = variational ? problem.experiment().evaluationDraws() : 1;
    double judging =
        JUDGING_PASSES
            / STEP_PASSES
            * cost.step
            * problem.data().test().count()
            / batch
            * draws
            * cells.judgings(cell);
    if (cells.trained(cell)) {
      return judging;
    }
    return cost.start * (1 + validations / 2)
        + cost.step * problem.iterations()
        + validation * validations
        + judging;
  }

  private Cost measure(FrameProblem problem) {
    long start = System.nanoTime();
    Trainer trainer = problem.trainer(workers);
    double made = (System.nanoTime() - start) * 1e-9;
    trainer.step();
    double ready = (System.nanoTime() - start) * 1e-9;
    if (ready - made > LONG) {
      return new Cost(made, ready - made);
    }
    double _ = secondsOfStep(trainer);
    return new Cost(ready, secondsOfStep(trainer));
  }

  private static double secondsOfStep(Trainer trainer) {
    var steps = new ArrayList<Double>();
    double seconds = 0;
    while (seconds < MEASURED || steps.size() < LEAST_STEPS) {
      long start = System.nanoTime();
      trainer.step();
      double step = (System.nanoTime() - start) * 1e-9;
      steps.add(step);
      seconds += step;
    }
    Collections.sort(steps);
    return steps.get(steps.size() / 2);
  }
}
