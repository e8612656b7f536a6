package girsanov.bench.model;

import girsanov.models.data.Lorenz;
import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Architecture;
import girsanov.models.sdematching.Conditioning;
import girsanov.models.sdematching.SdeMatchingObjective;
import girsanov.models.sdematching.SdeMatchingObjective.Options;
import girsanov.models.sdematching.SdeMatchingObjective.Sampling;
import girsanov.models.sdematching.SdeMatchingObjective.Weighting;
import girsanov.models.training.Objective;

/**
 * SDE Matching as the preset {@code lorenz-notebook} trains it: 54,739 parameters, 41 observations,
 * the notebook's weighting.
 */
public final class LorenzMatching {
  private LorenzMatching() {}

  public static Objective of(int batch) {
    TimeSeries data = Lorenz.BARTOSH.simulate(0, batch, 1).data().train();
    return of(Architecture.notebook(), data);
  }

  /** The same for other data or sizes. */
  public static Objective of(Architecture architecture, TimeSeries data) {
    var conditioning = Conditioning.onAll(data.length());
    var options = new Options(Weighting.NOTEBOOK, conditioning, Sampling.INDEPENDENT, 1, 0);
    return new SdeMatchingObjective(architecture.model(data.dim()), data, options);
  }

  /**
   * Multiply-adds of a step, two operations each, forward and twice backward: the encoder; its head
   * at time 0, at an observation, and with a derivative at t, as are the sums over 41 outputs;
   * drift and diffusion, this with a derivative; the decoder.
   */
  public static double flops(int batch) {
    double head = 101 * 100 + 100 * 100 + 100 * 8;
    double pooling = GruEncoder.STEPS * 100;
    double prior = 2 * 4 * 100 + 2 * 2 * 4 * 100;
    double decoder = 4 * 3;
    double rest = 4 * (head + pooling) + prior + decoder;
    return GruEncoder.flops(batch) + 2.0 * 3 * batch * rest;
  }
}
