/** Models: layers, optimisers, latent stochastic differential equations and their data. */
module girsanov.models {
  requires transitive girsanov.sde;
  requires com.fasterxml.jackson.core;
  requires static org.jspecify;

  exports girsanov.models.nn;
  exports girsanov.models.training;
}
