package girsanov.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.bench.compare.Row.Unit;
import girsanov.bench.compare.Work.Function;
import girsanov.bench.compare.Work.Mapping;
import girsanov.bench.compare.Work.Product;
import girsanov.bench.model.GruOde;
import girsanov.bench.model.LatentSde;
import girsanov.bench.model.LorenzMatching;
import girsanov.models.nn.Parameters;
import girsanov.models.training.Adam;
import girsanov.models.training.Objective;
import girsanov.models.training.ParameterVector;
import girsanov.models.training.Schedule;
import girsanov.tensor.Precision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The comparison at small sizes and without other peers than made-up ones. No time is asserted. */
class CompareTest {

  /** Costs a second more each time, or gives numbers that are off by a factor. */
  private record MadeUp(String name, double cost, double factor, double[] right)
      implements Contender {
    @Override
    public double run(int repetitions) {
      return cost * repetitions;
    }

    @Override
    public double[] result() {
      return Arrays.stream(right).map(x -> factor * x).toArray();
    }
  }

  private record MadeUpPeer(String name, double cost, double factor) implements Peer {
    @Override
    public Optional<Contender> enter(Work work, int threads) {
      try (var teams = new Teams(1)) {
        Contender ours = new Ours(teams).enter(work, 1).orElseThrow();
        return Optional.of(new MadeUp(name, cost, factor, ours.result()));
      }
    }
  }

  private static Row row(Work work) {
    return new Row(
        "group", "group-1", () -> work, 1, List.of(1), new Limit.None(), false, Unit.SECONDS);
  }

