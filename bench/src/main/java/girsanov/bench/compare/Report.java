package girsanov.bench.compare;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints outcomes as they come, and all of them as CSV in the end. */
final class Report {
  static final String HEADER = "row,ours,peer,peer_name,ratio,ratio_low,ratio_high,limit_fraction";

  /** Nobody exceeds a limit; by so much it can be measured wrong. */
  private static final double MOST_FRACTION = 1.05;

  private final PrintStream out;
  private final List<String> lines = new ArrayList<>();
  private int complaints;

  Report(PrintStream out) {
    this.out = out;
    lines.add(HEADER);
  }

  void line(String text) {
    out.println(text);
  }

  void add(Outcome outcome) {
    Row row = outcome.row();
    out.printf(
        Locale.ROOT,
        "%-34s %-12s %10s%s%n",
        row.name(),
        outcome.ours().name(),
        amount(outcome.ours().median(), row.unit()),
        limit(outcome));
    for (Measured peer : outcome.peers()) {
      Outcome.Ratio ratio = outcome.ratio(peer);
      out.printf(
          Locale.ROOT,
          "%-34s %-12s %10s   ratio %6.2f  [%.2f, %.2f]%n",
          "",
          peer.name(),
          amount(peer.median(), row.unit()),
          ratio.value(),
          ratio.low(),
          ratio.high());
      lines.add(
          csv(
              outcome,
              "%.6g,%s,%.4g,%.4g,%.4g"
                  .formatted(
                      peer.median(), peer.name(), ratio.value(), ratio.low(), ratio.high())));
    }
    if (outcome.peers().isEmpty()) {
      lines.add(csv(outcome, ",,,,"));
    }
    List<String> doubts = doubts(outcome);
    if (!doubts.isEmpty()) {
      out.println("    unsteady: the machine was busy (" + String.join("; ", doubts) + ")");
    }
    for (String complaint : outcome.complaints()) {
      out.println("    !!! " + complaint);
      complaints++;
    }
  }

  void failed(Row row, String why) {
    out.println(row.name());
    out.println("    !!! " + why);
    complaints++;
  }

  /** Why the times of a row are not to be believed. */
  private static List<String> doubts(Outcome outcome) {
    var doubts = new ArrayList<String>();
    if (outcome.limitFraction() > MOST_FRACTION) {
      doubts.add("more than the limit cannot be");
    }
    Row.Unit unit = outcome.row().unit();
    if (unit == Row.Unit.SECONDS) {
      Stream.concat(Stream.of(outcome.ours()), outcome.peers().stream())
          .filter(Measured::isUnsteady)
          .map(
              measured ->
                  "rounds of %s from %s to %s"
                      .formatted(
                          measured.name(),
                          amount(Measured.percentile(measured.costs(), 0), unit),
                          amount(Measured.percentile(measured.costs(), 1), unit)))
          .forEach(doubts::add);
    }
    return doubts;
  }

  private static String csv(Outcome outcome, String peer) {
    double fraction = outcome.limitFraction();
    String limit = Double.isNaN(fraction) ? "" : String.format(Locale.ROOT, "%.3f", fraction);
    return String.format(
        Locale.ROOT, "%s,%.6g,%s,%s", outcome.row().name(), outcome.ours().median(), peer, limit);
  }

  private static String limit(Outcome outcome) {
    double ours = outcome.ours().median();
    return switch (outcome.row().limit()) {
      case Limit.Arithmetic a ->
          String.format(
              Locale.ROOT,
              "   %.1f GFLOP/s, %.2f of the FMA peak",
              a.flops() / ours * 1e-9,
              outcome.limitFraction());
      case Limit.Traffic t ->
          String.format(
              Locale.ROOT,
              "   %.1f GB/s, %.2f of the %s bandwidth",
              t.bytes() / ours * 1e-9,
              outcome.limitFraction(),
              t.level());
      case Limit.None _ -> "";
    };
  }

  private static String amount(double value, Row.Unit unit) {
    return switch (unit) {
      case SECONDS ->
          value < 1e-3
              ? String.format(Locale.ROOT, "%.2f us", value * 1e6)
              : value < 1
                  ? String.format(Locale.ROOT, "%.3f ms", value * 1e3)
                  : String.format(Locale.ROOT, "%.3f s", value);
      case BYTES ->
          value < 1 << 20
              ? String.format(Locale.ROOT, "%.0f B", value)
              : String.format(Locale.ROOT, "%.1f MiB", value / (1 << 20));
    };
  }

  /** The last block. */
  List<String> csv() {
    return lines;
  }

  int complaints() {
    return complaints;
  }
}
