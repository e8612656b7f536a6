package girsanov.cli.experiment;

import girsanov.models.vsdn.FrameSystem;
import girsanov.readers.Kind;

/** How large models of frames are, and how they are trained. */
public enum Sizes {
  /** Widths that two cores train in minutes. */
  SCALED,
  /** Those of VSDN's appendices A and B. */
  PAPER;

  /** The experiment with a system, before anything else is chosen. */
  public FrameExperiment experiment(Kind data, FrameSystem system) {
    return switch (this) {
      case SCALED -> FrameExperiment.scaled(data, system);
      case PAPER -> FrameExperiment.paper(data, system);
    };
  }
}
