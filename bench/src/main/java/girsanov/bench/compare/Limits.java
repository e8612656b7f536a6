package girsanov.bench.compare;

import girsanov.tensor.Precision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the machine allowed at the beginning of a run, for the header and the pictures.
 *
 * @param threads that the limits were measured with, each with one and all of them
 * @param flops operations a second, by precision: on one thread, on all
 * @param bandwidths bytes a second, by level: on one thread, on all
 */
record Limits(int threads, Map<Precision, double[]> flops, Map<Limit.Level, double[]> bandwidths) {
  /** The part of a core's peak that each thread has at least, where it has a core for itself. */
  private static final double WORTH = 0.85;

  static Limits of(LimitMeter meter, int threads) {
    Rest.untilQuiet();
    var flops = new EnumMap<Precision, double[]>(Precision.class);
    for (Precision precision : Precision.values()) {
      double one = LimitMeter.best(() -> meter.flopsPerSecond(precision, 1));
      double all = LimitMeter.best(() -> meter.flopsPerSecond(precision, threads));
      flops.put(precision, new double[] {one, all});
    }
    var bandwidths = new EnumMap<Limit.Level, double[]>(Limit.Level.class);
    for (Limit.Level level : Limit.Level.values()) {
      double one = LimitMeter.best(() -> meter.bytesPerSecond(level, 1));
      double all = LimitMeter.best(() -> meter.bytesPerSecond(level, threads));
      bandwidths.put(level, new double[] {one, all});
    }
    return new Limits(threads, flops, bandwidths);
  }

  /** Operations a second in single precision on one thread, or on all. */
  double peak(int of) {
    return which(flops.getOrDefault(Precision.FLOAT, new double[2]), of);
  }

  /** Bytes a second of a level on one thread, or on all. */
  double bandwidth(Limit.Level level, int of) {
    return which(bandwidths.getOrDefault(level, new double[2]), of);
  }

  private static double which(double[] oneAndAll, int threads) {
    return oneAndAll[threads == 1 ? 0 : 1];
  }

  /** Why what is measured now is not to be believed. */
  Optional<String> doubt() {
    double gain = peak(threads) / peak(1);
    return gain >= WORTH * threads
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "unsteady: %d threads reach %.2f times the peak of one; something else is running",
                threads,
                gain));
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    for (Precision precision : Precision.values()) {
      String name = precision.name().toLowerCase(Locale.ROOT);
      double[] rates = flops.getOrDefault(precision, new double[2]);
      lines.add(line("FMA peak %s: %.1f GFLOP/s on 1 thread, %.1f on %d", name, rates));
    }
    bandwidths.forEach(
        (level, rates) ->
            lines.add(line("triad in %s: %.0f GB/s on 1 thread, %.0f on %d", level, rates)));
    return lines;
  }

  private String line(String format, Object what, double[] rates) {
    return String.format(Locale.ROOT, format, what, rates[0] * 1e-9, rates[1] * 1e-9, threads);
  }
}
