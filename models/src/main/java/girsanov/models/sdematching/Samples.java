package girsanov.models.sdematching;

import girsanov.tensor.DoubleTensor;

/**
 * Trajectories drawn from a model, decoded: at each state the mean and the standard deviation of
 * what would be observed there. An observation is {@code means + stds ⊙ N(0, I)}.
 *
 * @param times when, {@code [time]}
 * @param means {@code [sample, sequence, time, dim]}
 * @param stds likewise
 */
public record Samples(double[] times, DoubleTensor means, DoubleTensor stds) {
  public Samples {
    times = times.clone();
  }

  @Override
  public double[] times() {
    return times.clone();
  }

  public int samples() {
    return means.shape().dim(0);
  }

  /** The mean over samples of {@link #means}, {@code [sequence, time, dim]}. */
  public DoubleTensor mean() {
    DoubleTensor mean = DoubleTensor.zeros(means.shape().without(0));
    for (int sample = 0; sample < samples(); sample++) {
      for (int i = 0; i < mean.size(); i++) {
        mean.put(i, mean.at(i) + means.at(sample * mean.size() + i) / samples());
      }
    }
    return mean;
  }

  /**
   * The standard deviation of an observation over everything that is uncertain, {@code [sequence,
   * time, dim]}: the samples' spread and the mean variance of the observation noise.
   */
  public DoubleTensor spread() {
    DoubleTensor mean = mean();
    DoubleTensor spread = DoubleTensor.zeros(mean.shape());
    for (int i = 0; i < mean.size(); i++) {
      double variance = 0;
      for (int sample = 0; sample < samples(); sample++) {
        int at = sample * mean.size() + i;
        double error = means.at(at) - mean.at(i);
        variance += (error * error + stds.at(at) * stds.at(at)) / samples();
      }
      spread.put(i, Math.sqrt(variance));
    }
    return spread;
  }
}
