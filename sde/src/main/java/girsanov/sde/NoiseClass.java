package girsanov.sde;

/**
 * How the diffusion depends on the state, which decides the order of a {@link Scheme}. Both classes
 * here are diagonal: coordinate k of the state is driven by coordinate k of the Brownian motion
 * alone. A class that is added makes every scheme state its order for it: the switches over this
 * enumeration have no default.
 */
public enum NoiseClass {
  /** g(t): the diffusion does not depend on the state. */
  ADDITIVE,
  /** g_k(z_k, t): each coordinate depends on its own state only, so the noise commutes. */
  DIAGONAL
}
