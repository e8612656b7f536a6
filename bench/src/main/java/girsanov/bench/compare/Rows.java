package girsanov.bench.compare;

import girsanov.bench.compare.Row.Unit;
import girsanov.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All that is compared. */
final class Rows {
  private static final int[][] SQUARES = {
    {64, 64, 64}, {128, 128, 128}, {256, 256, 256}, {512, 512, 512}, {1024, 1024, 1024}
  };
  private static final int[][] FLOAT_SHAPES = {
    {2048, 2048, 2048},
    {16, 128, 384},
    {1024, 4, 128},
    {1, 128, 128},
    {1024, 128, 1},
    {200, 512, 1024},
    {200, 1024, 1024},
    {1024, 100, 300},
    {1024, 128, 128}
  };
  private static final int[] LENGTHS = {4096, 262_144};

  private Rows() {}

  static List<Row> all() {
    // First, because libtorch must be in the process before the MKL that products are compared
    // with.
    var rows = new ArrayList<>(TrainingRows.all());
    for (int threads = 1; threads <= 2; threads++) {
      for (int[] shape : SQUARES) {
        rows.add(product(Precision.FLOAT, shape, threads));
      }
      for (int[] shape : FLOAT_SHAPES) {
        rows.add(product(Precision.FLOAT, shape, threads));
      }
      for (int[] shape : SQUARES) {
        rows.add(product(Precision.DOUBLE, shape, threads));
      }
    }
    for (Work.Function function : Work.Function.values()) {
      for (int n : LENGTHS) {
        rows.add(mapping(function, n));
      }
    }
    for (int n : LENGTHS) {
      rows.add(normals(n));
    }
    rows.addAll(FigureRows.all());
    return rows;
  }

  /**
   * The rows that words mean; all for no words.
   *
   * @throws IllegalArgumentException if a word means none
   */
  static List<Row> meantBy(List<String> words) {
    List<Row> all = all();
    for (String word : words) {
      if (all.stream().noneMatch(row -> row.isMeantBy(word))) {
        List<String> groups = all.stream().map(Row::group).distinct().toList();
        throw new IllegalArgumentException(
            "unknown row '%s': expected the beginning of a name, such as %s; --list names all rows"
                .formatted(word, String.join(", ", groups)));
      }
    }
    return words.isEmpty()
        ? all
        : all.stream().filter(row -> words.stream().anyMatch(row::isMeantBy)).toList();
  }

  private static Row product(Precision precision, int[] shape, int threads) {
    var work = new Work.Product(precision, shape[0], shape[1], shape[2]);
    String group = precision == Precision.FLOAT ? "sgemm" : "dgemm";
    String name = "%s-%dx%dx%d-%dt".formatted(group, shape[0], shape[1], shape[2], threads);
    return new Row(
        group,
        name,
        () -> work,
        threads,
        List.of(threads),
        new Limit.Arithmetic(precision, work.flops()),
        false,
        Unit.SECONDS);
  }

  private static Row mapping(Work.Function function, int n) {
    var work = new Work.Mapping(function, n);
    String name = "elementwise-%s-%d".formatted(function.name().toLowerCase(Locale.ROOT), n);
    double bytes = 2.0 * n * Float.BYTES;
    var limit = new Limit.Traffic(Limit.Level.of(bytes), bytes);
    return new Row("elementwise", name, () -> work, 1, List.of(1), limit, false, Unit.SECONDS);
  }

  private static Row normals(int n) {
    double bytes = (double) n * Float.BYTES;
    var limit = new Limit.Traffic(Limit.Level.of(bytes), bytes);
    var work = new Work.Normals(n);
    return new Row(
        "normals", "normals-" + n, () -> work, 1, List.of(1), limit, false, Unit.SECONDS);
  }
}
