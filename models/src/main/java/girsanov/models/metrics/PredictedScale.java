package girsanov.models.metrics;

import girsanov.tensor.Tensor;

/**
 * The geometric mean of predicted standard deviations over the N numbers of all frames and draws
 * that are added,
 *
 * <pre>
 *   σ = exp( 1/N Σ log σ_n )
 * </pre>
 *
 * <p>in the unit of the data. It is geometric since −log p of normal numbers has the mean of log σ.
 * Sums are kept for each sequence, so that the value does not depend on the order in which
 * sequences come. Not for two threads at once.
 */
public final class PredictedScale {
  private final int dim;
  private final double[] sums;
  private final long[] frames;

  /**
   * A scale of nothing yet.
   *
   * @param sequences how many there are
   * @param dim numbers of a frame
   */
  public PredictedScale(int sequences, int dim) {
    this.dim = dim;
    sums = new double[sequences];
    frames = new long[sequences];
  }

  /**
   * Adds one predicted frame.
   *
   * @param sequence from 0
   * @param logStds holds log σ of the frame from flat position {@code at} on
   */
  public void addFrame(int sequence, Tensor logStds, int at) {
    for (int d = 0; d < dim; d++) {
      sums[sequence] += logStds.at(at + d);
    }
    frames[sequence]++;
  }

  /** The geometric mean; not a number if nothing was added. */
  public double value() {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += sums[i];
      count += frames[i] * dim;
    }
    return Math.exp(sum / count);
  }
}
