package girsanov.models.sdematching;

import girsanov.models.nn.Activation;
import girsanov.models.nn.Gru;
import girsanov.models.nn.Mlp;

/**
 * The sizes and choices that make an {@link SdeMatching} model of neural networks.
 *
 * @param latent coordinates of z
 * @param priorHidden hidden width of prior drift and diffusion
 * @param diffusionFloor least value of g; 0 in the papers
 * @param encoding how observations become a context
 * @param contextWidth length of a context vector: of the GRU's state, or of the prefix network's
 *     output
 * @param prefixFrames frames that {@link Encoding#PREFIX} reads
 * @param prefixHidden its two hidden layers' width
 * @param posteriorHidden the two hidden layers' width of the network (context, t) → (μ, log σ)
 * @param posteriorFrequencies sines and cosines of time that it is given besides; 0 in the papers
 * @param posteriorOffset added to its log σ; 0 in the papers
 * @param likelihood what the decoder is
 * @param observationStd of {@link Likelihood#FIXED_NOISE}
 * @param decoderHidden the two hidden layers' width of {@link Likelihood#LEARNED_NOISE}
 * @param leastLogStd its floor of log std, in units of {@code scale}
 * @param scale the unit of the observations inside the networks; results are in the data's units
 */
public record Architecture(
    int latent,
    int priorHidden,
    double diffusionFloor,
    Encoding encoding,
    int contextWidth,
    int prefixFrames,
    int prefixHidden,
    int posteriorHidden,
    int posteriorFrequencies,
    double posteriorOffset,
    Likelihood likelihood,
    double observationStd,
    int decoderHidden,
    double leastLogStd,
    double scale) {

  /** Sums of a few widths must be whole numbers of 32 bits. */
  private static final int MOST_WIDE = 1_000_000;

  public Architecture {
    wide("latent", latent);
    wide("priorHidden", priorHidden);
    wide("contextWidth", contextWidth);
    wide("prefixFrames", prefixFrames);
    wide("prefixHidden", prefixHidden);
    wide("posteriorHidden", posteriorHidden);
    wide("decoderHidden", decoderHidden);
    if (!(diffusionFloor >= 0 && diffusionFloor < 1 && observationStd > 0 && scale > 0)) {
      throw new IllegalArgumentException(
          "expected diffusionFloor in [0, 1), observationStd and scale above 0, got "
              + diffusionFloor
              + ", "
              + observationStd
              + " and "
              + scale);
    }
  }

  private static void wide(String name, int value) {
    if (value < 1 || value > MOST_WIDE) {
      String expected = value < 1 ? "1 or more" : "at most " + MOST_WIDE;
      throw new IllegalArgumentException(name + ": expected " + expected + ", got " + value);
    }
  }

  /** How observations become a context. */
  public enum Encoding {
    /** Forward GRU, kernel on an even grid: the official notebook. */
    NOTEBOOK,
    /** GRU from the last observation to the first, kernel on an even grid: the paper's text. */
    REVERSED,
    /** GRU from the last observation to the first, kernel at the observation times. */
    REVERSED_AT_TIMES,
    /** Forward GRU, kernel at the observation times. */
    FORWARD_AT_TIMES,
    /** The first frames through a network: a context that is constant in time. */
    PREFIX
  }

  /** What the decoder is. */
  public enum Likelihood {
    /** A linear mean and a given standard deviation. */
    FIXED_NOISE,
    /** Means and standard deviations from a network. */
    LEARNED_NOISE
  }

  /** The official notebook's model of the Lorenz attractor: 54,739 parameters for 3 dims. */
  public static Architecture notebook() {
    return new Architecture(
        4, 100, 0, Encoding.NOTEBOOK, 100, 1, 1, 100, 0, 0, Likelihood.FIXED_NOISE, 0.01, 1, -6, 1);
  }

  /**
   * Motion capture, with prior and decoder of Li et al. 2020 and their context: from the first
   * three frames by a network, constant in time. The paper leaves encoder and posterior network
   * open.
   *
   * <p>Standard deviations below 0.8 degrees are not learned: four channels are constant, the three
   * root velocities move by hundredths of their unit, and exact predictions of those would be all
   * that training is about.
   */
  public static Architecture mocap() {
    return new Architecture(
        6, 30, 0, Encoding.PREFIX, 8, 3, 30, 60, 4, -2.5, Likelihood.LEARNED_NOISE, 1, 30, -2, 6);
  }

  /** The same with a recurrent encoder that can be given any prefix. */
  public static Architecture mocapRecurrent() {
    return new Architecture(
        6,
        30,
        0,
        Encoding.REVERSED_AT_TIMES,
        32,
        1,
        1,
        64,
        4,
        -3,
        Likelihood.LEARNED_NOISE,
        1,
        30,
        -2,
        6);
  }

  /** A model for observations of {@code dim} coordinates. */
  public SdeMatching model(int dim) {
    Mlp head =
        Mlp.of(
            Activation.SILU,
            contextWidth + 1 + 2 * posteriorFrequencies,
            posteriorHidden,
            posteriorHidden,
            2 * latent);
    return new SdeMatching(
        NeuralPrior.of(latent, priorHidden, diffusionFloor),
        new NeuralPosterior(encoder(dim), head, posteriorFrequencies, posteriorOffset),
        decoder(dim));
  }

  private Encoder encoder(int dim) {
    return switch (encoding) {
      case NOTEBOOK ->
          recurrent(dim, RecurrentEncoder.Direction.FORWARD, RecurrentEncoder.Positions.EVEN);
      case REVERSED ->
          recurrent(dim, RecurrentEncoder.Direction.BACKWARD, RecurrentEncoder.Positions.EVEN);
      case REVERSED_AT_TIMES ->
          recurrent(dim, RecurrentEncoder.Direction.BACKWARD, RecurrentEncoder.Positions.ACTUAL);
      case FORWARD_AT_TIMES ->
          recurrent(dim, RecurrentEncoder.Direction.FORWARD, RecurrentEncoder.Positions.ACTUAL);
      case PREFIX ->
          PrefixEncoder.of(dim, prefixFrames, scale, contextWidth, prefixHidden, prefixHidden);
    };
  }

  private Encoder recurrent(
      int dim, RecurrentEncoder.Direction direction, RecurrentEncoder.Positions positions) {
    return new RecurrentEncoder(Gru.of(dim, contextWidth), direction, positions, scale);
  }

  private Decoder decoder(int dim) {
    return switch (likelihood) {
      case FIXED_NOISE -> FixedNoiseDecoder.linear(latent, dim, observationStd);
      case LEARNED_NOISE ->
          new LearnedNoiseDecoder(
              Mlp.of(Activation.SOFTPLUS, latent, decoderHidden, decoderHidden, 2 * dim),
              scale,
              leastLogStd);
    };
  }
}
