package girsanov.models.frames;

import girsanov.autodiff.Expr;
import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.training.Objective;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The bound of a {@link FrameModel} on segments of which some frames are observed, chosen anew for
 * each segment and iteration if irregular. The terms {@code divergence} and {@code reconstruction}
 * add up to a bound on −log p of the observed frames, whatever is minimised.
 */
public final class FrameObjective implements Objective {

  /** What is minimised. */
  public enum Minimised {
    /** reconstruction + β · divergence + penalty: VSDN, equations 6 and 9. */
    ELBO,
    /** The importance-weighted bound of all draws together, and the penalty. */
    IWAE
  }

  /**
   * Choices beside model and data.
   *
   * @param draws of the latent states for each segment and iteration
   * @param beta the factor before the divergence in what is minimised; 1 for the
   *     importance-weighted bound, which is of p(y, x)/q(x) as a whole and has no such factor
   * @param warmUp iterations in which this factor grows to beta, evenly from 0; 0 likewise. A
   *     latent state that costs at once what it says tends to say nothing
   * @param seed of the noise, of the observed frames, and of the order of the segments
   */
  public record Options(Minimised minimised, int draws, double beta, int warmUp, long seed) {
    public Options(Minimised minimised, int draws, double beta, long seed) {
      this(minimised, draws, beta, 0, seed);
    }

    public Options {
      if (draws < 1 || !(beta >= 0) || warmUp < 0) {
        throw new IllegalArgumentException(
            "expected 1 draw or more, beta and warmUp of 0 or more, got "
                + draws
                + ", "
                + beta
                + " and "
                + warmUp);
      }
      if (minimised == Minimised.IWAE && (beta != 1 || warmUp != 0)) {
        throw new IllegalArgumentException(
            "expected beta of 1 and warmUp of 0 for the importance-weighted bound, which has no"
                + " factor before a divergence, got "
                + beta
                + " and "
                + warmUp);
      }
    }
  }

  private final FrameModel model;
  private final Segments data;
  private final Options options;
  private final int batch;
  private final Shuffle shuffle;
  private final boolean penalised;

  /** Made once, for {@link #fill} allocates nothing. */
  private final GivenInputs.Order order;

  private final GivenInputs inputs;

  private FrameObjective(
      FrameModel model,
      Segments data,
      Subsampling subsampling,
      Options options,
      int batch,
      boolean shuffled,
      boolean penalised) {
    if (!(model instanceof Record)) {
      throw new IllegalArgumentException("expected a model that is a record, got " + model);
    }
    if (model.likelihood().dim() != data.dim()) {
      throw new IllegalArgumentException(
          "expected frames of "
              + model.likelihood().dim()
              + " numbers, as the model's, got "
              + data.dim());
    }
    this.model = model;
    this.data = data;
    this.options = options;
    this.batch = batch;
    this.penalised = penalised;
    shuffle = new Shuffle(data.count(), shuffled, options.seed());
    order = shuffle::at;
    inputs =
        new GivenInputs(
            data, subsampling, options.draws(), model.noise(), shuffled, options.seed());
  }

  /**
   * Mini-batches: each iteration takes the next {@code batch} segments of a random order, a new one
   * each time all have been taken.
   */
  public static FrameObjective training(
      FrameModel model, Segments data, Subsampling subsampling, int batch, Options options) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch: expected 1 or more, got " + batch);
    }
    return new FrameObjective(model, data, subsampling, options, batch, true, true);
  }

  /**
   * All segments, in order, in every iteration, with the same frames observed; the total is what
   * training minimises at its full β, a model's penalty included: by it models are chosen.
   */
  public static FrameObjective validation(
      FrameModel model, Segments data, Subsampling subsampling, Options options) {
    return new FrameObjective(model, data, subsampling, options, data.count(), false, true);
  }

  /**
   * Likewise, but the total is the bound alone, without a model's penalty: by it they are judged.
   */
  public static FrameObjective whole(
      FrameModel model, Segments data, Subsampling subsampling, Options options) {
    return new FrameObjective(model, data, subsampling, options, data.count(), false, false);
  }

  @Override
  public Record model() {
    return (Record) model;
  }

  @Override
  public int sequences() {
    return batch;
  }

  /** Observed frames of a segment. */
  public int observed() {
    return inputs.subsampling().observed(data.frames());
  }

  @Override
  public Loss trace(int rows) {
    GivenInputs.Traced traced = inputs.trace(rows);
    Expr beta = Expr.input("beta");
    Bound bound = model.bound(traced.given());
    var terms = new LinkedHashMap<String, Expr>();
    terms.put("divergence", bound.divergence().sum());
    terms.put("reconstruction", bound.reconstruction().sum());
    Expr total =
        switch (options.minimised()) {
          case ELBO -> bound.reconstruction().plus(bound.divergence().times(beta));
          case IWAE -> bound.importance();
        };
    Expr loss = penalised ? total.plus(bound.penalty()) : total;
    var all = new ArrayList<>(traced.inputs());
    all.add(beta);
    return new Loss(all, terms, loss.sum());
  }

  @Override
  public void fill(long iteration, int from, List<Tensor> tensors) {
    inputs.fill(iteration, from, order, iteration * batch + from, tensors);
    tensors.getLast().put(0, beta(iteration));
  }

  private double beta(long iteration) {
    boolean grown = !shuffle.shuffled() || iteration >= options.warmUp();
    return grown ? options.beta() : options.beta() * iteration / options.warmUp();
  }
}
