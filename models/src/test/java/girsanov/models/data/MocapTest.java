package girsanov.models.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data are the published ones, trivial forecasts give the known errors, bad files are refused.
 */
final class MocapTest {
  private static final DataSet DATA = Mocap.load();

  @Test
  void shapesNamesAndUnits() {
    assertEquals(16, DATA.train().sequences());
    assertEquals(3, DATA.valid().sequences());
    assertEquals(4, DATA.test().sequences());
    for (TimeSeries series : List.of(DATA.train(), DATA.valid(), DATA.test())) {
      assertEquals(300, series.length());
      assertEquals(50, series.dim());
      assertEquals(299 / 120.0, series.times()[299]);
    }
    assertEquals("root_dx", DATA.test().names().getFirst());
    assertEquals("degree", DATA.test().units().getLast());
    assertEquals(1, DATA.onUnitInterval().train().times()[299]);
  }

  @Test
  void trivialForecastsHaveTheKnownErrors() {
    // Frames 4–300 after three frames, frames 101–300 after a hundred.
    check(Baseline.ZERO, 33.67, 34.08);
    check(Baseline.REPEAT_LAST, 61.33, 71.43);
    check(Baseline.NEAREST_SEQUENCE, 23.08, 20.31);
    assertEquals(
        38.58, Baseline.TRAINING_MEAN.meanSquaredError(DATA.train(), DATA.test(), 3), 0.005);
  }

  private static void check(Baseline baseline, double afterThree, double afterHundred) {
    TimeSeries test = DATA.test();
    assertEquals(afterThree, baseline.meanSquaredError(DATA.train(), test, 3), 0.005);
    assertEquals(afterHundred, baseline.meanSquaredError(DATA.train(), test, 100), 0.005);
  }

  /** What a walker's own previous gait cycle predicts: where good models end up. */
  @Test
  void theGaitRepeatsAfter135Frames() {
    double least = Double.POSITIVE_INFINITY;
    int best = 0;
    for (int lag = 120; lag < 150; lag++) {
      double sum = 0;
      for (int sequence = 0; sequence < 16; sequence++) {
        for (int time = lag; time < 300; time++) {
          for (int dim = 0; dim < 50; dim++) {
            double error =
                DATA.train().at(sequence, time, dim) - DATA.train().at(sequence, time - lag, dim);
            sum += error * error / (16 * (300 - lag) * 50);
          }
        }
      }
      if (sum < least) {
        least = sum;
        best = lag;
      }
    }
    assertEquals(135, best);
    assertEquals(4.16, least, 0.005);
  }

  @Test
  void meanSquaresAreThePublishedOnes() {
    assertEquals(33.854, meanSquare(DATA.train()), 0.0005);
    assertEquals(31.905, meanSquare(DATA.valid()), 0.0005);
    assertEquals(33.619, meanSquare(DATA.test()), 0.0005);
  }

  private static double meanSquare(TimeSeries series) {
    return Arrays.stream(series.values().toArray()).map(x -> x * x).average().orElse(0);
  }

  @Test
  void readsAFolder(@TempDir Path folder) throws IOException {
    unpack(folder);
    assertEquals(DATA, Mocap.read(folder));
  }

  @Test
  void refusesBadFiles(@TempDir Path folder) throws IOException {
    unpack(folder);
    Path valid = folder.resolve("valid.csv");
    String good = Files.readString(valid);
    List<String> lines = good.lines().toList();

    Files.writeString(valid, good.substring(0, good.length() / 2));
    refused(folder, "valid.csv");
    Files.write(valid, lines.subList(0, 500));
    refused(folder, "expected 900 rows (3 sequences of 300 frames), found 499");
    Files.writeString(valid, good.replaceFirst("35_28,7,[^,]+", "35_28,7,NaN"));
    refused(folder, "valid.csv, line 9: expected a finite number in column root_dx, found 'NaN'");
    Files.writeString(valid, good.replaceFirst("35_28,7,[^,]+,", "35_28,7,"));
    refused(folder, "valid.csv, line 9: expected 53 columns, found 52");
    Files.writeString(valid, good.replaceFirst("root_dy", "root_dq"));
    refused(folder, "valid.csv, line 1: expected 'root_dy' as column 4, found 'root_dq'");
    Files.writeString(valid, good + lines.getLast() + "\n");
    refused(folder, "line 902: expected the end of the file");
    Files.writeString(valid, good.replaceFirst("35_28,7,[^,]+", "35_28,7,0.5"));
    refused(folder, "expected the published data with SHA-256 bf8eb68");
    Files.delete(valid);
    refused(folder, "valid.csv: expected this file or valid.csv.gz, found neither");
    try (InputStream stored = resource("valid.csv")) {
      Files.write(folder.resolve("valid.csv.gz"), stored.readNBytes(100_000));
    }
    refused(folder, "valid.csv.gz: expected a complete compressed file, found one cut short");
  }

  private static void refused(Path folder, String message) {
    var error = assertThrows(DataException.class, () -> Mocap.read(folder));
    assertTrue(error.toString().contains(message), error.toString());
  }

  private static void unpack(Path folder) throws IOException {
    for (String title : List.of("train.csv", "valid.csv", "test.csv", "columns.csv")) {
      try (var unpacked = new GZIPInputStream(resource(title))) {
        Files.copy(unpacked, folder.resolve(title));
      }
    }
  }

  private static InputStream resource(String title) throws IOException {
    InputStream stored = Mocap.class.getResourceAsStream("mocap35/" + title + ".gz");
    if (stored == null) {
      throw new IOException("no resource " + title);
    }
    return stored;
  }
}
