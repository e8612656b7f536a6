package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.compile.Program;
import girsanov.models.data.TimeSeries;
import girsanov.models.nn.Parameter;
import girsanov.models.training.ParameterVector;
import girsanov.sde.Brownian;
import girsanov.sde.EulerMaruyama;
import girsanov.sde.Grid;
import girsanov.sde.Sde;
import girsanov.sde.Trajectory;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Draws from a trained model (section 3.4), in double precision. Equations are simulated by
 * Euler–Maruyama with a number of equal steps between the times asked for.
 *
 * <p>Path p of sequence s is a pure function of the seed, s, p and the number of samples.
 */
public final class Sampler {
  /** Random streams start here, out of the way of those of training noise and data. */
  private static final long STREAMS = 1L << 61;

  private static final long BROWNIAN = STREAMS + (1L << 32);

  private final SdeMatching model;
  private final Map<Expr, Tensor> parameters = new LinkedHashMap<>();
  private final double[] encoderTimes;
  private final double horizon;
  private final int substeps;
  private final long seed;

  /**
   * A sampler of one trained model.
   *
   * @param times of a whole training sequence; the last is the horizon
   * @param frames how many of them the encoder was trained with ({@link Conditioning#frames})
   * @param substeps Euler–Maruyama steps between two times asked for
   */
  public Sampler(
      SdeMatching model,
      ParameterVector values,
      double[] times,
      int frames,
      int substeps,
      long seed) {
    this.model = model;
    encoderTimes = Arrays.copyOf(times, frames);
    horizon = times[times.length - 1];
    this.substeps = substeps;
    this.seed = seed;
    for (Map.Entry<String, Parameter> entry : values.parameters().entrySet()) {
      parameters.put(entry.getValue().expr(), values.tensor(entry.getKey()).to(Precision.DOUBLE));
    }
  }

  /** Unconditional samples: z₀ ~ p(z₀), then the prior process (Eq. 6), as of one sequence. */
  public Samples prior(double[] times, int samples) {
    Expr noise = Expr.input("noise", samples, model.prior().latent());
    Expr start = model.prior().initial().sample(noise);
    return simulate(model.prior().sde(), 0, times, start, new Draw(noise, Map.of(), 1, samples));
  }

  /**
   * Forecasts: z at the last time seen ~ q(· | seen), then the prior process.
   *
   * @param seen the first observations of some sequences
   * @param times when to forecast, after the last time seen
   */
  public Samples forecast(TimeSeries seen, double[] times, int samples) {
    double last = seen.times()[seen.length() - 1];
    if (times[0] <= last) {
      throw new IllegalArgumentException(
          "forecast: expected times after the last one seen, " + last + ", got " + times[0]);
    }
    var given = new Given(seen);
    Draw draw = draw(given, samples);
    Expr start = start(given, draw, last);
    return simulate(model.prior().sde(), last, times, start, draw);
  }

  /**
   * Samples of q(z_t | seen) at any times in [0, horizon], simulation-free. All times of one sample
   * share ε, so that it is a smooth path of the conditional ODE (Eq. 8) with the right distribution
   * at each time.
   */
  public Samples interpolate(TimeSeries seen, double[] times, int samples) {
    var given = new Given(seen);
    Draw draw = draw(given, samples);
    int sequences = seen.sequences();
    Expr at = constant(times).broadcastTo(Shape.of(sequences, times.length));
    Gaussian q = model.posterior().given(given.observations).at(at);
    var everySample = new Gaussian(q.mean().insertAxis(1), q.logStd().insertAxis(1));
    Expr z = everySample.sample(draw.noise.insertAxis(2));
    int latent = model.prior().latent();
    Expr byTime = z.reshape(sequences * samples, times.length, latent).transpose(1, 0, 2);
    return decode(byTime, times, draw, Map.of());
  }

  /** Samples of the posterior process (Eq. 9) from z₀ ~ q(z₀ | seen), by simulation. */
  public Samples posterior(TimeSeries seen, double[] times, int samples) {
    var given = new Given(seen);
    Draw draw = draw(given, samples);
    Posterior.Marginals q = model.posterior().given(given.observations);
    Sde sde = model.posteriorSde(q, seen.sequences());
    return simulate(sde, 0, times, start(given, draw, 0), draw);
  }

  /** z at one time ~ q, {@code [sequences · samples, latent]}. */
  private Expr start(Given given, Draw draw, double time) {
    Expr at = Expr.constant(time).broadcastTo(Shape.of(draw.sequences, 1));
    Expr z = model.posterior().given(given.observations).at(at).sample(draw.noise);
    return z.reshape(draw.sequences * draw.samples, model.prior().latent());
  }

