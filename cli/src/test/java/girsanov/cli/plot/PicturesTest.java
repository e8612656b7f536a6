package girsanov.cli.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.data.DataSet;
import girsanov.models.data.Lorenz;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pictures are drawn without a screen. They stay in target/pictures, to look at. */
final class PicturesTest {
  private static final Path PICTURES = Path.of("target", "pictures");

  @BeforeAll
  static void headless() throws IOException {
    System.setProperty("java.awt.headless", "true");
    Files.createDirectories(PICTURES);
  }

  @Test
  void lossHasAPanelForEachTerm() throws IOException {
    int n = 4000;
    var random = new Random(1);
    double[] iterations = new double[n];
    double[] total = new double[n];
    double[] prior = new double[n];
    double[] diffusion = new double[n];
    double[] observation = new double[n];
    for (int i = 0; i < n; i++) {
      double noise = Math.exp(0.15 * random.nextGaussian());
      iterations[i] = i;
      prior[i] = noise * (5 + 100 * Math.exp(-i / 300.0));
      diffusion[i] = noise * (60 + 1e5 * Math.exp(-i / 60.0));
      observation[i] = noise * (100 + 1e6 * Math.exp(-i / 40.0) + 1e4 * Math.exp(-i / 400.0)) - 380;
      total[i] = prior[i] + diffusion[i] + observation[i];
    }
    var curves = new LinkedHashMap<String, double[]>();
    curves.put("loss", total);
    curves.put("prior", prior);
    curves.put("diffusion", diffusion);
    curves.put("reconstruction", observation);
    check("loss.png", loss("lorenz: loss and its terms", iterations, curves), 2);
  }

  /** What is not learned at all has no range: no axis may look for marks in it for ever. */
  @Test
  void lossThatStays() throws IOException {
    var curves = new LinkedHashMap<String, double[]>();
    curves.put("none", new double[3]);
    curves.put("as good as one", new double[] {5e3, 5e3 + 1e-3, 5e3});
    curves.put("one", new double[] {-7, -7, -7});
    check("still.png", loss("still", new double[] {0, 1, 2}, curves), 2);
  }

  @Test
  void rollsStandSideBySide() throws IOException {
    FloatTensor truth = FloatTensor.zeros(Shape.of(240, 128));
    FloatTensor model = FloatTensor.zeros(Shape.of(240, 128));
    boolean[] seen = new boolean[240];
    for (int frame = 0; frame < 240; frame++) {
      seen[frame] = frame % 4 == 0;
      int pitch = 48 + frame / 8 * 7 % 30;
      truth.put(frame * 128 + pitch, 1);
      truth.put(frame * 128 + pitch + 4, 1);
      model.put(frame * 128 + pitch, seen[frame] ? 1 : 0.7);
      model.put(frame * 128 + pitch + 5, 0.3);
    }
    var one = new RollPicture.Panel("truth", truth, new boolean[0]);
    var two = new RollPicture.Panel("interpolated", model, seen);
    check("roll.png", RollPicture.png("a song", 4, List.of(one, two), 1), 1);
    check("rolls.png", RollPicture.png("songs", 4, List.of(one, two, one, two), 2), 2);
  }

