package girsanov.cli.experiment;

import girsanov.models.data.FrameBaseline;
import girsanov.models.data.Segments;
import girsanov.models.frames.FrameEvaluation;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.FrameScores;
import girsanov.models.training.ParameterVector;
import girsanov.tensor.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** What is measured, printed and drawn of a trained model of frames. */
final class FrameConclusion implements Conclusion {
  private final String preset;
  private final FrameProblem problem;
  private final ParameterVector parameters;

  FrameConclusion(String preset, FrameProblem problem, ParameterVector parameters) {
    this.preset = preset;
    this.problem = problem;
    this.parameters = parameters;
  }

  @Override
  public SequencedMap<String, Object> figures(Workers workers) {
    FrameExperiment experiment = problem.experiment();
    var figures = new LinkedHashMap<String, Object>();
    figures.put("parameters", problem.parameters());
    figures.put("seed", experiment.seed());
    figures.put("beta", experiment.beta());
    figures.put("observed", experiment.rate());
    figures.put("segments", problem.data().train().count());
    figures.put("test.segments", problem.data().test().count());
    figures.put("skipped", problem.corpus().skipped().size());
    FrameModel model = problem.frameModel();
    figures.putAll(FrameFigures.of("test", experiment.data(), scores(model, workers)));
    if (experiment.assimilated()) {
      FrameScores strict = scores(model.strict(), workers);
      figures.putAll(FrameFigures.strict("test", experiment.data(), strict));
    }
    var trivial = new TrivialFigures(experiment.data(), problem.data());
    for (FrameBaseline baseline : FrameBaseline.values()) {
      figures.putAll(trivial.of(FrameTable.key(baseline), baseline, experiment.rate()));
    }
    return figures;
  }

  private FrameScores scores(FrameModel model, Workers workers) {
    FrameExperiment experiment = problem.experiment();
    return FrameEvaluation.of(
        model,
        parameters,
        problem.data().test(),
        experiment.reporting(),
        experiment.evaluationDraws(),
        experiment.seed(),
        workers);
  }

  @Override
  public List<String> table(Map<String, Object> figures) {
    return FrameTable.of(problem.experiment(), figures);
  }

  @Override
  public SequencedMap<String, Supplier<byte[]>> pictures() {
    var pictures = new LinkedHashMap<String, Supplier<byte[]>>();
    pictures.put("interpolation.png", this::interpolation);
    return pictures;
  }

  private byte[] interpolation() {
    FrameExperiment experiment = problem.experiment();
    Segments first = problem.data().test().select(0);
    try (var workers = new Workers(1)) {
      var interpolation =
          Interpolation.of(
              problem.sampler(parameters, workers),
              first,
              experiment.reporting(),
              experiment.evaluationDraws());
      String title = preset + ": a test segment, " + first.sources().getFirst();
      return FramePictures.interpolation(experiment.data(), title, interpolation, 0);
    }
  }
}
