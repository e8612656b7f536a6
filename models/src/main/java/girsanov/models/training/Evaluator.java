package girsanov.models.training;

import girsanov.tensor.Workers;
import java.util.LinkedHashMap;

/**
 * An {@link Evaluation} made ready: the objective is traced and compiled once, and each run reads
 * the parameters as they are then.
 */
public final class Evaluator {
  private final RowBlocks blocks;

  /**
   * Prepares evaluations.
   *
   * @param parameters of the objective's model; the same object may be in training
   */
  public Evaluator(Objective objective, ParameterVector parameters, Workers workers) {
    blocks = RowBlocks.of(objective, parameters, false, workers);
  }

  /** Evaluates at the noise of draws {@link Evaluation#FIRST_DRAW}, … */
  public Evaluation run(int draws) {
    if (draws < 1) {
      throw new IllegalArgumentException("evaluation: expected at least 1 draw, got " + draws);
    }
    int terms = blocks.names().size();
    var sums = new double[terms + 1];
    var totals = new double[draws];
    for (int draw = 0; draw < draws; draw++) {
      blocks.run(Evaluation.FIRST_DRAW + draw);
      for (int i = 0; i <= terms; i++) {
        sums[i] += blocks.mean(i);
      }
      totals[draw] = blocks.mean(terms);
    }
    var means = new LinkedHashMap<String, Double>();
    for (int i = 0; i < terms; i++) {
      means.put(blocks.names().get(i), sums[i] / draws);
    }
    double total = sums[terms] / draws;
    return new Evaluation(means, total, Evaluation.standardError(totals, total));
  }
}
