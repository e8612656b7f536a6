package girsanov.bench.compare;

import girsanov.tensor.Precision;
import girsanov.tensor.Workers;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;

/**
 * Measures what the machine allows: multiply-adds a second, and bytes a second from each level of
 * memory (y = a + s b, all three arrays counted), on one or more threads. It runs among the
 * contenders of a row, so that the limit a row is held against is that of the same moments.
 */
final class LimitMeter {
  private static final int ROUNDS = 100_000;
  private static final int PARTS = 20;
  private static final int WARM_UP = 20_000;
  private static final int MOST_TRIES = 100;
  private static final int ENOUGH_TRIES = 8;

  /** At least so many floats a stretch: short loops are repeated. */
  private static final int STRETCH = 16 << 20;

  private final Teams teams;
  private final Map<Limit.Level, float[][][]> arrays = new EnumMap<>(Limit.Level.class);
  private float sink;

  LimitMeter(Teams teams) {
    this.teams = teams;
    var small = new float[64];
    for (int i = 0; i < WARM_UP; i++) {
      sink += FloatPeak.multiplyAdds(4, 0.5f) + (float) DoublePeak.multiplyAdds(4, 0.5);
      FloatPeak.triad(small, small, 0.5f, small);
    }
    for (Precision precision : Precision.values()) {
      double unused = best(() -> flopsPerSecond(precision, 1));
    }
    double unused = best(() -> bytesPerSecond(Limit.Level.L1, 1));
  }

  /** The best of many tries, until there is no better one for a while. */
  static double best(DoubleSupplier rate) {
    double best = 0;
    int worse = 0;
    for (int i = 0; i < MOST_TRIES && worse < ENOUGH_TRIES; i++) {
      double now = rate.getAsDouble();
      worse = now > 1.01 * best ? 0 : worse + 1;
      best = Math.max(best, now);
    }
    return best;
  }

  /** Operations or bytes a second, of one short stretch; NaN without a limit. */
  double measure(Limit limit, int threads) {
    return switch (limit) {
      case Limit.Arithmetic a -> flopsPerSecond(a.precision(), threads);
      case Limit.Traffic t -> bytesPerSecond(t.level(), threads);
      case Limit.None _ -> Double.NaN;
    };
  }

  /** The part of the limit that work of this duration reached. */
  static double fraction(Limit limit, double seconds, double perSecond) {
    return switch (limit) {
      case Limit.Arithmetic a -> a.flops() / seconds / perSecond;
      case Limit.Traffic t -> t.bytes() / seconds / perSecond;
      case Limit.None _ -> Double.NaN;
    };
  }

  double flopsPerSecond(Precision precision, int threads) {
    int perRound = precision == Precision.FLOAT ? FloatPeak.FLOPS : DoublePeak.FLOPS;
    int parts = PARTS * threads;
    var sums = new float[parts];
    double seconds =
        seconds(
            threads,
            parts,
            i ->
                sums[i] =
                    precision == Precision.FLOAT
                        ? FloatPeak.multiplyAdds(ROUNDS, 0.5f)
                        : (float) DoublePeak.multiplyAdds(ROUNDS, 0.5));
    sink += sums[0];
    return (double) parts * ROUNDS * perRound / seconds;
  }

  double bytesPerSecond(Limit.Level level, int threads) {
    float[][][] data = arrays.computeIfAbsent(level, key -> allocate(key, teams.most()));
    int repetitions = Math.max(1, STRETCH / level.floats);
    double seconds =
        seconds(
            threads,
            threads,
            i -> {
              for (int r = 0; r < repetitions; r++) {
                FloatPeak.triad(data[i][0], data[i][1], 0.5f, data[i][2]);
              }
            });
    return 3.0 * Float.BYTES * repetitions * threads * level.floats / seconds;
  }

  /**
   * Of the second of two times: it takes some milliseconds until all threads are awake and each has
   * a core of its own.
   */
  private double seconds(int threads, int tasks, IntConsumer task) {
    Workers workers = teams.of(threads);
    workers.parallel(tasks, task);
    long start = System.nanoTime();
    workers.parallel(tasks, task);
    return (System.nanoTime() - start) * 1e-9;
  }

  private static float[][][] allocate(Limit.Level level, int threads) {
    return new float[threads][3][level.floats];
  }

  /** Something that depends on every result, so that no loop is left out. */
  float sink() {
    return sink;
  }
}
