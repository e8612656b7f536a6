package girsanov.bench.compare;

import girsanov.tensor.Precision;
import girsanov.tensor.Warmup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The command {@code bench/compare}. */
public final class Compare {
  /** The folder of this module. */
  static final Path HOME = Path.of(System.getProperty("girsanov.bench", "."));

  private static final Path SCRIPT = HOME.resolve("src/peers/python/peer.py");
  private static final double TURN_SECONDS = 0.03;
  private static final int THREADS = 2;

  private Compare() {}

  /** Runs the comparison; exit status 2 for a wrong command line, 1 for a wrong result. */
  public static void main(String[] args) throws IOException {
    try {
      Options options = Options.parse(List.of(args));
      if (options.help()) {
        System.out.print(Options.HELP);
      } else if (options.list()) {
        Rows.all().forEach(row -> System.out.println(row.name()));
      } else if (!compare(options)) {
        System.exit(1);
      }
    } catch (IllegalArgumentException e) {
      System.err.println("bench/compare: " + e.getMessage());
      System.exit(2);
    }
  }

  private static boolean compare(Options options) throws IOException {
    List<Row> rows = Rows.meantBy(options.words());
    var report = new Report(System.out);
    try (var teams = new Teams(THREADS);
        var python = python(options)) {
      report.line(machine());
      report.line("Python: " + python.describe());
      List<Peer> peers = peers(python, report);
      Warmup.all(Precision.FLOAT);
      Warmup.all(Precision.DOUBLE);
      var meter = new LimitMeter(teams);
      limits(meter, report);
      var rounds = new Rounds(options.rounds(), TURN_SECONDS, meter);
      var ours = new Ours(teams);
      for (Row row : rows) {
        report.add(measure(row, ours, peers, rounds));
      }
      report.line("");
      report.csv().forEach(report::line);
      if (options.csv().isPresent()) {
        Files.write(options.csv().get(), report.csv());
      }
      peers.forEach(Peer::close);
    }
    return report.complaints() == 0;
  }

  /** Checks all who take part, then times them. */
  static Outcome measure(Row row, Peer ours, List<Peer> peers, Rounds rounds) {
    Work work = row.work().get();
    var complaints = new ArrayList<String>();
    var contenders = new ArrayList<Contender>();
    var results = new ArrayList<double[]>();
    contenders.add(ours.enter(work, row.threads()).orElseThrow());
    for (Peer peer : peers) {
      for (int threads : row.peerThreads()) {
        try {
          peer.enter(work, threads).ifPresent(contenders::add);
        } catch (IllegalStateException e) {
          complaints.add(peer.name() + " does not take part: " + e.getMessage());
        }
      }
    }
    for (Contender contender : contenders) {
      double[] result = contender.result();
      Checks.complaint(work, contender.name(), result, results).ifPresent(complaints::add);
      results.add(result);
    }
    Outcome outcome = rounds.measure(row, contenders, complaints);
    contenders.forEach(Contender::close);
    return outcome;
  }

  private static List<Peer> peers(PythonPeer python, Report report) {
    var peers = new ArrayList<Peer>();
    ServiceLoader.load(Peer.class).forEach(peers::add);
    if (peers.isEmpty()) {
      report.line("no peers from Maven Central: they could not be downloaded");
    }
    peers.add(python);
    peers.add(new PythonPeer("torchsde", PythonPeer.TORCHSDE, python.command(), python.script()));
    for (Peer peer : List.copyOf(peers)) {
      Optional<String> missing = peer.missing();
      if (missing.isPresent()) {
        report.line(peer.name() + " is missing: " + missing.get());
        peers.remove(peer);
      }
    }
    return peers;
  }

  private static PythonPeer python(Options options) throws IOException {
    String script = Files.readString(SCRIPT);
    List<List<String>> commands =
        options.python().isEmpty()
            ? List.of(List.of("python3"), List.of("/usr/bin/python3"))
            : List.of(options.python());
    @Nullable PythonPeer peer = null;
    for (List<String> command : commands) {
      if (peer == null || peer.missing().isPresent()) {
        peer = new PythonPeer("PyTorch", PythonPeer.TORCH, command, script);
      }
    }
    return Objects.requireNonNull(peer);
  }

  private static void limits(LimitMeter meter, Report report) {
    Rest.untilQuiet();
    for (Precision precision : Precision.values()) {
      double one = LimitMeter.best(() -> meter.flopsPerSecond(precision, 1));
      double two = LimitMeter.best(() -> meter.flopsPerSecond(precision, THREADS));
      report.line(
          String.format(
              Locale.ROOT,
              "FMA peak %s: %.1f GFLOP/s on 1 thread, %.1f on %d",
              precision.name().toLowerCase(Locale.ROOT),
              one * 1e-9,
              two * 1e-9,
              THREADS));
    }
    for (Limit.Level level : Limit.Level.values()) {
      double one = LimitMeter.best(() -> meter.bytesPerSecond(level, 1));
      double two = LimitMeter.best(() -> meter.bytesPerSecond(level, THREADS));
      report.line(
          String.format(
              Locale.ROOT,
              "triad in %s: %.0f GB/s on 1 thread, %.0f on %d",
              level,
              one * 1e-9,
              two * 1e-9,
              THREADS));
    }
  }

  private static String machine() {
    return "%s, %d processors, Java %s"
        .formatted(cpu(), Runtime.getRuntime().availableProcessors(), Runtime.version());
  }

  private static String cpu() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst(".*: *", ""))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
