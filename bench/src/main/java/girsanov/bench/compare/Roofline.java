package girsanov.bench.compare;

import girsanov.tensor.Precision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What kernels reach beside what the machine allows: operations a second over operations for each
 * byte that must be moved at least, on single-precision rows of one number of threads.
 *
 * @param peak operations a second
 * @param bandwidths bytes a second of each level
 */
record Roofline(int threads, double peak, Map<Limit.Level, Double> bandwidths, List<Point> points) {
  /** Of an elementary function: a polynomial of degree 5 to 7, range reduction, a division. */
  private static final double OPERATIONS_PER_ELEMENT = 20;

  Roofline {
    bandwidths = Map.copyOf(bandwidths);
    points = List.copyOf(points);
  }

  /**
   * One kernel.
   *
   * @param who did it
   * @param intensity operations a byte
   * @param rate operations a second
   */
  record Point(String who, double intensity, double rate) {}

  /** Of the rows with so many threads: our kernels and the native peers. */
  static Roofline of(List<Outcome> outcomes, LimitMeter meter, int threads) {
    var points = new ArrayList<Point>();
    for (Outcome outcome : outcomes) {
      if (outcome.row().threads() == threads) {
        place(outcome)
            .ifPresent(
                work -> {
                  points.add(point(outcome.ours(), work));
                  outcome.peers().forEach(peer -> points.add(point(peer, work)));
                });
      }
    }
    var bandwidths = new EnumMap<Limit.Level, Double>(Limit.Level.class);
    for (Limit.Level level : Limit.Level.values()) {
      double best = LimitMeter.best(() -> meter.bytesPerSecond(level, threads));
      bandwidths.put(level, best);
    }
    double peak = LimitMeter.best(() -> meter.flopsPerSecond(Precision.FLOAT, threads));
    return new Roofline(threads, peak, bandwidths, points);
  }

  /** Operations and bytes of a row; empty for what is no kernel in single precision. */
  private record Place(double operations, double bytes) {}

  private static Optional<Place> place(Outcome outcome) {
    return switch (outcome.row().group()) {
      case "sgemm" ->
          outcome.row().work().get() instanceof Work.Product p
              ? Optional.of(new Place(p.flops(), p.bytes()))
              : Optional.empty();
      case "elementwise" ->
          outcome.row().work().get() instanceof Work.Mapping f
              ? Optional.of(new Place(OPERATIONS_PER_ELEMENT * f.n(), 2.0 * f.n() * Float.BYTES))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Point point(Measured measured, Place place) {
    return new Point(
        measured.name(),
        place.operations() / place.bytes(),
        place.operations() / measured.median());
  }
}
