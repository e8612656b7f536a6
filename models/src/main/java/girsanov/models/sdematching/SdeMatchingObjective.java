package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.models.data.TimeSeries;
import girsanov.models.training.Objective;
import girsanov.tensor.Noise;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What is minimised: the NELBO of a data set, estimated anew each iteration. The reported terms are
 * {@code prior}, {@code diffusion} and {@code reconstruction}, as in {@link Nelbo}: their sum is
 * the NELBO whatever the weighting.
 */
public final class SdeMatchingObjective implements Objective {

  /** The factor before the reconstruction term. */
  public enum Weighting {
    /** N, as in Eq. 12: the total is a bound on −log p(X). */
    NELBO,
    /** 1, as in the official notebook, which therefore minimises something else than a bound. */
    NOTEBOOK
  }

  /** How the random times of one iteration are chosen; each is uniform either way. */
  public enum Sampling {
    /** Independently, as in the paper. */
    INDEPENDENT,
    /** Evenly spread over all sequences and draws, behind one random offset: less variance. */
    SYSTEMATIC
  }

  /**
   * What q sees of a training sequence.
   *
   * @param frames the observations given to the encoder, from the first on
   * @param shortest if less than {@code frames}, a sequence shows a prefix of random length between
   *     the two, uniform in its logarithm: q(· | prefix) is trained for forecasts from any prefix
   */
  public record Conditioning(int frames, int shortest) {
    public Conditioning {
      if (shortest < 1 || shortest > frames) {
        throw new IllegalArgumentException(
            "conditioning: expected 1 <= shortest <= frames, got " + shortest + " and " + frames);
      }
    }

    public static Conditioning onFirst(int frames) {
      return new Conditioning(frames, frames);
    }

    boolean random() {
      return shortest < frames;
    }

    /** A length for u in (0, 1). */
    int length(double u) {
      double ratio = (frames + 1.0) / shortest;
      return Math.min(frames, (int) (shortest * Math.pow(ratio, u)));
    }
  }

  /**
   * Choices beside model and data.
   *
   * @param draws Monte-Carlo draws for each sequence and iteration; 1 in the paper
   * @param seed of the training noise
   */
  public record Options(
      Weighting weighting, Conditioning conditioning, Sampling sampling, int draws, long seed) {
    public Options {
      if (draws < 1) {
        throw new IllegalArgumentException("draws: expected 1 or more, got " + draws);
      }
    }
  }

  /** Random streams of one iteration. */
  private static final int STREAMS = 8;

  private static final int PREFIX = 0;
  private static final int TIME = 1;
  private static final int NOISE = 2;
  private static final int INDEX = 3;
  private static final int OBSERVATION_NOISE = 4;

  private final SdeMatching model;
  private final TimeSeries data;
  private final Options options;
  private final double[] times;

  /**
   * An objective over all sequences of a data set.
   *
   * @param data at times from 0 or later; the last is the horizon T
   */
  public SdeMatchingObjective(SdeMatching model, TimeSeries data, Options options) {
    this.model = model;
    this.data = data;
    this.options = options;
    times = data.times();
    if (times[0] < 0 || options.conditioning().frames() > times.length) {
      throw new IllegalArgumentException(
          "expected times from 0 on and at least "
              + options.conditioning().frames()
              + " of them, got "
              + times.length
              + " from "
              + times[0]);
    }
  }

  /** The paper's objective: the NELBO given all observations, one draw for each sequence. */
  public static SdeMatchingObjective nelbo(SdeMatching model, TimeSeries data, long seed) {
    var conditioning = Conditioning.onFirst(data.length());
    return new SdeMatchingObjective(
        model, data, new Options(Weighting.NELBO, conditioning, Sampling.INDEPENDENT, 1, seed));
  }

  @Override
  public Record model() {
    return model;
  }

  @Override
  public int sequences() {
    return data.sequences();
  }

  private double horizon() {
    return times[times.length - 1];
  }