  @Test
  void soundIsShownWholeAndCloseBy() throws IOException {
    double[] truth = new double[16000];
    double[] model = new double[16000];
    double[] seen = new double[16000];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = Math.sin(i * 0.05) * Math.sin(i * 2e-4);
      boolean given = i / 100 % 4 == 0;
      seen[i] = given ? truth[i] : Double.NaN;
      model[i] = given ? truth[i] : 0.5 * truth[i];
    }
    var panel = new WavePicture.Panel("segment 1", truth, model, seen);
    var all = new WavePicture.Panel("all given", truth, truth, truth);
    byte[] png = WavePicture.png("interpolation", 16000, 1200, List.of(panel, all));
    check("wave.png", png, 2);
    // What was given is not shown as the model's, in the whole and close by.
    var image = ImageIO.read(new ByteArrayInputStream(png));
    for (int half = 0; half < 2; half++) {
      int from = half * image.getWidth() / 2;
      assertTrue(contains(image, from, 100, Sheet.BLUE));
      assertTrue(contains(image, from, 100, Sheet.VERMILION));
      assertFalse(contains(image, from, 100 + image.getHeight() / 2, Sheet.BLUE));
    }
  }

  @Test
  void theLoudestPieceIsFound() {
    double[] sound = {0, 0, 1, -1, 0, 3, -3, 0.5, 0};
    assertEquals(5, WavePicture.loudest(sound, 2));
    assertEquals(0, WavePicture.loudest(new double[3], 2));
    assertEquals(0, WavePicture.loudest(sound, 20));
  }

  /** Whether a quarter of a picture has a colour. */
  private static boolean contains(BufferedImage image, int left, int top, Color color) {
    for (int x = left; x < Math.min(left + image.getWidth() / 2, image.getWidth()); x++) {
      for (int y = top; y < Math.min(top + image.getHeight() / 3, image.getHeight()); y++) {
        if (image.getRGB(x, y) == color.getRGB()) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void curvesOfSystems() throws IOException {
    var curves = new LinkedHashMap<String, double[]>();
    for (int system = 0; system < 7; system++) {
      curves.put("system " + system, new double[] {system, system + 0.5, system + 0.7});
    }
    double[] x = {0.1, 0.25, 0.5};
    var panel = new CurvePicture.Panel("NLL", "observed", "nats a frame", x, curves);
    byte[] two = CurvePicture.png("figure 2", List.of(panel, panel), 2);
    check("curves.png", two, 2);
    var dashed = new LinkedHashMap<String, double[]>();
    dashed.put("system 2", new double[] {3, 3.5, Double.NaN});
    dashed.put("system 9", new double[] {4, 4.5, 5});
    panel = new CurvePicture.Panel("NLL", "observed", "nats a frame", x, curves, dashed);
    check("dashed.png", CurvePicture.png("figure 2; dashed: others", List.of(panel), 2), 1);
    byte[] one = CurvePicture.png("figure 4", List.of(panel), 2);
    check("curve.png", one, 1);
    int width = ImageIO.read(new ByteArrayInputStream(one)).getWidth();
    assertTrue(width < 0.6 * ImageIO.read(new ByteArrayInputStream(two)).getWidth());
  }

  @Test
  void trajectoriesShareOneScale() throws IOException {
    DataSet data = Lorenz.BARTOSH.simulate(1, 40, 40).data();
    var panels = new LinkedHashMap<String, girsanov.tensor.DoubleTensor>();
    panels.put("training data", data.train().values());
    panels.put("samples of the learned prior", data.test().values());
    check(
        "samples.png",
        TrajectoryPicture.png(
            "lorenz: data and prior samples (in standard deviations)",
            List.of("x", "y", "z"),
            panels),
        2);
  }

  @Test
  void bandsStandBesideTheTruth() throws IOException {
    var random = new Random(2);
    int n = 300;
    double[] times = new double[n];
    double[] truth = new double[n];
    double[] seen = new double[n];
    double[] mean = new double[n];
    double[] std = new double[n];
    for (int t = 0; t < n; t++) {
      times[t] = t / 120.0;
      truth[t] = 20 * Math.sin(5 * times[t]) + 5 * Math.cos(11 * times[t]);
      mean[t] =
          truth[t] + (t == 0 ? 0 : 0.9 * (mean[t - 1] - truth[t - 1])) + random.nextGaussian();
      std[t] = 1 + 2 * times[t];
      seen[t] = t < 3 ? truth[t] : Double.NaN;
    }
    var panel =
        new BandPicture.Panel(
            "right knee (rtibia_rx)",
            "degrees",
            Band.normal(times, mean, std),
            times,
            "truth",
            truth,
            seen);
    check(
        "forecast.png",
        BandPicture.png(
            "mocap: forecasts", "90 % band", "time (s)", List.of(panel, panel, panel, panel)),
        2);
  }

  @Test
  void runningMeanIsOfBothSides() {
    assertArrayEquals(
        new double[] {1.5, 2, 3, 3.5},
        LossPicture.runningMean(new double[] {1, 2, 3, 4}, 1),
        1e-12);
  }

  /** Nothing is cut in silence: what the axis has no room for stands at its edge. */
  @Test
  void lossesBeyondTheAxisAreMarked() throws IOException {
    int n = 2000;
    double[] iterations = new double[n];
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      iterations[i] = i;
      values[i] = i == 3 || i == 7 ? 1e6 : -100 - i % 10;
    }
    values[9] = -1e6;
    var curves = new LinkedHashMap<String, double[]>();
    curves.put("loss", values);
    var validation =
        new LossPicture.Validation(
            "validation", "nats", new double[] {500, 1000, 1500}, new double[] {-90, -95, -93});
    byte[] png = LossPicture.png("loss", "nats", iterations, curves, Optional.of(validation));
    check("beyond.png", png, 2);
    LossScale scale = LossScale.of(values, new double[] {-105, -104});
    assertFalse(scale.logarithmic());
    assertTrue(scale.low() < -109 && scale.low() > -200, scale.toString());
    assertTrue(scale.high() > -100 && scale.high() < 0, scale.toString());
    assertTrue(LossScale.of(values, new double[] {-105, -20}).high() > -20);
    assertTrue(LossScale.of(values, new double[] {-105, 1e4}).high() < 0, "all that is learned");
  }

  /** One power of ten does not tell a scale. */
  @Test
  void logarithmicAxesCrossTwoPowersOfTen() {
    for (double least : new double[] {0.02, 1.1, 3, 8, 30, 99}) {
      double[] values = {least, 11 * least};
      LossScale scale = LossScale.of(values, values);
      assertTrue(scale.logarithmic());
      double first = Math.ceil(Math.log10(scale.low()));
      assertTrue(Math.floor(Math.log10(scale.high())) > first, scale.toString());
      assertTrue(scale.low() <= least && scale.high() >= 11 * least, scale.toString());
    }
  }

  private static byte[] loss(
      String title, double[] iterations, SequencedMap<String, double[]> curves) {
    return LossPicture.png(title, "nats per sequence", iterations, curves, Optional.empty());
  }

  private static void check(String name, byte[] png, int columns) throws IOException {
    Files.write(PICTURES.resolve(name), png);
    var image = ImageIO.read(new ByteArrayInputStream(png));
    assertTrue(image.getWidth() > 800 && image.getHeight() > 500, image.toString());
    assertTrue(columns > 0);
  }
}
