package girsanov.models.vsdn;

import girsanov.models.baseline.GruOdeBayes;
import girsanov.models.baseline.OdeRnnFilter;
import girsanov.models.baseline.OdeRnnSmoother;
import girsanov.models.data.Segments;
import girsanov.models.frames.FrameModel;
import girsanov.models.likelihood.Bernoulli;
import girsanov.models.likelihood.FixedGaussian;
import girsanov.models.likelihood.Gaussian;
import girsanov.models.likelihood.GaussianMixture;
import girsanov.models.likelihood.Likelihood;
import girsanov.models.nn.Activation;
import girsanov.models.nn.ConditionedMlp;
import girsanov.models.nn.Mlp;
import girsanov.models.nn.Parameter;
import girsanov.models.nn.Positive;
import girsanov.models.recurrent.Gap;
import girsanov.models.recurrent.GruOde;
import girsanov.models.recurrent.GruOdeCell;
import girsanov.models.recurrent.OdeRnn;
import girsanov.sde.DormandPrince;
import girsanov.sde.Euler;
import girsanov.sde.Midpoint;
import girsanov.sde.OdeScheme;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * The sizes and choices that make a {@link FrameModel} of neural networks: VSDN, appendices A and
 * B.
 *
 * @param system which model
 * @param likelihood the distribution of a frame
 * @param components of {@link Distribution#MIXTURE}
 * @param fixedStd of {@link Distribution#FIXED_GAUSSIAN}
 * @param unit of real numbers inside the networks, about their standard deviation
 * @param recurrent numbers of h→ and of h←
 * @param latent numbers of X
 * @param hidden width of the hidden layers of all feed-forward networks: N1, N2, the right-hand
 *     side of ODE-RNN, and the readouts of the baselines
 * @param hiddenLayers how many those are
 * @param prepared numbers that an observation jump makes of each number of a frame
 * @param gateHidden hidden width of the gates of ODE-RNN
 * @param cell of GRU-ODE
 * @param solver how a state evolves between frames
 * @param frameTime what the time of their equations advances from a frame to the next. A GRU-ODE
 *     forgets within a few units of time, so 1 would leave little of an observation at the next
 * @param subSteps steps of the solver from a frame to the next
 * @param assimilated trains VSDN with observations on both sides of the bar: {@link Encoders}
 * @param drift of VSDN-SDE
 * @param pathSteps of the latent path of VSDN-SDE from a frame to the next
 * @param learnedStart whether VSDN-SDE learns where its latent path starts, which is 0 otherwise
 * @param scale how standard deviations and diffusions are kept positive
 */
public record FrameArchitecture(
    FrameSystem system,
    Distribution likelihood,
    int components,
    double fixedStd,
    double unit,
    int recurrent,
    int latent,
    int hidden,
    int hiddenLayers,
    int prepared,
    int gateHidden,
    GruOdeCell.Kind cell,
    Solver solver,
    double frameTime,
    int subSteps,
    boolean assimilated,
    VsdnSde.Drift drift,
    int pathSteps,
    boolean learnedStart,
    Positive scale) {

  /** A graph has a node for each of what these count: more would not be traced in a minute. */
  private static final int MOST_MANY = 1000;

  /** Sums of a few widths must be whole numbers of 32 bits. */
  private static final int MOST_WIDE = 1_000_000;

  /** λ of GRU-ODE-Bayes. */
  private static final double SURPRISE = 1e-4;

  public FrameArchitecture {
    between1And(MOST_MANY, "components", components);
    between1And(MOST_WIDE, "recurrent", recurrent);
    between1And(MOST_WIDE, "latent", latent);
    between1And(MOST_WIDE, "hidden", hidden);
    between1And(MOST_MANY, "hiddenLayers", hiddenLayers);
    between1And(MOST_MANY, "prepared", prepared);
    between1And(MOST_WIDE, "gateHidden", gateHidden);
    between1And(MOST_MANY, "subSteps", subSteps);
    between1And(MOST_MANY, "pathSteps", pathSteps);
    if (!(fixedStd > 0 && unit > 0 && frameTime > 0)
        || !Double.isFinite(fixedStd + unit + frameTime)) {
      throw new IllegalArgumentException(
          "expected numbers above 0 as fixedStd, unit and frameTime, got "
              + fixedStd
              + ", "
              + unit
              + " and "
              + frameTime);
    }
    if (solver == Solver.DORMAND_PRINCE
        && cell != GruOdeCell.Kind.AUTONOMOUS
        && system != FrameSystem.ODE_RNN
        && system != FrameSystem.BIDIRECTIONAL_ODE_RNN) {
      throw new IllegalArgumentException(
          "solver: expected euler or midpoint, or an autonomous cell, got dormand-prince with the"
              + " cell "
              + cell);
    }
  }

  private static void between1And(int most, String name, int value) {
    if (value < 1 || value > most) {
      String expected = value < 1 ? "1 or more" : "at most " + most;
      throw new IllegalArgumentException(name + ": expected " + expected + ", got " + value);
    }
  }

  /** What a frame is distributed as. */
  public enum Distribution {
    BERNOULLI,
    GAUSSIAN,
    FIXED_GAUSSIAN,
    MIXTURE
  }

  /** How a state evolves between frames. */
  public enum Solver {
    EULER,
    MIDPOINT,
    /** With steps of a fixed length. */
    DORMAND_PRINCE;

    OdeScheme scheme() {
      return switch (this) {
        case EULER -> new Euler();
        case MIDPOINT -> new Midpoint();
        case DORMAND_PRINCE -> new DormandPrince();
      };
    }
  }

  /** Music at widths that two cores train in minutes. */
  public static FrameArchitecture music(FrameSystem system) {
    return of(system, Distribution.BERNOULLI, 64, 16, 128, 2, 2, 64);
  }

  /** Speech at widths that two cores train in minutes. */
  public static FrameArchitecture speech(FrameSystem system) {
    return of(system, Distribution.GAUSSIAN, 64, 16, 128, 2, 2, 64);
  }

  /** VSDN, appendix A. */
  public static FrameArchitecture musicPaper(FrameSystem system) {
    return of(system, Distribution.BERNOULLI, 512, 128, 1024, 4, 10, 100);
  }

  /** VSDN, appendix B. */
  public static FrameArchitecture speechPaper(FrameSystem system) {
    return of(system, Distribution.GAUSSIAN, 512, 32, 1024, 4, 10, 100);
  }

  private static FrameArchitecture of(
      FrameSystem system,
      Distribution likelihood,
      int recurrent,
      int latent,
      int hidden,
      int hiddenLayers,
      int prepared,
      int gateHidden) {
    return new FrameArchitecture(
        system,
        likelihood,
        /* components= */ 4,
        /* fixedStd= */ 0.1,
        /* unit= */ 0.1,
        recurrent,
        latent,
        hidden,
        hiddenLayers,
        prepared,
        gateHidden,
        GruOdeCell.Kind.AUTONOMOUS,
        Solver.EULER,
        /* frameTime= */ 0.1,
        /* subSteps= */ 1,
        /* assimilated= */ false,
        VsdnSde.Drift.RELAXING,
        /* pathSteps= */ 1,
        /* learnedStart= */ false,
        Positive.SOFTPLUS);
  }

  /**
   * A fresh model of frames of so many numbers, which knows nothing of them. Trained, or read from
   * a checkpoint, it is the same as one that began with {@link #model(Segments)}.
   */
  public FrameModel model(int dim) {
    Likelihood frame = likelihood(dim);
    return new Networks(frame, DoubleTensor.zeros(Shape.of(frame.width()))).model();
  }

  /**
   * A fresh model whose distributions begin at the moments of each number over all frames of these
   * segments: without it the first thousand steps of training are spent on learning those.
   */
  public FrameModel model(Segments train) {
    Likelihood frame = likelihood(train.dim());
    double[] mean = train.mean();
    return new Networks(frame, frame.constant(mean, train.variance(mean))).model();
  }

  private Gap gap() {
    return new Gap(solver.scheme(), frameTime, subSteps);
  }

  private Likelihood likelihood(int dim) {
    return switch (likelihood) {
      case BERNOULLI -> new Bernoulli(dim);
      case GAUSSIAN -> new Gaussian(dim, unit);
      case FIXED_GAUSSIAN -> new FixedGaussian(dim, fixedStd, unit);
      case MIXTURE -> new GaussianMixture(dim, components, unit);
    };
  }

  /** Builds the networks of a model whose distributions begin at θ = start. */
  private final class Networks {
    private final Likelihood frame;
    private final DoubleTensor start;

    Networks(Likelihood frame, DoubleTensor start) {
      this.frame = frame;
      this.start = start;
    }

    FrameModel model() {
      return switch (system) {
        case ODE_RNN -> filter();
        case GRU_ODE -> new GruOdeBayes(gruOde(readout(recurrent)), SURPRISE);
        case BIDIRECTIONAL_ODE_RNN ->
            new OdeRnnSmoother(filter(), odeRnn(), readout(2 * recurrent));
        case VSDN_VAE -> vae(false);
        case VSDN_VAE_RES -> vae(true);
        case VSDN_SDE -> sde(false);
        case VSDN_SDE_RES -> sde(true);
      };
    }

    private OdeRnnFilter filter() {
      return new OdeRnnFilter(odeRnn(), readout(recurrent), frame);
    }

    private OdeRnn odeRnn() {
      Mlp slope = network(recurrent, recurrent);
      return OdeRnn.of(frame, recurrent, slope, gateHidden, gap());
    }

    private GruOde gruOde(Mlp expectation) {
      return GruOde.of(cell, frame, expectation, recurrent, prepared, gap());
    }

    private VsdnVae vae(boolean residual) {
      Mlp prior = network(recurrent, 2 * latent);
      Mlp posterior = network(2 * recurrent, 2 * latent);
      return new VsdnVae(encoders(), prior, posterior, latent, residual, scale);
    }

    private VsdnSde sde(boolean residual) {
      return new VsdnSde(
          encoders(),
          ConditionedMlp.of(Activation.ELU, recurrent, latent, widths(2 * latent)),
          ConditionedMlp.of(Activation.ELU, 2 * recurrent, latent, widths(latent)),
          learnedStart ? Optional.of(Parameter.zeros("initial", latent)) : Optional.empty(),
          latent,
          residual,
          drift,
          pathSteps,
          scale);
    }

    private Encoders encoders() {
      Mlp linear = Mlp.of(Activation.IDENTITY, recurrent, frame.width());
      Mlp backward = Mlp.of(Activation.IDENTITY, recurrent, frame.width());
      ConditionedMlp decoder =
          ConditionedMlp.of(Activation.IDENTITY, recurrent, latent, frame.width());
      return new Encoders(
          gruOde(linear.startingAt(start)),
          gruOde(backward.startingAt(start)),
          decoder.startingAt(start),
          assimilated);
    }

    private Mlp readout(int in) {
      return network(in, frame.width()).startingAt(start);
    }
  }

  /** A network with the hidden layers of all. */
  private Mlp network(int in, int out) {
    int[] rest = widths(out);
    int[] sizes = new int[rest.length + 1];
    sizes[0] = in;
    System.arraycopy(rest, 0, sizes, 1, rest.length);
    return Mlp.of(Activation.ELU, sizes);
  }

  private int[] widths(int out) {
    int[] widths = new int[hiddenLayers + 1];
    Arrays.fill(widths, hidden);
    widths[hiddenLayers] = out;
    return widths;
  }
}
