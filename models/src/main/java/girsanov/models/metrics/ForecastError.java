package girsanov.models.metrics;

import girsanov.tensor.Tensor;

/**
 * Squared errors of sampled forecasts, both in use in the literature on motion capture. They differ
 * by the spread of the samples, so figures of one kind must not be compared with the other.
 *
 * @param meanOfSamples the mean over samples of each sample's mean squared error
 * @param halfWidth of the 95 % t-interval of {@code meanOfSamples} over samples (Li et al. 2020)
 * @param ofMean mean squared error of the samples' mean
 */
public record ForecastError(double meanOfSamples, double halfWidth, double ofMean) {

  /**
   * Errors over all sequences, times and dims.
   *
   * @param samples {@code [sample, …]}, two samples or more
   * @param truth {@code […]}
   */
  public static ForecastError of(Tensor samples, Tensor truth) {
    int count = samples.shape().dim(0);
    if (!samples.shape().without(0).equals(truth.shape()) || count < 2) {
      throw new IllegalArgumentException(
          "expected 2 samples or more of shape " + truth.shape() + ", got " + samples.shape());
    }
    int n = truth.size();
    double[] errors = new double[count];
    double ofMean = 0;
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int sample = 0; sample < count; sample++) {
        double error = samples.at(sample * n + i) - truth.at(i);
        errors[sample] += error * error / n;
        sum += error;
      }
      ofMean += sum / count * (sum / count) / n;
    }
    double mean = 0;
    for (double error : errors) {
      mean += error / count;
    }
    double squares = 0;
    for (double error : errors) {
      squares += (error - mean) * (error - mean);
    }
    double standardError = Math.sqrt(squares / (count - 1) / count);
    return new ForecastError(mean, StudentT.halfWidth(0.95, count - 1) * standardError, ofMean);
  }
}
