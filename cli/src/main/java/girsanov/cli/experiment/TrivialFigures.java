package girsanov.cli.experiment;

import girsanov.models.data.FrameBaseline;
import girsanov.models.data.SegmentSets;
import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameScores;
import girsanov.models.metrics.ConstantDensity;
import girsanov.models.metrics.FrameAccuracy;
import girsanov.models.metrics.FrameAccuracy.Decision;
import girsanov.models.metrics.PredictedScale;
import girsanov.models.metrics.SequenceError;
import girsanov.readers.Kind;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The figures of what needs no model, under the keys of a model's. */
public final class TrivialFigures {
  /** Random choices of notes are drawn from here, one stream a segment. */
  private static final long STREAMS = 1L << 55;

  private final Kind kind;
  private final SegmentSets data;
  private final double[] mean;

  /** Figures of the test segments of some data. */
  public TrivialFigures(Kind kind, SegmentSets data) {
    this.kind = kind;
    this.data = data;
    mean = data.train().mean();
  }

  /**
   * The figures of a baseline.
   *
   * @param prefix of their keys
   * @param rate the part of the frames that is observed, regularly
   */
  public SequencedMap<String, Double> of(String prefix, FrameBaseline baseline, double rate) {
    var figures = new LinkedHashMap<String, Double>();
    Segments test = data.test();
    FloatTensor seen = FloatTensor.zeros(Shape.of(test.frames(), test.count()));
    Subsampling.regular(rate).fill(0, 0, 0, seen);
    FloatTensor heldOut = FloatTensor.zeros(seen.shape());
    for (int i = 0; i < seen.size(); i++) {
      heldOut.put(i, 1 - seen.at(i));
    }
    if (baseline == FrameBaseline.MEAN) {
      var density = kind == Kind.MUSIC ? ConstantDensity.BERNOULLI : ConstantDensity.GAUSSIAN;
      double nll = density.negativeLogLikelihood(data.train(), test, seen);
      figures.put(prefix + ".nll_per_frame", nll);
      figures.put(prefix + ".nll_per_dim", nll / test.dim());
    }
    FloatTensor filled = baseline.fill(test, seen, mean);
    if (baseline.causal()) {
      judge(prefix + ".observed.predicted", baseline.predict(test, seen, mean), seen, figures);
      judge(prefix + ".held_out.predicted", filled, heldOut, figures);
    }
    judge(prefix + ".held_out.smoothed", filled, heldOut, figures);
    return figures;
  }

  private void judge(
      String key, FloatTensor predicted, FloatTensor scored, SequencedMap<String, Double> to) {
    FloatTensor truth = data.test().values();
    int segments = data.test().count();
    int dim = data.test().dim();
    var sampled = new FrameAccuracy(Decision.SAMPLED, segments, dim, 0, STREAMS);
    var threshold = new FrameAccuracy(Decision.THRESHOLD, segments, dim, 0, STREAMS);
    if (kind == Kind.MUSIC) {
      sampled.addSegments(predicted, truth, scored);
      threshold.addSegments(predicted, truth, scored);
    }
    var error = new SequenceError(segments, dim);
    error.addSegments(predicted, truth, scored);
    var none = new PredictedScale(segments, dim);
    FrameFigures.add(to::put, key, kind, FrameScores.Figures.of(sampled, threshold, none, error));
  }
}
