package girsanov.models.frames;

import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameObjective.Minimised;
import girsanov.models.frames.FrameSampler.Asked;
import girsanov.models.frames.FrameSampler.Moment;
import girsanov.models.frames.FrameScores.Figures;
import girsanov.models.likelihood.Bernoulli;
import girsanov.models.metrics.FrameAccuracy;
import girsanov.models.metrics.FrameAccuracy.Decision;
import girsanov.models.metrics.PredictedScale;
import girsanov.models.metrics.SequenceError;
import girsanov.models.training.Evaluation;
import girsanov.models.training.ParameterVector;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** Judges a trained model by all that {@link FrameScores} lists. */
public final class FrameEvaluation {
  private static final List<Regime> REGIMES = List.of(Regime.values());

  /** Random streams of choices of notes, one a segment, for each of the accuracies. */
  private static final long STREAMS = 1L << 56;

  private static final long STREAMS_OF_ONE = 1L << 40;

  private final Segments data;
  private final boolean bits;
  private final long seed;
  private final List<Scored> scored = new ArrayList<>();

  /** One regime on frames of one kind. */
  private final class Scored {
    final FloatTensor mean = FloatTensor.zeros(data.values().shape());
    final List<FrameAccuracy> sampled = new ArrayList<>();
    final List<PredictedScale> scale = new ArrayList<>();

    Scored(int number) {
      for (int kind = 0; kind < 2; kind++) {
        long stream = STREAMS + (2L * number + kind) * STREAMS_OF_ONE;
        sampled.add(new FrameAccuracy(Decision.SAMPLED, data.count(), data.dim(), seed, stream));
        scale.add(new PredictedScale(data.count(), data.dim()));
      }
    }
  }

  private FrameEvaluation(Segments data, boolean bits, long seed) {
    this.data = data;
    this.bits = bits;
    this.seed = seed;
    for (int i = 0; i < REGIMES.size(); i++) {
      scored.add(new Scored(i));
    }
  }

  /**
   * The figures of a model.
   *
   * @param model a record of parameters, of frames as those of {@code data}
   * @param subsampling which frames of each segment the model is given; the others are held out
   * @param draws of latent states, and of notes, for each segment; 2 or more
   * @param seed of all noise: the figures are a pure function of it, on any number of threads
   * @throws IllegalArgumentException if the model is of frames of another width
   */
  public static FrameScores of(
      FrameModel model,
      ParameterVector parameters,
      Segments data,
      Subsampling subsampling,
      int draws,
      long seed,
      Workers workers) {
    var evaluation = new FrameEvaluation(data, model.likelihood() instanceof Bernoulli, seed);
    int latentDraws = model.noise() == 0 ? 1 : draws;
    new FrameSampler(model, parameters, seed, workers)
        .visit(
            data,
            subsampling,
            latentDraws,
            evaluation.asked(),
            (_, from, seen, moments) ->
                evaluation.add(from, seen, moments, latentDraws, draws / latentDraws));
    var elbo = new FrameObjective.Options(Minimised.ELBO, 1, 1, seed);
    Evaluation bound =
        Evaluation.of(
            FrameObjective.whole(model, data, subsampling, elbo),
            parameters,
            Math.max(2, latentDraws),
            workers);
    var iwae = new FrameObjective.Options(Minimised.IWAE, latentDraws, 1, seed);
    Evaluation tight =
        Evaluation.of(FrameObjective.whole(model, data, subsampling, iwae), parameters, 2, workers);
    return evaluation.scores(subsampling, bound, tight.total());
  }

  /** The means in each regime; of real numbers their standard deviations after that. */
  private List<Asked> asked() {
    var asked = new ArrayList<Asked>();
    for (Moment moment : bits ? List.of(Moment.MEAN) : List.of(Moment.values())) {
      REGIMES.forEach(regime -> asked.add(new Asked(regime, moment)));
    }
    return asked;
  }

  /** Blocks come from several threads; what each adds to is its own segments' or a whole number. */
  private synchronized void add(
      int from, Tensor seen, List<Tensor> moments, int latentDraws, int choices) {
    int rows = seen.shape().dim(1);
    int used = Math.min(rows, data.count() - from);
    for (int i = 0; i < REGIMES.size(); i++) {
      Tensor mean = moments.get(i);
      Scored of = scored.get(i);
      FrameSampler.addShare(mean, from, latentDraws, of.mean);
      for (int row = 0; row < used; row++) {
        for (int frame = 0; frame < data.frames(); frame++) {
          int place = frame * rows + row;
          int kind = seen.at(place) > 0 ? 0 : 1;
          if (bits) {
            addNotes(of.sampled.get(kind), from + row, frame, mean, place * data.dim(), choices);
          } else {
            Tensor logStd = moments.get(REGIMES.size() + i);
            of.scale.get(kind).addFrame(from + row, logStd, place * data.dim());
          }
        }
      }
    }
  }

  private void addNotes(
      FrameAccuracy to, int segment, int frame, Tensor mean, int meanAt, int choices) {
    int at = (segment * data.frames() + frame) * data.dim();
    for (int choice = 0; choice < choices; choice++) {
      to.addFrame(segment, mean, meanAt, data.values(), at);
    }
  }

  private FrameScores scores(Subsampling subsampling, Evaluation bound, double importance) {
    var byKind = new ArrayList<EnumMap<Regime, Figures>>();
    for (int kind = 0; kind < 2; kind++) {
      var figures = new EnumMap<Regime, Figures>(Regime.class);
      for (int i = 0; i < REGIMES.size(); i++) {
        figures.put(REGIMES.get(i), figures(scored.get(i), kind, subsampling));
      }
      byKind.add(figures);
    }
    return new FrameScores(
        subsampling.observed(data.frames()),
        data.dim(),
        bound.total(),
        bound.term("divergence"),
        bound.standardError(),
        importance,
        byKind.get(0),
        byKind.get(1));
  }

  private Figures figures(Scored of, int kind, Subsampling subsampling) {
    FloatTensor counted = FloatTensor.zeros(Shape.of(data.frames(), data.count()));
    subsampling.fill(seed, GivenInputs.OBSERVED_ONCE, 0, counted);
    for (int i = 0; kind == 1 && i < counted.size(); i++) {
      counted.put(i, 1 - counted.at(i));
    }
    var error = new SequenceError(data.count(), data.dim());
    error.addSegments(of.mean, data.values(), counted);
    var threshold = new FrameAccuracy(Decision.THRESHOLD, data.count(), data.dim(), seed, 0);
    if (bits) {
      threshold.addSegments(of.mean, data.values(), counted);
    }
    return Figures.of(of.sampled.get(kind), threshold, of.scale.get(kind), error);
  }
}
