package girsanov.cli;

import girsanov.cli.experiment.Data;
import girsanov.cli.experiment.Experiment;
import girsanov.cli.experiment.Figures;
import girsanov.cli.experiment.Forecasts;
import girsanov.cli.experiment.Pictures;
import girsanov.cli.experiment.Problem;
import girsanov.cli.experiment.Table;
import girsanov.cli.runs.MetricsTable;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.Terminal;
import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Sampler;
import girsanov.models.training.ParameterVector;
import girsanov.tensor.Workers;
import java.awt.AWTError;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** What is measured, printed and drawn of a trained model. */
final class Conclusion {
  private final String preset;
  private final Problem problem;
  private final ParameterVector parameters;
  private final Sampler sampler;
  private final Optional<Forecasts> forecasts;

  Conclusion(String preset, Problem problem, ParameterVector parameters) {
    this.preset = preset;
    this.problem = problem;
    this.parameters = parameters;
    sampler = problem.sampler(parameters);
    Experiment experiment = problem.experiment();
    forecasts =
        experiment.data() == Data.MOCAP
            ? Optional.of(
                Forecasts.of(
                    sampler,
                    problem.data().test(),
                    experiment.forecastFrom(),
                    experiment.samples()))
            : Optional.empty();
  }

  SequencedMap<String, Object> figures(Workers workers) {
    return Figures.of(problem, parameters, forecasts, workers);
  }

  void print(Map<String, Object> figures, Terminal terminal) {
    terminal.println("");
    Table.of(problem.experiment(), figures).forEach(terminal::println);
  }

  /** Draws the loss over the iterations. */
  void drawLoss(RunFolder folder, Terminal terminal) {
    Path metrics = folder.file(RunFolder.METRICS);
    picture(folder, "loss.png", terminal, () -> Pictures.loss(preset, MetricsTable.read(metrics)));
  }

  /** Draws what the model makes beside data. */
  void drawModel(RunFolder folder, Terminal terminal) {
    if (forecasts.isPresent()) {
      Forecasts test = forecasts.get();
      picture(
          folder,
          "forecasts.png",
          terminal,
          () -> Pictures.forecasts(preset, test, 0, problem.seconds()));
    } else {
      TimeSeries data = problem.data().test();
      int count = Math.min(problem.experiment().samples(), data.sequences());
      picture(
          folder,
          "samples.png",
          terminal,
          () -> Pictures.trajectories(preset, data, sampler.prior(data.times(), count)));
    }
  }

  /** A picture is no reason for a run to fail: a small JDK may lack what draws text. */
  static void picture(RunFolder folder, String name, Terminal terminal, Supplier<byte[]> png) {
    byte[] bytes;
    try {
      bytes = png.get();
    } catch (AWTError | LinkageError | InternalError e) {
      terminal.println(
          name + " is left out: this JDK cannot draw text (" + e.getMessage() + "); install fonts");
      return;
    }
    folder.write(name, bytes);
  }
}
