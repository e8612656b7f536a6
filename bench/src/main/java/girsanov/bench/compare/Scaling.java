package girsanov.bench.compare;

import girsanov.bench.model.LorenzMatching;
import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Architecture;
import girsanov.models.training.Objective;
import girsanov.models.training.Progress;
import girsanov.models.training.Trainer;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** {@code bench/compare scaling}: how the time of our SDE Matching step grows as the work grows. */
final class Scaling {
  static final String HEADER = "axis,size,seconds,seconds_least,seconds_most,multiply_adds";
  private static final int THREADS = 2;

  /** Of the block whose multiply-adds are counted. */
  private static final int ROWS = 16;

  private static final int BATCH = 256;
  private static final int LENGTH = 41;
  private static final int WIDTH = 100;
  private static final double WARM_UP = 1.5;
  private static final double TURN = 0.05;

  /**
   * One size that grows while the others stand.
   *
   * @param name of the size
   * @param rest the other sizes, in words
   * @param sizes that are measured
   */
  record Axis(String name, String rest, int[] sizes, IntFunction<Objective> objective) {}

  /**
   * What was measured along an axis.
   *
   * @param times of a step at each size, in seconds, round by round
   * @param multiplyAdds of the products of a step at each size
   */
  record Curve(Axis axis, double[][] times, double[] multiplyAdds) {

    /** Medians over the rounds, or another percentile. */
    double[] seconds(double percentile) {
      return Arrays.stream(times).mapToDouble(t -> Measured.percentile(t, percentile)).toArray();
    }

    /** p of y ~ sizeᵖ that fits best from the size of an index on. */
    double exponent(double[] y, int from) {
      return line(y, from)[1];
    }

    /** a and p of y ~ exp(a) sizeᵖ: least squares in logarithms. */
    double[] line(double[] values, int from) {
      int n = values.length - from;
      double x = 0;
      double y = 0;
      for (int i = from; i < values.length; i++) {
        x += Math.log(axis.sizes()[i]) / n;
        y += Math.log(values[i]) / n;
      }
      double xy = 0;
      double xx = 0;
      for (int i = from; i < values.length; i++) {
        double dx = Math.log(axis.sizes()[i]) - x;
        xy += dx * (Math.log(values[i]) - y);
        xx += dx * dx;
      }
      return new double[] {y - xy / xx * x, xy / xx};
    }

    /** The exponents of each round by itself. */
    double[] exponents(int from) {
      return IntStream.range(0, times[0].length)
          .mapToDouble(r -> exponent(Arrays.stream(times).mapToDouble(t -> t[r]).toArray(), from))
          .toArray();
    }

    /** The index from which on the larger half of the sizes lies. */
    int upperHalf() {
      return times.length / 2;
    }
  }

  private Scaling() {}

  static List<Axis> axes() {
    return List.of(
        new Axis(
            "batch",
            "length 41, width 100",
            new int[] {1, 4, 16, 64, 256, 1024, 4096},
            batch -> matching(batch, LENGTH, WIDTH)),
        new Axis(
            "length",
            "batch 256, width 100",
            new int[] {11, 21, 41, 81, 161, 321},
            length -> matching(BATCH, length, WIDTH)),
        new Axis(
            "width",
            "batch 256, length 41",
            new int[] {25, 50, 100, 200, 400},
            width -> matching(BATCH, LENGTH, width)));
  }

  /** Noise in place of data: what the numbers are does not matter to the time. */
  private static Objective matching(int batch, int length, int width) {
    var times = new double[length];
    for (int i = 0; i < length; i++) {
      times[i] = (double) i / (length - 1);
    }
    var values = DoubleTensor.zeros(Shape.of(batch, length, 3));
    Noise.normal(0, 0, 0, values);
    List<String> units = Collections.nCopies(3, "1");
    return LorenzMatching.of(
        widened(Architecture.notebook(), width),
        new TimeSeries(times, values, List.of("x", "y", "z"), units));
  }

