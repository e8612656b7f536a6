/**
 * Equations: drift, diffusion, Brownian motion, the schemes that solve them, and the gradients of
 * their solutions.
 */
@NullMarked
package girsanov.sde;

import org.jspecify.annotations.NullMarked;
