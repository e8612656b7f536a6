package girsanov.cli.reproduce;

import girsanov.cli.experiment.FrameFiles;
import girsanov.cli.experiment.FramePictures;
import girsanov.cli.experiment.FrameProblem;
import girsanov.cli.experiment.Interpolation;
import girsanov.cli.plot.CurvePicture;
import girsanov.cli.plot.RollPicture;
import girsanov.cli.plot.WavePicture;
import girsanov.cli.runs.PictureFile;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.Terminal;
import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.readers.Kind;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** Figures 2, 3 and 4 of the paper. */
final class FigureReport {
  /** Test segments in figure 3. */
  private static final int EXAMPLES = 3;

  /** Of the models of figure 3, whose segments cannot be averaged. */
  private static final long FIRST_SEED = 0;

  private static final boolean[] NONE_SEEN = {};

  private final Study study;
  private final SequencedMap<Cell, Scores> scores;
  private final RunFolder folder;
  private final Terminal terminal;

  FigureReport(
      Study study, SequencedMap<Cell, Scores> scores, RunFolder folder, Terminal terminal) {
    this.study = study;
    this.scores = scores;
    this.folder = folder;
    this.terminal = terminal;
  }

  /** NLL, prediction and interpolation against the part of the frames that is observed. */
  void figure2() {
    var panels = new ArrayList<CurvePicture.Panel>();
    boolean dashed = false;
    for (Column column : Column.values()) {
      SequencedMap<String, double[]> assimilated = curves(column, true);
      dashed |= !assimilated.isEmpty();
      panels.add(
          new CurvePicture.Panel(
              column.title(),
              "observed part of the frames",
              column.unitTitle(study.data()),
              Study.FIGURE_2,
              curves(column, false),
              assimilated));
    }
    String title = figure2(study.seeds(), dashed);
    PictureFile.write(folder, "figure2.png", terminal, () -> CurvePicture.png(title, panels, 2));
  }

  /** The title of figure 2. */
  static String figure2(int seeds, boolean dashed) {
    return "Figure 2: trained where 25 % of the frames are observed"
        + (seeds == 1 ? "" : ", mean of " + seeds + " seeds")
        + (dashed ? "; dashed: assimilated, which has no NLL" : "");
  }

  /**
   * By system, those trained strictly or those assimilated, where there are any figures. What the
   * latter minimise is no NLL, and would look like the best one.
   */
  private SequencedMap<String, double[]> curves(Column column, boolean assimilated) {
    if (assimilated && column == Column.NLL) {
      return new LinkedHashMap<>();
    }
    var results = new Results(scores);
    var curves = new LinkedHashMap<String, double[]>();
    for (Contender contender : study.contenders()) {
      if (contender.assimilated() == assimilated) {
        String key = column.key(study.data(), new Row(contender, false));
        double[] curve = new double[Study.FIGURE_2.length];
        for (int i = 0; i < curve.length; i++) {
          double[] seeds = results.values(contender, Study.SPARSE, Study.FIGURE_2[i], key);
          curve[i] = Results.mean(seeds) * column.unit(study.data());
        }
        if (Arrays.stream(curve).anyMatch(Double::isFinite)) {
          curves.put(contender.system().title(), curve);
        }
      }
    }
    return curves;
  }

  /** RMSE of prediction against β, a curve for each latent dimension, a panel for each VSDN. */
  void figure4() {
    var panels = new ArrayList<CurvePicture.Panel>();
    for (Contender contender : study.contenders()) {
      var curves = new LinkedHashMap<String, double[]>();
      scores.forEach(
          (cell, of) -> {
            if (cell.ablation() && cell.contender().equals(contender)) {
              int place = Arrays.binarySearch(Study.BETAS, cell.beta());
              String latent = "latent dimension " + cell.latent();
              curves.computeIfAbsent(latent, _ -> none(Study.BETAS.length))[place] =
                  of.at(cell.rate(), "observed.predicted.rmse");
            }
          });
      if (!curves.isEmpty()) {
        double[] exponents = Arrays.stream(Study.BETAS).map(Math::log10).toArray();
        panels.add(
            new CurvePicture.Panel(
                contender.title(), "log10 of β", "RMSE of prediction", exponents, curves));
      }
    }
    if (panels.isEmpty()) {
      return;
    }
    String title = "Figure 4: prediction by β and latent dimension, 25 % observed, strict, seed 0";
    PictureFile.write(folder, "figure4.png", terminal, () -> CurvePicture.png(title, panels, 2));
  }

  private static double[] none(int length) {
    double[] values = new double[length];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /**
   * Test segments interpolated by the models of the first seed beside the truth, to look at and to
   * listen to.
   */
  void figure3(CellRun cells, Workers workers) {
    var examples = new LinkedHashMap<Contender, Interpolation>();
    for (Cell cell : study.table()) {
      if (cell.rate() == Study.SPARSE && cell.seed() == FIRST_SEED && scores.containsKey(cell)) {
        FrameProblem problem = cells.problem(cell);
        Segments test = some(problem.data().test());
        examples.put(
            cell.contender(),
            Interpolation.of(
                problem.sampler(cells.parameters(cell, problem), workers),
                test,
                Subsampling.regular(cell.rate()),
                problem.experiment().evaluationDraws()));
      }
    }
    if (examples.isEmpty()) {
      return;
    }
    files(examples);
    String title =
        "Figure 3: interpolation where 25 % of the frames are observed, models of seed "
            + FIRST_SEED;
    PictureFile.write(
        folder,
        "figure3.png",
        terminal,
        () -> study.data() == Kind.MUSIC ? rolls(title, examples) : waves(title, examples));
  }

  /** A few segments, from all over. */
  private static Segments some(Segments test) {
    int count = Math.min(EXAMPLES, test.count());
    return test.select(IntStream.range(0, count).map(i -> i * test.count() / count).toArray());
  }

  private void files(SequencedMap<Contender, Interpolation> examples) {
    Segments truth = examples.firstEntry().getValue().truth();
    var files = new FrameFiles(study.data(), truth.framesPerSecond(), folder);
    for (int i = 0; i < truth.count(); i++) {
      files.write("figure3-" + (i + 1) + "-truth", truth.values().row(i));
      for (var example : examples.entrySet()) {
        files.write(
            "figure3-" + (i + 1) + "-" + example.getKey().word(), example.getValue().filled(i));
      }
    }
  }

  private static byte[] rolls(String title, SequencedMap<Contender, Interpolation> examples) {
    Interpolation first = examples.firstEntry().getValue();
    int count = first.truth().count();
    var panels = new ArrayList<RollPicture.Panel>();
    for (int i = 0; i < count; i++) {
      String song = "truth, " + first.truth().sources().get(i);
      panels.add(new RollPicture.Panel(song, first.truth(i), NONE_SEEN));
    }
    examples.forEach(
        (system, example) -> {
          for (int i = 0; i < count; i++) {
            panels.add(new RollPicture.Panel(system.title(), example.filled(i), example.seen()));
          }
        });
    return RollPicture.png(title, first.truth().framesPerSecond(), panels, count);
  }

  private static byte[] waves(String title, SequencedMap<Contender, Interpolation> examples) {
    Interpolation first = examples.firstEntry().getValue();
    var panels = new ArrayList<WavePicture.Panel>();
    examples.forEach(
        (system, example) -> panels.add(FramePictures.wave(system.title(), example, 0)));
    return FramePictures.waves(title, first.truth(), panels);
  }
}
