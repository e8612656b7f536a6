package girsanov.models.metrics;

import girsanov.models.data.Segments;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;

/**
 * The likelihood of frames under a density that is the same for all of them, with independent dims,
 * fitted to the training frames: what "predict the mean" is worth in nats, with all constants. A
 * model whose negative log-likelihood is not below has learned nothing.
 */
public enum ConstantDensity {
  /**
   * Each dim is 1 with its training frequency p: −y log p − (1 − y) log(1 − p). Frequencies are
   * kept half an occurrence away from 0 and 1, so that what never happened is not impossible.
   */
  BERNOULLI,
  /**
   * Each dim is normal with its training mean and variance σ²: ½ (y − μ)² / σ² + log σ + ½ log 2π.
   * Variances are kept above 1e-12.
   */
  GAUSSIAN;

  private static final double LEAST_VARIANCE = 1e-12;

  /**
   * The negative log-likelihood of a frame, in nats: the sum over its dims, and the mean over the
   * frames that are scored; not a number if there are none. Divide by the number of dims for the
   * figure of one dim.
   *
   * @param train what the density is fitted to
   * @param test what is scored
   * @param scored above 0 where a frame counts, {@code [frame, segment]}
   */
  public double negativeLogLikelihood(Segments train, Segments test, Tensor scored) {
    if (test.dim() != train.dim()
        || !scored.shape().equals(Shape.of(test.frames(), test.count()))) {
      throw new IllegalArgumentException(
          "expected frames of %d dims and scored [%d, %d], got %d and %s"
              .formatted(train.dim(), test.frames(), test.count(), test.dim(), scored.shape()));
    }
    double[] mean = train.mean();
    double[] variance = train.variance(mean);
    double halfAnOccurrence = 0.5 / (train.count() * train.frames());
    double sum = 0;
    int frames = 0;
    for (int i = 0; i < scored.size(); i++) {
      if (scored.at(i) > 0) {
        frames++;
        for (int dim = 0; dim < test.dim(); dim++) {
          double y = test.at(i % test.count(), i / test.count(), dim);
          sum +=
              switch (this) {
                case BERNOULLI -> bernoulli(y, mean[dim], halfAnOccurrence);
                case GAUSSIAN -> gaussian(y, mean[dim], variance[dim]);
              };
        }
      }
    }
    return sum / frames;
  }

  private static double bernoulli(double y, double frequency, double least) {
    double p = Math.clamp(frequency, least, 1 - least);
    return -y * Math.log(p) - (1 - y) * Math.log1p(-p);
  }

  private static double gaussian(double y, double mean, double variance) {
    double v = Math.max(variance, LEAST_VARIANCE);
    return 0.5 * ((y - mean) * (y - mean) / v + Math.log(2 * Math.PI * v));
  }
}
