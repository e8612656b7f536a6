package girsanov.models.training;

import girsanov.tensor.Workers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The loss of an objective without gradients, averaged over sequences and over independent draws of
 * its noise.
 *
 * @param terms the terms' means by name
 * @param total the mean of the total
 * @param standardError that of {@code total} as an estimate of its expectation over the noise: the
 *     standard deviation over the draws by √draws; NaN for one draw
 */
public record Evaluation(SequencedMap<String, Double> terms, double total, double standardError) {

  /** The number that the first draw has in place of an iteration's: far from any in training. */
  public static final long FIRST_DRAW = 1L << 40;

  public Evaluation {
    terms = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(terms));
  }

  /** One term's mean. */
  public double term(String name) {
    Double mean = terms.get(name);
    if (mean == null) {
      throw new IllegalArgumentException(
          "expected a term among " + terms.keySet() + ", got '" + name + "'");
    }
    return mean;
  }

  /**
   * Evaluates, for instance on held-out data, at fresh noise: draws {@link #FIRST_DRAW}, … To do so
   * again and again, prepare an {@link Evaluator}.
   *
   * @param parameters of the objective's model
   */
  public static Evaluation of(
      Objective objective, ParameterVector parameters, int draws, Workers workers) {
    return new Evaluator(objective, parameters, workers).run(draws);
  }

  static double standardError(double[] totals, double mean) {
    double squares = 0;
    for (double total : totals) {
      squares += (total - mean) * (total - mean);
    }
    return Math.sqrt(squares / (totals.length - 1) / totals.length);
  }
}
