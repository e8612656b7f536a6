package girsanov.models.data;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;

/**
 * Forecasts without a model, in the order of what they use. A model that does not beat them has
 * learned nothing; on motion capture some published figures do not.
 */
public enum Baseline {
  /** Zero everywhere, which for centred sequences is the sequence's own mean. */
  ZERO("zero (own mean)"),
  /** The last frame seen. */
  REPEAT_LAST("repeat the last frame seen"),
  /** The mean over the training sequences at the same time. */
  TRAINING_MEAN("training mean at the same time"),
  /** The training sequence closest on the frames seen, at the same times. */
  NEAREST_SEQUENCE("nearest training sequence");

  private final String title;

  Baseline(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /**
   * A forecast of every frame after those seen.
   *
   * @param train sequences of full length
   * @param seen the first frames of other sequences, at the same times
   * @return {@code [sequence of seen, frames of train − frames seen, dim]}
   */
  public DoubleTensor forecast(TimeSeries train, TimeSeries seen) {
    int given = seen.length();
    DoubleTensor forecast =
        DoubleTensor.zeros(Shape.of(seen.sequences(), train.length() - given, train.dim()));
    for (int sequence = 0; sequence < seen.sequences(); sequence++) {
      int nearest = this == NEAREST_SEQUENCE ? nearest(train, seen, sequence) : 0;
      for (int time = given; time < train.length(); time++) {
        for (int dim = 0; dim < train.dim(); dim++) {
          double value =
              switch (this) {
                case ZERO -> 0;
                case REPEAT_LAST -> seen.at(sequence, given - 1, dim);
                case TRAINING_MEAN -> mean(train, time, dim);
                case NEAREST_SEQUENCE -> train.at(nearest, time, dim);
              };
          forecast.set(value, sequence, time - given, dim);
        }
      }
    }
    return forecast;
  }

  /** Mean squared error of the forecast, over sequences, forecast frames and dims. */
  public double meanSquaredError(TimeSeries train, TimeSeries truth, int given) {
    DoubleTensor forecast = forecast(train, truth.prefix(given));
    DoubleTensor target = truth.between(given, truth.length()).values();
    double sum = 0;
    for (int i = 0; i < forecast.size(); i++) {
      double error = forecast.at(i) - target.at(i);
      sum += error * error;
    }
    return sum / forecast.size();
  }

  private static double mean(TimeSeries train, int time, int dim) {
    double sum = 0;
    for (int sequence = 0; sequence < train.sequences(); sequence++) {
      sum += train.at(sequence, time, dim);
    }
    return sum / train.sequences();
  }

  private static int nearest(TimeSeries train, TimeSeries seen, int sequence) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int candidate = 0; candidate < train.sequences(); candidate++) {
      double distance = 0;
      for (int time = 0; time < seen.length(); time++) {
        for (int dim = 0; dim < seen.dim(); dim++) {
          double error = train.at(candidate, time, dim) - seen.at(sequence, time, dim);
          distance += error * error;
        }
      }
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }
}
