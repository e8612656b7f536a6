package girsanov.bench.compare;

import girsanov.tensor.Precision;
import girsanov.tensor.Warmup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command {@code bench/compare}. */
public final class Compare {
  /** The folder of this module. */
  static final Path HOME = Path.of(System.getProperty("girsanov.bench", "."));

  private static final Path SCRIPT = HOME.resolve("src/peers/python/peer.py");
  private static final String SCALING = "scaling";
  private static final double TURN_SECONDS = 0.03;
  private static final int THREADS = 2;
  private static final String KERNELS = "girsanov.tensor.kernel.";

  private Compare() {}

  /** Runs the comparison; exit status 2 for a wrong command line, 1 for a wrong result. */
  public static void main(String[] args) throws IOException {
    try {
      Options options = Options.parse(List.of(args));
      if (options.help()) {
        System.out.print(Options.HELP);
      } else if (options.list()) {
        Rows.all().forEach(row -> System.out.println(row.name()));
      } else if (options.machineCode().isPresent()) {
        machineCode(options.machineCode().get(), Rows.meantBy(options.words()));
      } else {
        Destinations.prepare(options);
        if (!compare(options)) {
          System.exit(1);
        }
      }
    } catch (IllegalArgumentException e) {
      System.err.println("bench/compare: " + e.getMessage());
      System.exit(2);
    }
  }

  private static boolean compare(Options options) throws IOException {
    List<String> words = options.words();
    boolean scaling = words.contains(SCALING);
    List<String> others = words.stream().filter(word -> !word.equals(SCALING)).toList();
    List<Row> rows = scaling && others.isEmpty() ? List.of() : Rows.meantBy(others);
    var report = new Report(System.out);
    try (var teams = new Teams(THREADS)) {
      report.line(machine());
      Warmup.all(Precision.FLOAT);
      if (options.profile()) {
        Profile.of(rows, report);
      } else if (!rows.isEmpty()) {
        rows(rows, options, teams, report);
      }
      if (scaling && !options.profile()) {
        scaling(options, teams, report);
      }
    }
    return report.complaints() == 0;
  }

  private static void machineCode(String method, List<Row> rows) throws IOException {
    if (rows.size() != 1 || rows.getFirst().fresh()) {
      throw new IllegalArgumentException(
          "--machine-code: expected the name of one row that runs in this process, such as"
              + " elementwise-exp-4096; --list names all");
    }
    Optional<String> missing = MachineCode.missing();
    if (missing.isPresent()) {
      throw new IllegalArgumentException("--machine-code: " + missing.get());
    }
    String named = method.contains("::") ? method : method + "::*";
    String pattern = named.contains(".") ? named : KERNELS + named;
    List<MachineCode> codes = MachineCode.of(pattern, rows.getFirst());
    if (codes.isEmpty()) {
      throw new IllegalArgumentException(
          """
          --machine-code: expected %s to mean a method that the optimising compiler reaches while %s \
          runs, got none. --profile names the instructions of a row that trains; a JVM that has a \
          disassembler of its own (hsdis) prints nothing that is read here"""
              .formatted(pattern, rows.getFirst().name()));
    }
    InstructionMix.lines(codes).forEach(System.out::println);
    if (codes.size() > 1) {
      System.out.println("Warmed up are all kernels, so some of these the row may not call.");
      System.out.println("--machine-code KERNEL::METHOD shows the code of one as well.");
    }
  }

  private static void rows(List<Row> rows, Options options, Teams teams, Report report)
      throws IOException {
    PythonPeer python = python(options);
    report.line("Python: " + python.describe());
    List<Peer> peers = Peers.present(python, report);
    Warmup.all(Precision.DOUBLE);
    var meter = new LimitMeter(teams);
    Limits limits = Limits.of(meter, THREADS);
    limits.lines().forEach(report::line);
    limits.doubt().ifPresent(report::line);
    var rounds = new Rounds(options.rounds(), TURN_SECONDS, meter);
    var ours = new Ours(teams);
    var outcomes = new ArrayList<Outcome>();
    for (Row row : rows) {
      try {
        outcomes.add(measure(row, ours, peers, rounds));
        report.add(outcomes.getLast());
      } catch (IllegalStateException e) {
        // One row without a figure does not take those of all others with it.
        report.failed(row, String.valueOf(e.getMessage()));
      }
    }
    peers.forEach(Peer::close);
    report.line("");
    report.csv().forEach(report::line);
    if (options.csv().isPresent()) {
      Files.write(options.csv().get(), report.csv());
    }
    if (options.pictures().isPresent()) {
      Path folder = options.pictures().get();
      for (int threads = 1; threads <= THREADS; threads++) {
        Path file = folder.resolve("roofline-%dt.png".formatted(threads));
        var roofline = Roofline.of(outcomes, limits, threads);
        if (roofline.has(true)) {
          RooflinePicture.products(roofline, cpu(), file);
        }
        if (threads == 1 && roofline.has(false)) {
          RooflinePicture.functions(roofline, cpu(), folder.resolve("elementwise.png"));
        }
      }
    }
  }

  private static void scaling(Options options, Teams teams, Report report) throws IOException {
    var curves = new ArrayList<Scaling.Curve>();
    for (Scaling.Axis axis : Scaling.axes()) {
      curves.add(Scaling.measure(axis, teams, options.rounds()));
      Scaling.lines(curves.getLast()).forEach(report::line);
    }
    report.line("");
    Scaling.csv(curves).forEach(report::line);
    if (options.csv().isPresent()) {
      Path file = options.csv().get().resolveSibling(SCALING + ".csv");
      Files.write(file, Scaling.csv(curves));
    }
    if (options.pictures().isPresent()) {
      ScalingPicture.draw(curves, options.pictures().get().resolve("scaling.png"));
    }
  }

  /** Checks all who take part, then times them. */
  static Outcome measure(Row row, Peer ours, List<Peer> peers, Rounds rounds) {
    Work work = row.work().get();
    var complaints = new ArrayList<String>();
    var contenders = new ArrayList<Contender>();
    var results = new ArrayList<double[]>();
    enter(ours, work, row.threads(), contenders, results, complaints);
    for (Peer peer : peers) {
      for (int threads : row.peerThreads()) {
        try {
          enter(peer, work, threads, contenders, results, complaints);
        } catch (RuntimeException e) {
          complaints.add(peer.name() + " does not take part: " + e.getMessage());
        }
      }
    }
    Outcome outcome = rounds.measure(row, contenders, complaints);
    contenders.forEach(Contender::close);
    return outcome;
  }

  private static void enter(
      Peer peer,
      Work work,
      int threads,
      List<Contender> contenders,
      List<double[]> results,
      List<String> complaints) {
    Optional<Contender> entered = peer.enter(work, threads);
    if (entered.isPresent()) {
      double[] result = entered.get().result();
      Checks.complaint(work, entered.get().name(), result, results).ifPresent(complaints::add);
      contenders.add(entered.get());
      results.add(result);
    }
  }

  private static PythonPeer python(Options options) throws IOException {
    String script = Files.readString(SCRIPT);
    List<List<String>> commands =
        options.python().isEmpty()
            ? List.of(List.of("python3"), List.of("/usr/bin/python3"))
            : List.of(options.python());
    @Nullable PythonPeer best = null;
    for (List<String> command : commands) {
      if (best == null || best.missing().isPresent()) {
        var peer = new PythonPeer("PyTorch", PythonPeer.TORCH, command, script);
        // One that is too old says more than one that is not there.
        best = best != null && best.isTooOld() && peer.missing().isPresent() ? best : peer;
      }
    }
    return Objects.requireNonNull(best);
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
