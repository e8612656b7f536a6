package girsanov.models.metrics;

import girsanov.tensor.Tensor;

/**
 * The root mean squared error of each sequence, over its frames and dims, and then the mean over
 * sequences,
 *
 * <pre>
 *   1/S Σ_s √( 1/(F_s D) Σ_{f,d} (x_sfd − x̂_sfd)² )
 * </pre>
 *
 * <p>in the unit of the data. Where several draws are added, their squared errors are averaged
 * under the root, so that their spread counts as error; for the error of their mean, add that.
 *
 * <p>VSDN, table 2, "RMSE per sequence", which the paper does not define further.
 */
public final class SequenceError implements FrameMetric {
  private final int dim;
  private final double[] squares;
  private final long[] frames;

  /**
   * An error of nothing yet.
   *
   * @param sequences how many there are
   * @param dim numbers of a frame
   */
  public SequenceError(int sequences, int dim) {
    this.dim = dim;
    squares = new double[sequences];
    frames = new long[sequences];
  }

  @Override
  public int dim() {
    return dim;
  }

  @Override
  public void addFrame(int sequence, Tensor predicted, int predictedAt, Tensor truth, int truthAt) {
    double sum = 0;
    for (int d = 0; d < dim; d++) {
      double error = predicted.at(predictedAt + d) - truth.at(truthAt + d);
      sum += error * error;
    }
    squares[sequence] += sum;
    frames[sequence]++;
  }

  /** The mean over sequences of which frames were added; not a number if there are none. */
  public double value() {
    double sum = 0;
    int sequences = 0;
    for (int i = 0; i < squares.length; i++) {
      if (frames[i] > 0) {
        sum += Math.sqrt(squares[i] / frames[i] / dim);
        sequences++;
      }
    }
    return sum / sequences;
  }
}
