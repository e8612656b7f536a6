/** Equations: drift, diffusion, Brownian motion and the schemes that solve them. */
@NullMarked
package girsanov.sde;

import org.jspecify.annotations.NullMarked;