  /** Every hidden layer of that width. */
  private static Architecture widened(Architecture a, int width) {
    return new Architecture(
        a.latent(),
        width,
        a.diffusionFloor(),
        a.encoding(),
        width,
        a.prefixFrames(),
        a.prefixHidden(),
        width,
        a.posteriorFrequencies(),
        a.posteriorOffset(),
        a.likelihood(),
        a.observationStd(),
        a.decoderHidden(),
        a.leastLogStd(),
        a.scale());
  }

  /** Measures an axis: all sizes in turn, round after round. */
  static Curve measure(Axis axis, Teams teams, int rounds) {
    int sizes = axis.sizes().length;
    var trainers = new ArrayList<Trainer>();
    var repetitions = new int[sizes];
    var multiplyAdds = new double[sizes];
    for (int i = 0; i < sizes; i++) {
      Objective objective = axis.objective().apply(axis.sizes()[i]);
      Work.Training work = Model.training("scaling", objective);
      multiplyAdds[i] = multiplyAdds(work);
      var trainer = new Trainer(work.objective(), work.start(), work.adam(), teams.of(THREADS));
      double last = run(trainer, 1);
      for (double spent = last; spent < WARM_UP; spent += last) {
        last = run(trainer, 1);
      }
      repetitions[i] = (int) Math.max(1, TURN / last);
      trainers.add(trainer);
    }
    var times = new double[sizes][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < sizes; i++) {
        times[i][round] = run(trainers.get(i), repetitions[i]);
      }
    }
    return new Curve(axis, times, multiplyAdds);
  }

  /** As a block of so many rows has them: a block's weights cost no products. */
  private static double multiplyAdds(Work.Training work) {
    int rows = Math.min(ROWS, work.objective().sequences());
    double blocks = (double) work.objective().sequences() / rows;
    return blocks * work.program(rows).multiplyAdds();
  }

  /** Seconds of one of so many steps. */
  private static double run(Trainer trainer, int steps) {
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      Progress unused = trainer.step();
    }
    return (System.nanoTime() - start) * 1e-9 / steps;
  }

  /** A line for each size, and two with the exponents. */
  static List<String> lines(Curve curve) {
    var lines = new ArrayList<String>();
    Axis axis = curve.axis();
    lines.add("SDE Matching step against %s (%s), 2 threads".formatted(axis.name(), axis.rest()));
    double[] median = curve.seconds(0.5);
    double[] least = curve.seconds(0);
    double[] most = curve.seconds(1);
    for (int i = 0; i < median.length; i++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-8s %5d %12.3f ms  [%.3f, %.3f] %12.1f million multiply-adds",
              axis.name(),
              axis.sizes()[i],
              1e3 * median[i],
              1e3 * least[i],
              1e3 * most[i],
              1e-6 * curve.multiplyAdds()[i]));
    }
    for (int from : new int[] {0, curve.upperHalf()}) {
      double[] exponents = curve.exponents(from);
      lines.add(
          String.format(
              Locale.ROOT,
              "  from %d on: time ~ %s^%.2f [%.2f, %.2f], multiply-adds ~ %s^%.2f",
              axis.sizes()[from],
              axis.name(),
              curve.exponent(median, from),
              Measured.percentile(exponents, 0),
              Measured.percentile(exponents, 1),
              axis.name(),
              curve.exponent(curve.multiplyAdds(), from)));
    }
    return lines;
  }

  /** As CSV. */
  static List<String> csv(List<Curve> curves) {
    var lines = new ArrayList<String>();
    lines.add(HEADER);
    for (Curve curve : curves) {
      double[] median = curve.seconds(0.5);
      double[] least = curve.seconds(0);
      double[] most = curve.seconds(1);
      for (int i = 0; i < median.length; i++) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%s,%d,%.6g,%.6g,%.6g,%.6g",
                curve.axis().name(),
                curve.axis().sizes()[i],
                median[i],
                least[i],
                most[i],
                curve.multiplyAdds()[i]));
      }
    }
    return lines;
  }
}
