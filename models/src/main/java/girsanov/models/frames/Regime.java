package girsanov.models.frames;

/** What a distribution of a frame is allowed to know. */
public enum Regime {
  /**
   * The observations before the frame: VSDN's generative model G. At an observed frame this is
   * prediction, at a held-out frame causal interpolation.
   */
  PREDICTED,
  /**
   * The observations up to the frame and the frame itself, if it was observed. Nothing is predicted
   * then; the figures of VSDN's table 1 arise so.
   */
  ASSIMILATED,
  /** All observations, before and after: VSDN's inference model Q. */
  SMOOTHED
}
