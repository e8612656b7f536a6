package girsanov.bench.model;

import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.frames.FrameObjective;
import girsanov.models.frames.FrameObjective.Minimised;
import girsanov.models.frames.FrameObjective.Options;
import girsanov.models.training.Objective;
import girsanov.models.vsdn.FrameArchitecture;
import girsanov.models.vsdn.FrameSystem;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import java.util.Collections;

/**
 * VSDN-SDE on a minute of music, 240 frames of 128 notes of which a quarter is observed; the notes
 * are drawn, as what they are does not change the work.
 */
public enum MusicVsdn {
  /** Of the width that two cores train. */
  SCALED(FrameArchitecture.music(FrameSystem.VSDN_SDE)),
  /** VSDN, appendix A: 512 recurrent units, 128 latent numbers, networks of 4 · 1024. */
  PAPER(FrameArchitecture.musicPaper(FrameSystem.VSDN_SDE));

  private static final int FRAMES = 240;
  private static final int NOTES = 128;
  private static final double OBSERVED = 0.25;

  /** Of all notes, about as many as sound in music. */
  private static final double SOUNDING = 0.03;

  private final FrameArchitecture architecture;

  MusicVsdn(FrameArchitecture architecture) {
    this.architecture = architecture;
  }

  public Objective objective(int batch) {
    FloatTensor notes = FloatTensor.zeros(Shape.of(batch, FRAMES, NOTES));
    Noise.uniform(0, 1, 0, notes);
    for (int i = 0; i < notes.size(); i++) {
      notes.put(i, notes.at(i) < SOUNDING ? 1 : 0);
    }
    var data = new Segments(notes, 4, Collections.nCopies(batch, "drawn"));
    var options = new Options(Minimised.ELBO, 1, 1, 0);
    return FrameObjective.training(
        architecture.model(data), data, Subsampling.irregular(OBSERVED), batch, options);
  }

  /**
   * Multiply-adds of a step's products, two operations each, forward and twice backward. Both
   * directions evolve and jump at each frame, observed or not, as N1, N2 and the decoder run.
   * Elementary functions, and what a jump prepares of each note by itself, are not counted.
   */
  public double flops(int batch) {
    FrameArchitecture a = architecture;
    double units = a.recurrent();
    double cell = 3 * units * units;
    double jump = units * NOTES + 3 * units * (NOTES * a.prepared() + units);
    double between = (a.hiddenLayers() - 1.0) * a.hidden() * a.hidden();
    double prior = (units + a.latent()) * a.hidden() + between + a.hidden() * 2.0 * a.latent();
    double posterior = (2 * units + a.latent()) * a.hidden() + between + a.hidden() * a.latent();
    double decoder = (units + a.latent()) * NOTES;
    return 2.0 * 3 * batch * FRAMES * (2 * (cell + jump) + prior + posterior + decoder);
  }
}
