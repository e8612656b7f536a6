/** Variational stochastic differential networks: VSDN-VAE and VSDN-SDE. */
@NullMarked
package girsanov.models.vsdn;

import org.jspecify.annotations.NullMarked;
