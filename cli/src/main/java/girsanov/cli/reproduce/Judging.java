package girsanov.cli.reproduce;

import girsanov.cli.experiment.FrameExperiment;
import girsanov.cli.experiment.FrameFigures;
import girsanov.cli.experiment.FrameProblem;
import girsanov.cli.experiment.SavedModel;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameEvaluation;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.FrameScores;
import girsanov.models.training.ParameterVector;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of a trained cell, or those that it lacks. */
final class Judging {
  private final Cell cell;
  private final FrameProblem problem;
  private final SavedModel saved;
  private final ParameterVector parameters;
  private final Workers workers;

  Judging(Cell cell, FrameProblem problem, SavedModel saved, Workers workers) {
    this.cell = cell;
    this.problem = problem;
    this.saved = saved;
    this.workers = workers;
    parameters = saved.parameters(problem);
  }

  /**
   * A judging of all test segments.
   *
   * @param strictly as the strict model of the same parameters
   */
  record One(double rate, boolean strictly) {
    /** All figures have this key or none has. */
    private String key() {
      return Scores.prefix(rate) + (strictly ? FrameFigures.STRICT : "") + ".nll";
    }
  }

  /** What a cell's scores lack. */
  static List<One> missing(Cell cell, Scores scores) {
    var missing = new ArrayList<One>();
    for (double rate : cell.judgedAt()) {
      missing.add(new One(rate, false));
      if (cell.strictlyAt(rate)) {
        missing.add(new One(rate, true));
      }
    }
    missing.removeIf(one -> scores.has(one.key()));
    return missing;
  }

  /** The scores that are known, and those that are missing. */
  Scores completed(Scores known) {
    var figures = new LinkedHashMap<String, Object>(known.byKey());
    figures.putIfAbsent("parameters", problem.parameters());
    figures.putIfAbsent("model.iteration", saved.checkpoint().iteration());
    figures.putIfAbsent("validation", saved.validation());
    for (One one : missing(cell, known)) {
      figures.putAll(figures(one));
    }
    return Scores.of(figures);
  }

  private Map<String, Object> figures(One one) {
    FrameExperiment experiment = problem.experiment();
    FrameModel model = problem.frameModel();
    FrameScores scores =
        FrameEvaluation.of(
            one.strictly ? model.strict() : model,
            parameters,
            problem.data().test(),
            Subsampling.regular(one.rate),
            experiment.evaluationDraws(),
            experiment.seed(),
            workers);
    String prefix = Scores.prefix(one.rate);
    return one.strictly
        ? FrameFigures.strict(prefix, experiment.data(), scores)
        : FrameFigures.of(prefix, experiment.data(), scores);
  }
}
