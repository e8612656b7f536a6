package girsanov.bench.model;

import girsanov.models.data.Mocap;
import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Architecture;
import girsanov.models.sdematching.Conditioning;
import girsanov.models.sdematching.Conditioning.Scored;
import girsanov.models.sdematching.SdeMatchingObjective;
import girsanov.models.sdematching.SdeMatchingObjective.Options;
import girsanov.models.sdematching.SdeMatchingObjective.Sampling;
import girsanov.models.sdematching.SdeMatchingObjective.Weighting;
import girsanov.models.training.Objective;

/** SDE Matching as the presets of the same names train it on 16 motion-capture sequences. */
public enum MotionCapture {
  MOCAP(Architecture.mocap(), 300, new Conditioning(200, 3, 3, Scored.WHOLE)),
  MOCAP2(Architecture.mocapRecurrent(), 200, new Conditioning(150, 150, 3, Scored.PREFIX));

  private static final double HORIZON = 10;
  private static final int DRAWS = 8;
  private static final int SEQUENCES = 16;

  private final Architecture architecture;
  private final int trainFrames;
  private final Conditioning conditioning;

  MotionCapture(Architecture architecture, int trainFrames, Conditioning conditioning) {
    this.architecture = architecture;
    this.trainFrames = trainFrames;
    this.conditioning = conditioning;
  }

  public Objective objective() {
    TimeSeries all = Mocap.load().until(HORIZON).train();
    TimeSeries train = trainFrames < all.length() ? all.prefix(trainFrames) : all;
    var options = new Options(Weighting.NELBO, conditioning, Sampling.SYSTEMATIC, DRAWS, 0);
    return new SdeMatchingObjective(architecture.model(train.dim()), train, options);
  }

  /**
   * Multiply-adds of a step's networks, two operations each, forward and twice backward: the
   * encoder once a sequence; the rest once a draw, the posterior's head at time 0, at an
   * observation, and with a derivative at t. Elementary functions are not counted.
   */
  public double flops() {
    int dim = Mocap.CHANNELS;
    Architecture a = architecture;
    int frames = conditioning.frames();
    double width = a.contextWidth();
    double hidden = a.prefixHidden();
    boolean prefix = a.encoding() == Architecture.Encoding.PREFIX;
    double encoder =
        prefix
            ? frames * dim * hidden + hidden * hidden + hidden * width
            : frames * 3 * width * (dim + width);
    double pooling = prefix ? 0 : frames * width;
    double in = width + 1 + 2 * a.posteriorFrequencies();
    double between = a.posteriorHidden();
    double head = in * between + between * between + between * 2 * a.latent();
    double prior = 2.0 * a.latent() * a.priorHidden() + 4.0 * a.latent() * a.priorHidden();
    double deep = a.decoderHidden();
    double decoder = a.latent() * deep + deep * deep + deep * 2 * dim;
    double draw = 4 * (head + pooling) + prior + decoder;
    return 2.0 * 3 * SEQUENCES * (encoder + DRAWS * draw);
  }
}
