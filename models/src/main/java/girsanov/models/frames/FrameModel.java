package girsanov.models.frames;

import girsanov.autodiff.Expr;
import girsanov.models.likelihood.Likelihood;

/** A model of sequences of frames of which some are observed. It is a record of parameters. */
public interface FrameModel {

  Likelihood likelihood();

  /** Standard normal numbers that a frame takes in each draw; 0 where nothing is latent. */
  int noise();

  /** What is minimised. */
  Bound bound(Given given);

  /** θ of each frame and draw, {@code [frame, row, draw, width of θ]}. */
  Expr distribution(Given given, Regime regime);

  /**
   * The generative model with the same parameters that predicts each frame from those before it
   * alone: this model itself, unless it was trained otherwise.
   */
  default FrameModel strict() {
    return this;
  }

  /**
   * Frames drawn from the generative model one after the other: each is drawn given those that the
   * model was told of before.
   *
   * @param given frames that are seen are told as they are; noise of one draw
   * @param told 1 where a frame that is not seen is drawn and told, {@code [frame, row]}
   * @param uniform numbers uniform on (0, 1), {@code [frame, row, dim]}
   * @param normal standard normal numbers, {@code [frame, row, dim]}
   * @return {@code [frame, row, dim]}
   */
  Expr generate(Given given, Expr told, Expr uniform, Expr normal);
}
