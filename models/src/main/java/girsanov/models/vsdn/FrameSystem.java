package girsanov.models.vsdn;

/** The systems of VSDN's tables 1 and 2, and one more baseline. */
public enum FrameSystem {
  ODE_RNN("ODE-RNN"),
  GRU_ODE("GRU-ODE"),
  /** Not in the paper: a baseline that reads both directions, as VSDN's Q does. */
  BIDIRECTIONAL_ODE_RNN("ODE-RNN, both directions"),
  VSDN_VAE("VSDN-VAE"),
  VSDN_VAE_RES("VSDN-VAE (res)"),
  VSDN_SDE("VSDN-SDE"),
  VSDN_SDE_RES("VSDN-SDE (res)");

  private final String title;

  FrameSystem(String title) {
    this.title = title;
  }

  /** As in the tables. */
  public String title() {
    return title;
  }

  /** Whether it has latent states, a divergence and a β. */
  public boolean variational() {
    return compareTo(VSDN_VAE) >= 0;
  }
}
