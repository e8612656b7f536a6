package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.models.data.TimeSeries;
import girsanov.models.training.Objective;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Tensor;
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
  private static final int START = 5;

  private final SdeMatching model;
  private final TimeSeries data;
  private final Options options;
  private final double[] times;
  private final int latent;

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
    latent = model.prior().latent();
    int window = options.conditioning().window();
    if (times[0] < 0 || window > times.length) {
      throw new IllegalArgumentException(
          "expected times from 0 on and at least "
              + window
              + " of them, got "
              + times.length
              + " from "
              + times[0]);
    }
    if (window < times.length && !evenlySpaced()) {
      throw new IllegalArgumentException(
          "windows that begin anywhere: expected evenly spaced times from 0 on, got uneven ones;"
              + " use whole sequences");
    }
  }

  /** The paper's objective: the NELBO given all observations, one draw for each sequence. */
  public static SdeMatchingObjective nelbo(SdeMatching model, TimeSeries data, long seed) {
    var conditioning = Conditioning.onAll(data.length());
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

  private boolean evenlySpaced() {
    double spacing = horizon() / (times.length - 1);
    for (int i = 0; i < times.length; i++) {
      if (Math.abs(times[i] - i * spacing) > 1e-6 * spacing) {
        return false;
      }
    }
    return true;
  }

  private double horizon() {
    return times[times.length - 1];
  }

  @Override
  public Loss trace(int rows) {
    Conditioning conditioning = options.conditioning();
    int frames = conditioning.frames();
    int draws = options.draws();
    Expr values = Expr.input("values", frames, rows, data.dim());
    Expr seen = Expr.input("seen", frames, rows);
    Expr span = Expr.input("span", rows);
    Expr count = Expr.input("count", rows);
    // No part of the loss: the place where filling keeps the number of each row's first frame.
    Expr start = Expr.input("start", rows);
    var random =
        new Nelbo.Draws(
            span,
            count,
            Expr.input("time", rows, draws),
            Expr.input("noise", rows, draws, latent),
            Expr.input("observation_time", rows, draws),
            Expr.input("observation", rows, draws, data.dim()),
            Expr.input("observation_noise", rows, draws, latent));
    var given =
        new Observations(
            data.prefix(frames).times(),
            horizon(),
            values,
            conditioning.random() ? Optional.of(seen) : Optional.empty());
    var inputs =
        List.of(
            random.time(),
            random.noise(),
            random.observationTime(),
            random.observation(),
            random.observationNoise(),
            values,
            seen,
            span,
            count,
            start);
    return loss(Nelbo.of(model, given, random), random.count(), inputs);
  }

  private Loss loss(Nelbo nelbo, Expr count, List<Expr> inputs) {
    var terms = new LinkedHashMap<String, Expr>();
    terms.put("prior", nelbo.prior().sum());
    terms.put("diffusion", nelbo.diffusion().sum());
    terms.put("reconstruction", nelbo.reconstruction().sum());
    Expr weighted =
        switch (options.weighting()) {
          case NELBO -> nelbo.reconstruction();
          case NOTEBOOK -> nelbo.reconstruction().dividedBy(count);
        };
    Expr total = nelbo.prior().plus(nelbo.diffusion()).plus(weighted).sum();
    return new Loss(inputs, terms, total);
  }

  @Override
  public void fill(long iteration, int from, List<Tensor> inputs) {
    Tensor time = inputs.get(0);
    Tensor span = inputs.get(7);
    Tensor count = inputs.get(8);
    Tensor start = inputs.get(9);
    int perRow = options.draws() * latent;
    Noise.normal(options.seed(), stream(iteration, NOISE), (long) from * perRow, inputs.get(1));
    Noise.normal(
        options.seed(), stream(iteration, OBSERVATION_NOISE), (long) from * perRow, inputs.get(4));
    fillPrefixes(iteration, from, time, inputs.get(6), span, count);
    fillStarts(iteration, from, time, start);
    fillValues(from, start, inputs.get(5));
    fillUnits(iteration, TIME, from, time);
    for (int i = 0; i < time.size(); i++) {
      time.put(i, span.at(i / options.draws()) * time.at(i));
    }
    fillUnits(iteration, INDEX, from, inputs.get(2));
    fillObservations(from, start, count, inputs.get(2), inputs.get(3));
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
  private void fillObservations(
      int from, Tensor start, Tensor count, Tensor units, Tensor observation) {
    int dim = data.dim();
    for (int i = 0; i < units.size(); i++) {
      int row = i / options.draws();
      int n = (int) count.at(row);
      int index = Math.min(n - 1, (int) (n * units.at(i)));
      units.put(i, times[index]);
      for (int d = 0; d < dim; d++) {
        observation.put(i * dim + d, data.at(from + row, (int) start.at(row) + index, d));
      }
    }
  }

  /** Copies what is shown, {@code [frame, row, dim]}: most of the numbers that are filled. */
  private void fillValues(int from, Tensor start, Tensor values) {
    int frames = values.shape().dim(0);
    int rows = values.shape().dim(1);
    int dim = data.dim();
    double[] observed = data.values().array();
    for (int row = 0; row < rows; row++) {
      int first = (from + row) * times.length + (int) start.at(row);
      int source = data.values().offset() + first * dim;
      for (int frame = 0; frame < frames; frame++) {
        int to = values.offset() + (frame * rows + row) * dim;
        switch (values) {
          case FloatTensor x -> copy(observed, source + frame * dim, x.array(), to, dim);
          case DoubleTensor x ->
              System.arraycopy(observed, source + frame * dim, x.array(), to, dim);
        }
      }
    }
  }

  private static void copy(double[] from, int fromOffset, float[] to, int toOffset, int n) {
    for (int i = 0; i < n; i++) {
      to[toOffset + i] = (float) from[fromOffset + i];
    }
  }

  /** Where in its sequence each row begins. Uses {@code scratch [rows, draws]}. */
  private void fillStarts(long iteration, int from, Tensor scratch, Tensor start) {
    int draws = options.draws();
    int starts = data.length() - options.conditioning().window() + 1;
    if (starts == 1) {
      start.fill(0);
      return;
    }
    Noise.uniform(options.seed(), stream(iteration, START), (long) from * draws, scratch);
    for (int row = 0; row < start.size(); row++) {
      start.put(row, Math.min(starts - 1, (int) (starts * scratch.at(row * draws))));
    }
  }

  /**
   * What each row shows, and what it is scored on. Uses {@code scratch [rows, draws]} for one
   * uniform number a row.
   */
  private void fillPrefixes(
      long iteration, int from, Tensor scratch, Tensor seen, Tensor span, Tensor count) {
    Conditioning conditioning = options.conditioning();
    int draws = options.draws();
    int rows = span.size();
    if (!conditioning.random()) {
      int scored = conditioning.scored(conditioning.frames());
      seen.fill(1);
      count.fill(scored);
      span.fill(times[scored - 1]);
      return;
    }
    Noise.uniform(options.seed(), stream(iteration, PREFIX), (long) from * draws, scratch);
    for (int row = 0; row < rows; row++) {
      int length = conditioning.shown(scratch.at(row * draws));
      for (int frame = 0; frame < conditioning.frames(); frame++) {
        seen.put(frame * rows + row, frame < length ? 1 : 0);
      }
      int scored = conditioning.scored(length);
      count.put(row, scored);
      span.put(row, times[scored - 1]);
    }
  }

  private static long stream(long iteration, int kind) {
    return iteration * STREAMS + kind;
  }
}
