package girsanov.cli.experiment;

import girsanov.models.data.TimeSeries;
import girsanov.models.metrics.ForecastError;
import girsanov.models.sdematching.Sampler;
import girsanov.models.sdematching.Samples;
import java.util.Arrays;

/**
 * Forecasts of sequences whose continuation is known.
 *
 * @param given observations that the model saw
 * @param truth whole sequences
 * @param samples of all that follows
 */
public record Forecasts(int given, TimeSeries truth, Samples samples) {

  /** Forecasts of all that follows the first observations. */
  public static Forecasts of(Sampler sampler, TimeSeries truth, int given, int samples) {
    double[] times = Arrays.copyOfRange(truth.times(), given, truth.length());
    return new Forecasts(given, truth, sampler.forecast(truth.prefix(given), times, samples));
  }

  public ForecastError error() {
    return ForecastError.of(samples.means(), truth.between(given, truth.length()).values());
  }
}
