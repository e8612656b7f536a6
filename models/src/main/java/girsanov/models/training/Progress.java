package girsanov.models.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What the last step of a {@link Trainer} did. One object for all steps: read it, or copy what is
 * to be kept. The loss is that of the parameters before the step, in nats a sequence.
 */
public final class Progress {
  private final List<String> names;
  final double[] terms;
  long iteration = -1;
  double total;
  double gradientNorm;
  double learningRate;
  double seconds;

  Progress(List<String> names) {
    this.names = List.copyOf(names);
    terms = new double[names.size()];
  }

  /** The number of this step, from 0; −1 before the first. */
  public long iteration() {
    return iteration;
  }

  /** The names of the loss's terms. */
  public List<String> names() {
    return names;
  }

  /** The mean over the sequences of the loss's term of that number. */
  public double term(int index) {
    return terms[index];
  }

  /** The terms' means by name, as a copy. */
  public SequencedMap<String, Double> terms() {
    var copy = new LinkedHashMap<String, Double>();
    for (int i = 0; i < terms.length; i++) {
      copy.put(names.get(i), terms[i]);
    }
    return copy;
  }

  /** The mean over the sequences of what is minimised. */
  public double total() {
    return total;
  }

  /** The Euclidean norm of the mean gradient before clipping. */
  public double gradientNorm() {
    return gradientNorm;
  }

  public double learningRate() {
    return learningRate;
  }

  /** How long the step took. */
  public double seconds() {
    return seconds;
  }
}
