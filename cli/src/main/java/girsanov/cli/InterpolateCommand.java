package girsanov.cli;

import girsanov.cli.ModelOptions.Loaded;
import girsanov.cli.experiment.FrameExperiment;
import girsanov.cli.experiment.FrameFiles;
import girsanov.cli.experiment.FramePictures;
import girsanov.cli.experiment.FrameProblem;
import girsanov.cli.experiment.Interpolation;
import girsanov.cli.experiment.Request;
import girsanov.cli.experiment.SdeMatchingExperiment;
import girsanov.cli.experiment.SdeMatchingProblem;
import girsanov.cli.runs.PictureFile;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.Terminal;
import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.models.data.Segments;
import girsanov.models.data.TimeSeries;
import girsanov.models.frames.Regime;
import girsanov.sde.Grid;
import girsanov.tensor.Workers;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code girsanov interpolate}. */
@Command(
    name = "interpolate",
    description = {
      "Draws between observations: files and a picture.",
      "Of music and speech also what a model predicts of each frame, or makes of it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  girsanov interpolate runs/lorenz-1                    the test sequences",
      "  girsanov interpolate runs/lorenz-1 --input mine.csv --points 10",
      "  girsanov interpolate runs/vsdn-sde-1 --input song.mid    music, or speech from a .wav",
      "  girsanov interpolate runs/vsdn-sde-1 --set rate=0.5      half of the frames given",
      "  girsanov interpolate runs/vsdn-sde-1 --regime predicted  each frame from those before it",
      "",
      "The header of FILE is sequence,time,NAME,... with the names that girsanov info MODEL lists,",
      "or it is a MIDI, WAV or SPHERE file, cut as in training."
    })
final class InterpolateCommand implements Callable<Integer> {
  private static final int POINTS = 4;

  @Mixin private ModelOptions options = new ModelOptions();
  @Mixin private DrawOptions draws = new DrawOptions();

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "Times for each interval between observations. Default: 4. Latent SDEs only.")
  private @Nullable Integer points;

  @Option(
      names = "--regime",
      paramLabel = "KNOWN",
      description = {
        "What is known of a frame. Music and speech only.",
        "predicted: the given frames before it;",
        "assimilated: those, and itself, if it was given;",
        "smoothed: all given frames, which stay as they are (default)."
      })
  private @Nullable String regime;

  @Override
  public Integer call() {
    if (points != null && points < 1) {
      throw UserException.usage("--points: expected 1 or more, got " + points);
    }
    Regime known =
        regime == null ? Regime.SMOOTHED : Settings.choice("--regime", regime, Regime.class);
    Loaded model = options.load();
    switch (model.problem()) {
      case SdeMatchingProblem problem -> between(model, problem);
      case FrameProblem problem -> frames(model, problem, known);
    }
    return 0;
  }

  private void between(Loaded model, SdeMatchingProblem problem) {
    if (regime != null) {
      throw UserException.usage(
          "--regime: expected a model of music or speech, got "
              + model.saved().preset()
              + "; see girsanov forecast for what it predicts");
    }
    SdeMatchingExperiment experiment = problem.experiment();
    TimeSeries known = draws.known(problem, problem.training(problem.data().test()));
    int frames = experiment.posteriorFrames();
    int given = frames == 0 ? known.length() : Math.min(frames, known.length());
    TimeSeries seen = known.prefix(given);
    double[] times = new Grid(known.times()).refine(points == null ? POINTS : points).times();
    var drawn = problem.sampler(model.parameters()).interpolate(seen, times, experiment.samples());
    var title =
        model.saved().preset() + ": posterior given " + given + " observations, " + draws.shown();
    var request = new Request("interpolation", title, drawn, known, "truth", given);
    draws.write(request, problem, options.folder(model.saved()), options.terminal());
  }

  private void frames(Loaded model, FrameProblem problem, Regime known) {
    if (points != null) {
      throw UserException.usage(
          "--points: expected a latent SDE, got "
              + model.saved().preset()
              + ", a model of music or speech, which knows no times between frames; leave it out");
    }
    FrameExperiment experiment = problem.experiment();
    Segments truth = draws.segments(problem);
    RunFolder folder = options.folder(model.saved());
    Interpolation interpolation;
    try (Workers workers = options.run().workers()) {
      interpolation =
          Interpolation.of(
              problem.sampler(model.parameters(), workers),
              truth,
              experiment.reporting(),
              known,
              experiment.evaluationDraws());
    }
    var files = new FrameFiles(experiment.data(), truth.framesPerSecond(), folder);
    for (int i = 0; i < truth.count(); i++) {
      files.write("truth-" + (i + 1), interpolation.truth(i));
      files.write(interpolation.done() + "-" + (i + 1), interpolation.filled(i));
    }
    int shown = draws.sequence() - 1;
    String title =
        String.format(
            Locale.ROOT,
            "%s: %.0f %% of the frames given, segment %d, %s",
            model.saved().preset(),
            100 * experiment.rate(),
            shown + 1,
            truth.sources().get(shown));
    Terminal terminal = options.terminal();
    PictureFile.write(
        folder,
        interpolation.name() + ".png",
        terminal,
        () -> FramePictures.interpolation(experiment.data(), title, interpolation, shown));
    terminal.println(
        "Segments " + interpolation.done() + ": " + truth.count() + ", in " + folder.path());
  }
}