  @Override
  public Loss trace(int rows) {
    int frames = options.conditioning().frames();
    int draws = options.draws();
    int latent = model.prior().latent();
    Expr values = Expr.input("values", frames, rows, data.dim());
    Expr seen = Expr.input("seen", frames, rows);
    var random =
        new Nelbo.Draws(
            Expr.input("time", rows, draws),
            Expr.input("noise", rows, draws, latent),
            Expr.input("observation_time", rows, draws),
            Expr.input("observation", rows, draws, data.dim()),
            Expr.input("observation_noise", rows, draws, latent));
    boolean masked = options.conditioning().random();
    var given =
        new Observations(
            data.prefix(frames).times(),
            horizon(),
            values,
            masked ? Optional.of(seen) : Optional.empty());
    Nelbo nelbo = Nelbo.of(model, given, data.length(), random);

    var terms = new LinkedHashMap<String, Expr>();
    terms.put("prior", nelbo.prior().sum());
    terms.put("diffusion", nelbo.diffusion().sum());
    terms.put("reconstruction", nelbo.reconstruction().sum());
    Expr weighted =
        switch (options.weighting()) {
          case NELBO -> nelbo.reconstruction();
          case NOTEBOOK -> nelbo.reconstruction().dividedBy(data.length());
        };
    Expr total = nelbo.prior().plus(nelbo.diffusion()).plus(weighted).sum();
    var inputs =
        new ArrayList<>(
            List.of(
                random.time(),
                random.noise(),
                random.observationTime(),
                random.observation(),
                random.observationNoise(),
                values));
    if (masked) {
      inputs.add(seen);
    }
    return new Loss(inputs, terms, total);
  }

  @Override
  public void fill(long iteration, int from, List<Tensor> inputs) {
    Tensor time = inputs.get(0);
    int perRow = options.draws() * model.prior().latent();
    Noise.normal(options.seed(), stream(iteration, NOISE), (long) from * perRow, inputs.get(1));
    Noise.normal(
        options.seed(), stream(iteration, OBSERVATION_NOISE), (long) from * perRow, inputs.get(4));
    fillValues(from, inputs.get(5));
    if (options.conditioning().random()) {
      fillSeen(iteration, from, time, inputs.get(6));
    }
    fillUnits(iteration, TIME, from, time);
    for (int i = 0; i < time.size(); i++) {
      time.put(i, horizon() * time.at(i));
    }
    fillUnits(iteration, INDEX, from, inputs.get(2));
    fillObservations(from, inputs.get(2), inputs.get(3));
  }

  /** Numbers uniform on (0, 1), {@code [rows, draws]}. */
  private void fillUnits(long iteration, int kind, int from, Tensor units) {
    int draws = options.draws();
    boolean systematic = options.sampling() == Sampling.SYSTEMATIC;
    long first = systematic ? 0 : (long) from * draws;
    Noise.uniform(options.seed(), stream(iteration, kind), first, units);
    if (systematic) {
      double offset = units.at(0);
      double all = (double) sequences() * draws;
      for (int i = 0; i < units.size(); i++) {
        double place = ((long) (i % draws) * sequences() + from + i / draws) / all + offset;
        units.put(i, place - Math.floor(place));
      }
    }
  }

  /** Turns uniform numbers into observation times, and copies what was observed then. */
  private void fillObservations(int from, Tensor units, Tensor observation) {
    int n = data.length();
    int dim = data.dim();
    for (int i = 0; i < units.size(); i++) {
      int index = Math.min(n - 1, (int) (n * units.at(i)));
      units.put(i, times[index]);
      for (int d = 0; d < dim; d++) {
        observation.put(i * dim + d, data.at(from + i / options.draws(), index, d));
      }
    }
  }

  private void fillValues(int from, Tensor values) {
    int rows = values.shape().dim(1);
    int dim = data.dim();
    for (int i = 0; i < values.size(); i++) {
      int d = i % dim;
      int row = i / dim % rows;
      values.put(i, data.at(from + row, i / (dim * rows), d));
    }
  }

  /** Uses {@code scratch [rows, draws]} for one uniform number a row. */
  private void fillSeen(long iteration, int from, Tensor scratch, Tensor seen) {
    int draws = options.draws();
    int rows = seen.shape().dim(1);
    Noise.uniform(options.seed(), stream(iteration, PREFIX), (long) from * draws, scratch);
    for (int row = 0; row < rows; row++) {
      int length = options.conditioning().length(scratch.at(row * draws));
      for (int frame = 0; frame < options.conditioning().frames(); frame++) {
        seen.put(frame * rows + row, frame < length ? 1 : 0);
      }
    }
  }

  private static long stream(long iteration, int kind) {
    return iteration * STREAMS + kind;
  }
}
