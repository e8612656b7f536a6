package girsanov.models.training;

import girsanov.autodiff.Expr;
import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.data.TimeSeries;
import girsanov.models.frames.FrameObjective;
import girsanov.models.nn.Activation;
import girsanov.models.nn.Gru;
import girsanov.models.nn.Linear;
import girsanov.models.nn.Mlp;
import girsanov.models.sdematching.Architecture;
import girsanov.models.sdematching.Conditioning;
import girsanov.models.sdematching.SdeMatchingObjective;
import girsanov.models.vsdn.FrameArchitecture;
import girsanov.models.vsdn.FrameSystem;
import girsanov.models.vsdn.SmallSystems;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/** Small losses with noise in them. */
final class ToyObjectives {
  private ToyObjectives() {}

  /** A line through noisy points: y = 2 x₀ − 3 x₁ + 0.5 + 0.1 ε, fresh points at each iteration. */
  record Regression(int sequences, Linear model) implements Objective {
    Regression(int sequences) {
      this(sequences, Linear.of(2, 1));
    }

    @Override
    public Loss trace(int rows) {
      Expr x = Expr.input("x", rows, 2);
      Expr y = Expr.input("y", rows, 1);
      Expr fit = model.apply(x).minus(y).square().sum();
      Expr penalty = model.weight().expr().square().sum().times(1e-6 * rows);
      var terms = new LinkedHashMap<String, Expr>();
      terms.put("fit", fit);
      terms.put("penalty", penalty);
      return new Loss(List.of(x, y), terms, fit.plus(penalty));
    }

    @Override
    public void fill(long iteration, int from, List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      Tensor y = inputs.get(1);
      Noise.normal(11, 2 * iteration, 2L * from, x);
      Noise.normal(11, 2 * iteration + 1, from, y);
      for (int i = 0; i < y.size(); i++) {
        y.put(i, 2 * x.at(2 * i) - 3 * x.at(2 * i + 1) + 0.5 + 0.1 * y.at(i));
      }
    }
  }

  record Recurrent(Gru gru, Linear head) {}

  /** The mean of a sequence from a GRU's last state; the total is its only term. */
  record SequenceMean(int sequences, int length, Recurrent model) implements Objective {
    SequenceMean(int sequences) {
      this(sequences, 6, 7);
    }

    SequenceMean(int sequences, int length, int width) {
      this(sequences, length, new Recurrent(Gru.of(1, width), Linear.of(width, 1)));
    }

    @Override
    public Loss trace(int rows) {
      Expr byRow = Expr.input("byRow", rows, length);
      Expr states = model.gru().apply(byRow.transpose().reshape(length, rows, 1));
      Expr guess = model.head().apply(states.get(0, length - 1)).reshape(rows);
      Expr error = guess.minus(byRow.mean(1)).square().sum();
      var terms = new LinkedHashMap<String, Expr>();
      terms.put("error", error);
      return new Loss(List.of(byRow), terms, error);
    }

    @Override
    public void fill(long iteration, int from, List<Tensor> inputs) {
      Tensor byRow = inputs.getFirst();
      Noise.normal(12, iteration, (long) from * length, byRow);
    }
  }

  /** Layers whose products are large enough to be shared out to threads. */
  record WideLayers(int sequences, Mlp model) implements Objective {
    private static final int WIDTH = 160;

    WideLayers(int sequences) {
      this(sequences, Mlp.of(Activation.ELU, WIDTH, WIDTH, WIDTH));
    }

    @Override
    public Loss trace(int rows) {
      Expr x = Expr.input("x", rows, WIDTH);
      Expr error = model.apply(x).minus(x).square().sum();
      return new Loss(List.of(x), new LinkedHashMap<>(), error);
    }

    @Override
    public void fill(long iteration, int from, List<Tensor> inputs) {
      Noise.normal(15, iteration, (long) from * WIDTH, inputs.getFirst());
    }
  }

  /** SDE Matching of a small model, with random windows and prefixes, on noise for data. */
  static Objective sdeMatching(int sequences) {
    int length = 7;
    double[] times = IntStream.range(0, length).mapToDouble(i -> 0.1 * i).toArray();
    var values = DoubleTensor.zeros(Shape.of(sequences, length, 2));
    Noise.normal(13, 0, 0, values);
    var data = new TimeSeries(times, values, List.of("x", "y"), List.of("1", "1"));
    var small =
        new Architecture(
            2,
            6,
            0,
            Architecture.Encoding.NOTEBOOK,
            5,
            1,
            1,
            6,
            1,
            0,
            Architecture.Likelihood.LEARNED_NOISE,
            1,
            4,
            -2,
            1);
    var conditioning = new Conditioning(6, 5, 2, Conditioning.Scored.WHOLE);
    var options =
        new SdeMatchingObjective.Options(
            SdeMatchingObjective.Weighting.NELBO,
            conditioning,
            SdeMatchingObjective.Sampling.SYSTEMATIC,
            2,
            14);
    return new SdeMatchingObjective(small.model(2), data, options);
  }

  /** A small model of frames, on noise of which half the frames are observed. */
  static Objective frames(FrameSystem system, int sequences) {
    int dim = 3;
    FloatTensor values = FloatTensor.zeros(Shape.of(sequences + 3, 6, dim));
    Noise.normal(16, 0, 0, values);
    var data = new Segments(values, 4, Collections.nCopies(sequences + 3, "noise"));
    var model = SmallSystems.of(system, FrameArchitecture.Distribution.GAUSSIAN).model(dim);
    var options = new FrameObjective.Options(FrameObjective.Minimised.ELBO, 2, 0.5, 17);
    return FrameObjective.training(model, data, Subsampling.irregular(0.5), sequences, options);
  }

  /** Turns to NaN from a given iteration on. */
  record Failing(long failsAt, Objective sound) implements Objective {
    @Override
    public Record model() {
      return sound.model();
    }

    @Override
    public int sequences() {
      return sound.sequences();
    }

    @Override
    public Loss trace(int rows) {
      return sound.trace(rows);
    }

    @Override
    public void fill(long iteration, int from, List<Tensor> inputs) {
      sound.fill(iteration, from, inputs);
      if (iteration >= failsAt && from == 0) {
        inputs.getLast().put(0, Double.NaN);
      }
    }
  }
}
