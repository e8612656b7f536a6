package girsanov.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.cli.runs.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the command line to the folder of a run, and on from there. */
final class TrainCommandTest {
  @TempDir private static Path runs = Path.of("");
  @TempDir private Path temporary = Path.of("");

  private static Path lorenz = Path.of("");
  private static Path mocap = Path.of("");
  private static String mocapReport = "";

  @BeforeAll
  static void train() {
    lorenz = runs.resolve("lorenz");
    mocap = runs.resolve("mocap");
    Cli.run(Cli.tinyLorenz(lorenz, "--iterations=5", "--seed=7")).succeeded();
    mocapReport = Cli.run(Cli.tinyMocap(mocap, "--iterations=7")).succeeded().out();
  }

  @Test
  void aRunLeavesItsFolder() throws IOException {
    assertEquals(
        List.of(
            "checkpoint.safetensors",
            "config.json",
            "loss.png",
            "metrics.csv",
            "metrics.json",
            "model.safetensors",
            "samples.png"),
        Cli.files(lorenz));
    assertTrue(Cli.files(mocap).contains("forecasts.png"));
    List<String> rows = Files.readAllLines(lorenz.resolve("metrics.csv"));
    assertEquals(
        "iteration,loss,prior,diffusion,reconstruction,gradient_norm,learning_rate,seconds,validation",
        rows.getFirst());
    assertEquals(6, rows.size());
    Map<String, String> config = Json.read(Files.readAllBytes(lorenz.resolve("config.json")));
    assertEquals("7", config.get("seed"));
    assertEquals("5", config.get("iterations"));
    assertEquals("lorenz", config.get("preset"));
    assertEquals("notebook", config.get("model.encoding"));
  }

  @Test
  void figuresHaveTheirKeys() throws IOException {
    Map<String, String> figures = Json.read(Files.readAllBytes(mocap.resolve("metrics.json")));
    for (String key :
        List.of(
            "test.setup1.mse_of_samples",
            "test.setup1.mse_of_mean",
            "test.nelbo",
            "train.nelbo",
            "train.notebook_objective",
            "seconds_per_iteration",
            "iterations",
            "parameters",
            "seed")) {
      assertTrue(Double.isFinite(Double.parseDouble(figures.getOrDefault(key, "NaN"))), key);
    }
    String documented = Files.readString(Path.of("..", "docs", "metrics.md"));
    for (String key : figures.keySet()) {
      String pattern = key.replaceFirst("^(train|valid|test)\\.(?!setup)", "SPLIT.");
      assertTrue(documented.contains("`" + pattern + "`"), "docs/metrics.md lacks " + pattern);
    }
  }

  @Test
  void theReportStandsBesideWhatIsKnown() {
    for (String part :
        List.of("33.67", "61.33", "23.08", "4.50 ± 0.32", "4.03 ± 0.20", "1 seed, 4 samples")) {
      assertTrue(mocapReport.contains(part), mocapReport);
    }
  }

  @Test
  void theBestValidationIsKept() throws IOException {
    List<String> rows = Files.readAllLines(mocap.resolve("metrics.csv"));
    assertTrue(rows.get(1).endsWith(","), "no validation at the first iteration");
    assertTrue(rows.get(3).matches(".*,\\d+\\.\\d+"), rows.get(3));
    assertTrue(Cli.run("info", mocap.toString()).succeeded().out().contains("validation"));
  }

  @Test
  void evaluatingGivesTheSameFigures() throws IOException {
    Path out = temporary.resolve("figures");
    Cli.run("evaluate", mocap.toString(), "--threads=2", "--out=" + out).succeeded();
    Map<String, String> trained = Json.read(Files.readAllBytes(mocap.resolve("metrics.json")));
    Map<String, String> again = Json.read(Files.readAllBytes(out.resolve("metrics.json")));
    again.forEach((key, value) -> assertEquals(trained.get(key), value, key));
    assertEquals(List.of("forecasts.png", "metrics.json"), Cli.files(out));
  }

  @Test
  void samplesForecastsAndInterpolations() throws IOException {
    Path samples = temporary.resolve("samples");
    Cli.run("sample", lorenz.toString(), "--count=3", "--out=" + samples).succeeded();
    List<String> rows = Files.readAllLines(samples.resolve("samples.csv"));
    assertEquals("sample,sequence,time,x,y,z", rows.getFirst());
    assertEquals(1 + 3 * 41, rows.size());

    Path input = temporary.resolve("mine.csv");
    Files.writeString(input, "sequence,time,x,y,z\n1,0,1,1,1\n1,0.025,1,1,1\n");
    Path forecast = temporary.resolve("forecast");
    Cli.run("forecast", lorenz.toString(), "--input=" + input, "--out=" + forecast).succeeded();
    assertEquals(1 + 4 * 39, Files.readAllLines(forecast.resolve("forecast.csv")).size());
    assertTrue(Files.exists(forecast.resolve("forecast.png")));

    Path between = temporary.resolve("between");
    Cli.run("interpolate", lorenz.toString(), "--points=2", "--out=" + between).succeeded();
    assertEquals(1 + 4 * 4 * 81, Files.readAllLines(between.resolve("interpolation.csv")).size());
  }

  @Test
  void infoDescribesModelsAndPresets() {
    String preset = Cli.run("info", "lorenz-notebook").succeeded().out();
    assertTrue(preset.contains("54,739"), preset);
    assertTrue(preset.contains("posterior.encoder.gru.weight_hh"), preset);
    String model = Cli.run("info", lorenz.toString()).succeeded().out();
    assertTrue(model.contains("iteration     5"), model);
    assertTrue(model.contains("model.latent             3"), model);
  }

  @Test
  void helpHasExamples() {
    for (String command :
        List.of("train", "evaluate", "sample", "forecast", "interpolate", "info", "reproduce")) {
      String help = Cli.run(command, "--help").succeeded().out();
      assertTrue(help.contains("Examples:") && help.contains("girsanov " + command), help);
    }
    assertTrue(Cli.run().succeeded().out().contains("Commands:"));
  }
}
