package girsanov.models.sdematching;

import girsanov.models.data.TimeSeries;
import girsanov.models.metrics.ForecastError;
import java.util.Arrays;

/** The two ways in which forecasts of motion capture are scored. Errors are in the data's units. */
public enum MocapSetup {
  /** ODE²VAE, Li et al., SDE Matching: three frames are seen, 297 forecast. */
  ONE(3, 300),
  /** NCDSSM: models train on the first 200 frames; 100 are seen, 200 forecast. */
  TWO(100, 200);

  private final int seen;
  private final int trained;

  MocapSetup(int seen, int trained) {
    this.seen = seen;
    this.trained = trained;
  }

  /** Frames a forecast is conditioned on. */
  public int seen() {
    return seen;
  }

  /** Frames of a training sequence. */
  public int trained() {
    return trained;
  }

  /**
   * Scores forecasts of all frames after those seen. The samples are decoder means, without
   * observation noise.
   *
   * @param samples 50 in the literature
   */
  public ForecastError evaluate(Sampler sampler, TimeSeries sequences, int samples) {
    int length = sequences.length();
    double[] times = Arrays.copyOfRange(sequences.times(), seen, length);
    Samples forecast = sampler.forecast(sequences.prefix(seen), times, samples);
    return ForecastError.of(forecast.means(), sequences.between(seen, length).values());
  }
}
