package girsanov.cli.reproduce;

import girsanov.models.data.FrameBaseline;
import girsanov.models.data.SegmentSets;
import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.metrics.ConstantDensity;
import girsanov.models.metrics.FrameAccuracy;
import girsanov.models.metrics.FrameAccuracy.Decision;
import girsanov.models.metrics.FrameAccuracy.Silence;
import girsanov.models.metrics.SequenceError;
import girsanov.readers.Kind;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The scores of what needs no model, under the keys of a model's. */
final class Trivial {
  /** Random choices of notes are drawn from here, one stream a segment. */
  private static final long STREAMS = 1L << 55;

  private final Kind kind;
  private final SegmentSets data;
  private final double[] mean;

  Trivial(Kind kind, SegmentSets data) {
    this.kind = kind;
    this.data = data;
    mean = FrameBaseline.mean(data.train());
  }

  /** The scores of a baseline where parts of the frames are observed. */
  Scores of(FrameBaseline baseline, double... rates) {
    var scores = new LinkedHashMap<String, Double>();
    for (double rate : rates) {
      add(baseline, rate, scores);
    }
    return new Scores(scores);
  }

  private void add(FrameBaseline baseline, double rate, SequencedMap<String, Double> to) {
    Segments test = data.test();
    FloatTensor seen = FloatTensor.zeros(Shape.of(test.frames(), test.count()));
    Subsampling.regular(rate).fill(0, 0, 0, seen);
    FloatTensor heldOut = FloatTensor.zeros(seen.shape());
    for (int i = 0; i < seen.size(); i++) {
      heldOut.put(i, 1 - seen.at(i));
    }
    String prefix = Scores.prefix(rate) + ".";
    if (baseline == FrameBaseline.MEAN) {
      var density = kind == Kind.MUSIC ? ConstantDensity.BERNOULLI : ConstantDensity.GAUSSIAN;
      double nll = density.negativeLogLikelihood(data.train(), test, seen);
      to.put(prefix + "nll_per_frame", nll);
      to.put(prefix + "nll_per_dim", nll / test.dim());
    }
    FloatTensor filled = baseline.fill(test, seen, mean);
    if (baseline.causal()) {
      judge(prefix + "observed.predicted", baseline.predict(test, seen, mean), seen, to);
      judge(prefix + "held_out.predicted", filled, heldOut, to);
    }
    judge(prefix + "held_out.smoothed", filled, heldOut, to);
  }

  private void judge(
      String key, FloatTensor predicted, FloatTensor scored, SequencedMap<String, Double> to) {
    FloatTensor truth = data.test().values();
    int segments = data.test().count();
    int dim = data.test().dim();
    if (kind == Kind.MUSIC) {
      var sampled = new FrameAccuracy(Decision.SAMPLED, segments, dim, 0, STREAMS);
      var threshold = new FrameAccuracy(Decision.THRESHOLD, segments, dim, 0, STREAMS);
      sampled.addSegments(predicted, truth, scored);
      threshold.addSegments(predicted, truth, scored);
      to.put(key + ".accuracy", sampled.accuracy(Silence.COUNTED_AS_ZERO));
      to.put(key + ".accuracy.sounding", sampled.accuracy(Silence.EXCLUDED));
      to.put(key + ".accuracy.threshold", threshold.accuracy(Silence.COUNTED_AS_ZERO));
      to.put(key + ".accuracy.threshold.sounding", threshold.accuracy(Silence.EXCLUDED));
      to.put(key + ".accuracy.accumulated", threshold.accumulated());
    }
    var error = new SequenceError(segments, dim);
    error.addSegments(predicted, truth, scored);
    to.put(key + ".rmse", error.value());
  }
}
