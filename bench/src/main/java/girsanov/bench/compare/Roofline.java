package girsanov.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What kernels reach beside what the machine allows, on single-precision rows of one number of
 * threads: for products, operations a second over operations for each byte that must be moved at
 * least; for elementary functions, bytes a second.
 *
 * @param limits of the machine in the same run
 */
record Roofline(int threads, Limits limits, List<Point> points) {
  private static final Set<String> KERNELS = Set.of("sgemm", "elementwise");

  Roofline {
    points = List.copyOf(points);
  }

  /**
   * One kernel.
   *
   * @param what the product's shape, or the function and the level where its numbers lie
   * @param who did it
   * @param product or else a function of each number
   * @param intensity operations a byte, of a product
   * @param rate operations a second of a product, bytes a second of a function
   */
  record Point(String what, String who, boolean product, double intensity, double rate) {}

  /** Of the rows with so many threads: our kernels and the native peers. */
  static Roofline of(List<Outcome> outcomes, Limits limits, int threads) {
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
    return new Roofline(threads, limits, points);
  }

  /** Whether it has products, or else functions, to draw. */
  boolean has(boolean products) {
    return points.stream().anyMatch(point -> point.product() == products);
  }

  /** What a row does, its operations and bytes. */
  private record Place(String what, boolean product, double operations, double bytes) {}

  /** Empty for what is no kernel in single precision. */
  private static Optional<Place> place(Outcome outcome) {
    if (!KERNELS.contains(outcome.row().group())) {
      return Optional.empty();
    }
    return switch (outcome.row().work().get()) {
      case Work.Product p -> {
        boolean cube = p.m() == p.k() && p.k() == p.n();
        String shape = cube ? p.m() + "³" : p.m() + "×" + p.k() + "×" + p.n();
        yield Optional.of(new Place(shape, true, p.flops(), p.bytes()));
      }
      case Work.Mapping f -> {
        double bytes = 2.0 * f.n() * Float.BYTES;
        String name = f.function().name().toLowerCase(Locale.ROOT) + " " + Limit.Level.of(bytes);
        yield Optional.of(new Place(name, false, f.n(), bytes));
      }
      default -> Optional.empty();
    };
  }

  private static Point point(Measured measured, Place place) {
    double amount = place.product ? place.operations : place.bytes;
    return new Point(
        place.what,
        measured.name(),
        place.product,
        place.operations / place.bytes,
        amount / measured.median());
  }
}