  private Draw draw(Given given, int samples) {
    int sequences = given.observations.batch();
    Expr noise = Expr.input("noise", sequences, samples, model.prior().latent());
    return new Draw(noise, given.inputs, sequences, samples);
  }

  private Samples simulate(Sde sde, double from, double[] times, Expr start, Draw draw) {
    boolean startKept = times[0] == from;
    double[] points = startKept ? times : prepend(from, times);
    Grid grid = new Grid(points).refine(substeps);
    int paths = draw.sequences * draw.samples;
    int latent = model.prior().latent();
    Expr dw = Expr.input("dw", grid.steps(), paths, latent);
    Expr states = Trajectory.of(new EulerMaruyama(), sde, grid, substeps, start, dw).states();
    Expr kept = startKept ? states : states.slice(0, 1, points.length);
    DoubleTensor increments = new Brownian(seed, BROWNIAN, grid, latent).increments(0, paths);
    return decode(kept, times, draw, Map.of(dw, increments));
  }

  /** Runs the graph of the states {@code [time, sequences · samples, latent]}. */
  private Samples decode(Expr states, double[] times, Draw draw, Map<Expr, Tensor> more) {
    Gaussian x = model.decoder().given(states);
    Map<Expr, Tensor> inputs = new LinkedHashMap<>(parameters);
    inputs.putAll(draw.inputs);
    inputs.putAll(more);
    DoubleTensor noise = DoubleTensor.zeros(draw.noise.shape());
    Noise.normal(seed, STREAMS, 0, noise);
    inputs.put(draw.noise, noise);
    var outputs = List.of(x.mean(), x.std().broadcastTo(x.mean().shape()));
    List<Tensor> results =
        Program.compile(new Graph(List.copyOf(inputs.keySet()), outputs), Precision.DOUBLE)
            .run(List.copyOf(inputs.values()));
    return new Samples(times, bySample(results.get(0), draw), bySample(results.get(1), draw));
  }

  /** {@code [time, sequence · sample, dim]} to {@code [sample, sequence, time, dim]}. */
  private static DoubleTensor bySample(Tensor x, Draw draw) {
    int length = x.shape().dim(0);
    int dim = x.shape().dim(2);
    DoubleTensor y = DoubleTensor.zeros(Shape.of(draw.samples, draw.sequences, length, dim));
    int at = 0;
    for (int time = 0; time < length; time++) {
      for (int sequence = 0; sequence < draw.sequences; sequence++) {
        for (int sample = 0; sample < draw.samples; sample++) {
          int to = ((sample * draw.sequences + sequence) * length + time) * dim;
          for (int d = 0; d < dim; d++) {
            y.put(to + d, x.at(at++));
          }
        }
      }
    }
    return y;
  }

  private static double[] prepend(double first, double[] rest) {
    double[] all = new double[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  private static Expr constant(double[] values) {
    return Expr.constant(Tensor.of(Precision.DOUBLE, Shape.of(values.length), values));
  }

  /** Noise of the start, data, and how many paths. */
  private record Draw(Expr noise, Map<Expr, Tensor> inputs, int sequences, int samples) {}

  /**
   * What is seen, in the form the encoder was trained with: as many frames, of which those after
   * the last one seen are masked.
   */
  private final class Given {
    private final Observations observations;
    private final Map<Expr, Tensor> inputs = new LinkedHashMap<>();

    Given(TimeSeries series) {
      int frames = encoderTimes.length;
      int known = Math.min(frames, series.length());
      int sequences = series.sequences();
      int dim = series.dim();
      Expr values = Expr.input("values", frames, sequences, dim);
      DoubleTensor data = DoubleTensor.zeros(values.shape());
      for (int frame = 0; frame < known; frame++) {
        for (int sequence = 0; sequence < sequences; sequence++) {
          for (int d = 0; d < dim; d++) {
            data.set(series.at(sequence, frame, d), frame, sequence, d);
          }
        }
      }
      inputs.put(values, data);
      Optional<Expr> seen = Optional.empty();
      if (known < frames) {
        Expr mask = Expr.input("seen", frames, sequences);
        DoubleTensor ones = DoubleTensor.zeros(mask.shape());
        ones.rows(0, known).fill(1);
        inputs.put(mask, ones);
        seen = Optional.of(mask);
      }
      observations = new Observations(encoderTimes, horizon, values, seen);
    }
  }
}
