package girsanov.models.data;

import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Pieces of equal length cut from longer recordings: frames of music or speech at even times.
 *
 * @param values {@code [segment, frame, dim]}
 * @param framesPerSecond the frame rate
 * @param sources the song, speaker, … that each segment was cut from; what is learned from one
 *     segment of a source says something of its others
 */
public record Segments(FloatTensor values, double framesPerSecond, List<String> sources) {

  public Segments {
    sources = List.copyOf(sources);
    Shape shape = values.shape();
    if (shape.rank() != 3 || shape.dim(0) != sources.size()) {
      throw new IllegalArgumentException(
          "Expected values [segment, frame, dim] with a source for each segment, got "
              + shape
              + " and "
              + sources.size()
              + " sources.");
    }
    if (!(framesPerSecond > 0)) {
      throw new IllegalArgumentException(
          "Expected a frame rate above 0, got " + framesPerSecond + ".");
    }
  }

  public int count() {
    return values.shape().dim(0);
  }

  /** Frames of each segment. */
  public int frames() {
    return values.shape().dim(1);
  }

  public int dim() {
    return values.shape().dim(2);
  }

  public double at(int segment, int frame, int dim) {
    return values.at((segment * frames() + frame) * dim() + dim);
  }

  /** The mean of each dim over all frames. */
  public double[] mean() {
    double[] mean = new double[dim()];
    int all = count() * frames();
    for (int i = 0; i < values.size(); i++) {
      mean[i % mean.length] += values.at(i) / all;
    }
    return mean;
  }

  /**
   * The variance of each dim over all frames.
   *
   * @param mean as {@link #mean} gives it
   */
  public double[] variance(double[] mean) {
    double[] variance = new double[mean.length];
    int all = count() * frames();
    for (int i = 0; i < values.size(); i++) {
      double error = values.at(i) - mean[i % mean.length];
      variance[i % mean.length] += error * error / all;
    }
    return variance;
  }

  /** Some of the segments, in the order given. */
  public Segments select(int... segments) {
    FloatTensor part = FloatTensor.zeros(values.shape().with(0, segments.length));
    var from = new ArrayList<String>();
    for (int i = 0; i < segments.length; i++) {
      part.row(i).copyFrom(values.row(segments[i]));
      from.add(sources.get(segments[i]));
    }
    return new Segments(part, framesPerSecond, from);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Segments that
        && framesPerSecond == that.framesPerSecond
        && values.shape().equals(that.values.shape())
        && Arrays.equals(values.toArray(), that.values.toArray())
        && sources.equals(that.sources);
  }

  @Override
  public int hashCode() {
    return Objects.hash(framesPerSecond, Arrays.hashCode(values.toArray()), sources);
  }
}
