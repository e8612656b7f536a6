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
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
            new Work.Training("gru-ode", objective, start, adam), new MadeUpPeer("wrong", 1, 1.1));
    assertEquals(1, outcome.complaints().size(), outcome.complaints().toString());
  }

  @Test
  void aRatioIsThatOfMediansAndItsSpreadThatOfRounds() {
    var ours = new Measured("ours", new double[] {1, 2, 4});
    var peer = new Measured("peer", new double[] {2, 4, Double.NaN});
    var outcome =
        new Outcome(
            row(new Mapping(Function.EXP, 1)), ours, List.of(peer), new double[0], List.of());
    Outcome.Ratio ratio = outcome.ratio(peer);
    assertEquals(1.5, ratio.value());
    assertEquals(2, ratio.low());
    assertEquals(2, ratio.high());
    assertTrue(Double.isNaN(outcome.limitFraction()));
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
}
