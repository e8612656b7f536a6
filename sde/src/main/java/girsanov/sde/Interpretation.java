package girsanov.sde;

/** Which stochastic integral {@code g dw} stands for. The two differ by a drift of ½ g ∂g/∂z. */
public enum Interpretation {
  /** The integrand is taken at the left end of each interval; the integral is a martingale. */
  ITO,
  /** The integrand is taken as the mean of both ends; the ordinary chain rule holds. */
  STRATONOVICH
}
