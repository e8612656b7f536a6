/** Models: layers, optimisers, latent stochastic differential equations and their data. */
@NullMarked
package girsanov.models;

import org.jspecify.annotations.NullMarked;