  private static Outcome measure(Work work, Peer... peers) {
    try (var teams = new Teams(1)) {
      var rounds = new Rounds(2, 1e-4, new LimitMeter(teams));
      return Compare.measure(row(work), new Ours(teams), List.of(peers), rounds);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProductIsChecked(Precision precision) {
    Outcome outcome =
        measure(
            new Product(precision, 7, 5, 9),
            new MadeUpPeer("right", 1, 1),
            new MadeUpPeer("wrong", 1, 1.01));
    assertEquals(1, outcome.complaints().size(), outcome.complaints().toString());
    assertTrue(outcome.complaints().getFirst().startsWith("wrong: WRONG RESULT"));
    assertEquals(1.0, outcome.peers().getFirst().median());
  }

  @ParameterizedTest
  @EnumSource
  void aMappingIsChecked(Function function) {
    Outcome outcome =
        measure(
            new Mapping(function, 100),
            new MadeUpPeer("right", 1, 1),
            new MadeUpPeer("wrong", 1, 1.0001));
    assertEquals(1, outcome.complaints().size(), outcome.complaints().toString());
  }

  @Test
  void trainingIsCheckedAgainstOurs() {
    Objective objective = GruOde.of(2);
    ParameterVector start = ParameterVector.initial(objective.model(), Precision.FLOAT, 0);
    var adam = Adam.of(Schedule.constant(1e-3));
    Outcome outcome =
        measure(
            new Work.Training("gru-ode", objective, start, adam, 0),
            new MadeUpPeer("wrong", 1, 1.1));
    assertEquals(1, outcome.complaints().size(), outcome.complaints().toString());
  }

  @Test
  void aRatioIsThatOfTheMediansOfCommonRounds() {
    var ours = new double[] {1, 2, 4};
    Outcome.Ratio ratio = ratio(ours, new double[] {2, 4, Double.NaN});
    assertEquals(new Outcome.Ratio(2, 2, 2), ratio);
    // Any of three rounds is often drawn twice: the bracket is from the least to the greatest.
    assertEquals(new Outcome.Ratio(2, 1, 3), ratio(ours, new double[] {1, 4, 12}));
    assertEquals(Double.NaN, ratio(ours, new double[] {Double.NaN, Double.NaN, Double.NaN}).low());
  }

  @Test
  void aRatioLiesInItsBracket() {
    var random = new Random(1);
    for (int i = 0; i < 100; i++) {
      var ours = new double[3 + i % 9];
      var peer = new double[ours.length];
      for (int k = 0; k < ours.length; k++) {
        ours[k] = Math.exp(random.nextGaussian());
        peer[k] = Math.exp(random.nextGaussian());
      }
      Outcome.Ratio ratio = ratio(ours, peer);
      assertTrue(ratio.low() <= ratio.value() && ratio.value() <= ratio.high(), ratio.toString());
    }
  }

  private static Outcome.Ratio ratio(double[] ours, double[] peer) {
    var measured = new Measured("peer", peer);
    var outcome =
        new Outcome(
            row(new Mapping(Function.EXP, 1)),
            new Measured("ours", ours),
            List.of(measured),
            new double[0],
            List.of());
    assertTrue(Double.isNaN(outcome.limitFraction()));
    return outcome.ratio(measured);
  }

  @Test
  void theLastBlockIsCsv() {
    var report =
        new Report(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    var ours = new Measured("girsanov", new double[] {0.5});
    var peer = new Measured("peer", new double[] {1});
    Row row = row(new Mapping(Function.EXP, 1));
    report.add(new Outcome(row, ours, List.of(peer), new double[] {0.25}, List.of()));
    report.add(new Outcome(row, ours, List.of(), new double[] {Double.NaN}, List.of()));
    assertEquals(
        List.of(
            Report.HEADER,
            "group-1,0.500000,1.00000,peer,2.000,2.000,2.000,0.250",
            "group-1,0.500000,,,,,,"),
        report.csv());
  }

  @Test
  void aRowIsMeantByTheBeginningOfItsName() {
    assertEquals(List.of("gru-ode-50-2t"), names("gru-ode"));
    assertEquals(List.of("gru-1024-2t", "gru-1024-1t", "gru-32-2t"), names("gru"));
    assertEquals(List.of("sde-matching-32-2t"), names("sde-matching-32"));
    assertEquals(Rows.all().size(), Rows.meantBy(List.of()).size());
    var unknown = assertThrows(IllegalArgumentException.class, () -> names("sgem"));
    assertTrue(unknown.toString().contains("sgemm, dgemm"), unknown.toString());
  }

  private static List<String> names(String word) {
    return Rows.meantBy(List.of(word)).stream().map(Row::name).toList();
  }

  @Test
  void theModelsHaveTheSizesOfTheirPeers() {
    assertEquals(104_939, Parameters.count(LatentSde.of(2).model()));
    assertEquals(54_739, Parameters.count(LorenzMatching.of(2).model()));
  }

  @Test
  void optionsAreRead() {
    Options options =
        Options.parse(List.of("gru", "--rounds", "3", "--python", "chroot /x python3"));
    assertEquals(List.of("gru"), options.words());
    assertEquals(3, options.rounds());
    assertEquals(List.of("chroot", "/x", "python3"), options.python());
    assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of("--rounds", "0")));
    assertThrows(IllegalArgumentException.class, () -> Options.parse(List.of("--wrong")));
  }

  @Test
  void whereItCannotWriteIsFoundBefore(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("new/folder/x.csv");
    Path pictures = folder.resolve("pictures/of/this");
    Destinations.prepare(
        Options.parse(List.of("--csv", csv.toString(), "--pictures", pictures.toString())));
    assertTrue(Files.isDirectory(csv.resolveSibling(".")) && Files.notExists(csv));
    try (var files = Files.list(pictures)) {
      assertEquals(0, files.count());
    }
    Path file = Files.writeString(folder.resolve("file"), "kept");
    Destinations.prepare(Options.parse(List.of("--csv", file.toString())));
    assertEquals("kept", Files.readString(file));
    for (String[] wrong :
        new String[][] {
          {"--csv", folder.toString()},
          {"--csv", file.resolve("x.csv").toString()},
          {"--pictures", file.toString()}
        }) {
      var refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> Destinations.prepare(Options.parse(List.of(wrong))));
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.startsWith(wrong[0] + ": expected a "), message);
      assertTrue(message.contains(", got " + wrong[1]), message);
    }
  }

  @Test
  void aPeerThatCannotBeLoadedIsMissing() {
    var peer = new MadeUpPeer("there", 1, 1);
    Iterator<Peer> services =
        new Iterator<>() {
          private int at;

          @Override
          public boolean hasNext() {
            return at < 2;
          }

          @Override
          public Peer next() {
            if (at++ == 0) {
              throw new ServiceConfigurationError(
                  "girsanov.bench.compare.Peer: Provider girsanov.bench.peers.Gone not found");
            }
            return peer;
          }
        };
    var lines = new ArrayList<String>();
    assertEquals(List.of(peer), Peers.loaded(services, lines::add));
    assertEquals(1, lines.size());
    assertTrue(lines.getFirst().startsWith("Gone is missing: "), lines.toString());
  }

  @Test
  void whatCannotBeIsRemarkedOn() {
    var steady = new double[] {1, 1.1, 1.9};
    assertEquals("", remark(steady, 1.04));
    assertEquals(
        "    unsteady: the machine was busy (more than the limit cannot be)", remark(steady, 1.74));
    assertEquals(
        "    unsteady: the machine was busy (rounds of peer from 1.000 s to 3.000 s)",
        remark(new double[] {1, 3, Double.NaN}, 0.5));
  }

  private static String remark(double[] peer, double fraction) {
    var bytes = new ByteArrayOutputStream();
    var ours = new Measured("girsanov", new double[] {0.5, 0.5, 0.5});
    Row row = row(new Mapping(Function.EXP, 1));
    new Report(new PrintStream(bytes, true, StandardCharsets.UTF_8))
        .add(
            new Outcome(
                row,
                ours,
                List.of(new Measured("peer", peer)),
                new double[] {fraction},
                List.of()));
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("unsteady"))
        .findFirst()
        .orElse("");
  }

  @Test
  void anExponentIsTheSlopeOfLogarithms() {
    var axis = new Scaling.Axis("n", "", new int[] {1, 2, 4, 8}, GruOde::of);
    var times = new double[][] {{7, 7}, {7, 7}, {12, 12}, {48, 3}};
    var curve = new Scaling.Curve(axis, times, new double[] {1, 2, 4, 8});
    assertEquals(1, curve.exponent(curve.multiplyAdds(), 0), 1e-12);
    assertEquals(2, curve.exponents(2)[0], 1e-12);
    assertEquals(-2, curve.exponents(2)[1], 1e-12);
    assertEquals(25.5, curve.seconds(0.5)[3]);
  }

  @Test
  void picturesAreDrawn(@TempDir Path folder) throws IOException {
    var limits =
        new Limits(
            1,
            Map.of(Precision.FLOAT, new double[] {1e11, 2e11}),
            Map.of(Limit.Level.L1, new double[] {2e11, 4e11}));
    var points =
        List.of(
            new Roofline.Point("64³", "girsanov", true, 10, 5e10),
            new Roofline.Point("exp L1", "PyTorch", false, 1, 1e10));
    Path roof = folder.resolve("roof.png");
    RooflinePicture.products(new Roofline(1, limits, points), "a machine", roof);
    Path functions = folder.resolve("functions.png");
    RooflinePicture.functions(new Roofline(1, limits, points), "a machine", functions);
    var axis = new Scaling.Axis("n", "rest", new int[] {1, 2, 4}, GruOde::of);
    var curve = new Scaling.Curve(axis, new double[][] {{1}, {2}, {4}}, new double[] {1, 2, 4});
    Path scaling = folder.resolve("scaling.png");
    ScalingPicture.draw(List.of(curve), scaling);
    assertTrue(Files.size(roof) > 0 && Files.size(functions) > 0 && Files.size(scaling) > 0);
  }
}
