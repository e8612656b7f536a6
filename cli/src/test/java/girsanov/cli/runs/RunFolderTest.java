package girsanov.cli.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.cli.settings.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's folder: whole files, rows that survive, and one line for what fails. */
final class RunFolderTest {
  @TempDir private Path temporary = Path.of("");

  @Test
  void foldersAreDated() {
    assertEquals(
        Path.of("runs", "2026-01-31-090507-mocap"),
        RunFolder.dated("mocap", LocalDateTime.of(2026, 1, 31, 9, 5, 7)));
  }

  @Test
  void createsFoldersAndLeavesNoTrial() throws IOException {
    RunFolder folder = RunFolder.create(temporary.resolve("a/b"), 1000);
    folder.write("x.json", new byte[] {1, 2});
    try (var files = Files.list(folder.path())) {
      assertEquals(List.of(folder.file("x.json")), files.toList());
    }
  }

  @Test
  void refusesAFolderInUse() {
    RunFolder folder = RunFolder.create(temporary.resolve("a"), 0);
    folder.write("x", new byte[1]);
    String message = failure(() -> RunFolder.create(folder.path(), 0));
    assertTrue(message.contains("expected a new or empty folder"), message);
  }

  @Test
  void refusesAFileInItsPlace() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    String message = failure(() -> RunFolder.create(file.resolve("run"), 0));
    assertTrue(message.contains("expected a folder to write to"), message);
  }

  @Test
  void refusesADiskWithoutRoom() {
    String message = failure(() -> RunFolder.create(temporary.resolve("a"), 1L << 60));
    assertTrue(message.contains("MB free"), message);
  }

  @Test
  void opensOnlyRuns() {
    assertTrue(failure(() -> RunFolder.open(temporary)).contains("no config.json"));
    assertTrue(failure(() -> RunFolder.open(temporary.resolve("x"))).contains("no such folder"));
  }

  @Test
  void resumedMetricsAreThoseOfARunThatNeverStopped() throws IOException {
    Path file = temporary.resolve("metrics.csv");
    List<String> columns = List.of("iteration", "loss", "norm");
    try (var metrics = MetricsFile.create(file, columns)) {
      for (int i = 0; i < 5; i++) {
        metrics.row(i, 10 - i, i == 2 ? Double.NaN : 0.5);
      }
    }
    try (var metrics = MetricsFile.resume(file, columns, 3)) {
      metrics.row(3, 7, 0.5);
    }
    assertEquals(
        "iteration,loss,norm\n0,10.0,0.5\n1,9.0,0.5\n2,8.0,\n3,7.0,0.5\n", Files.readString(file));
  }

  @Test
  void jsonIsReadAsWritten() throws IOException {
    var values = new LinkedHashMap<String, Object>();
    values.put("preset", "lorenz");
    values.put("learningRate", 1e-3);
    values.put("iterations", 4000);
    values.put("bad", Double.NaN);
    byte[] json = Json.write(values);
    assertEquals(
        "{preset=lorenz, learningRate=0.001, iterations=4000, bad=null}",
        Json.read(json).toString());
    byte[] half = Arrays.copyOf(json, 30);
    assertThrows(IOException.class, () -> Json.read(half));
  }

  @Test
  void linesComeAtEachTwentieth() {
    var text = new StringWriter();
    try (var report = new LineReport(new PrintWriter(text), 0, 400)) {
      for (int i = 1; i <= 400; i++) {
        report.step(i, 12.5);
      }
    }
    List<String> lines = text.toString().lines().toList();
    assertEquals(21, lines.size(), text.toString());
    assertTrue(
        lines.getLast().startsWith("iteration 400 / 400   loss      12.50"), text.toString());
  }

  @Test
  void aBarShowsLossAndTimeLeft() {
    var text = new StringWriter();
    try (var report = new BarReport(new PrintWriter(text), 100, "lorenz", 10, 400)) {
      report.step(200, 12.5);
      report.note("checkpoint");
    }
    assertTrue(text.toString().contains("lorenz"), text.toString());
    assertTrue(text.toString().contains("loss 12.5"), text.toString());
    assertFalse(text.toString().contains("null"), text.toString());
  }

  private static String failure(Runnable action) {
    UserException error = assertThrows(UserException.class, action::run);
    assertEquals(1, error.exitCode());
    String message = String.valueOf(error.getMessage());
    assertFalse(message.contains("\n"), message);
    return message;
  }
}
