/** Models: layers, optimisers, latent stochastic differential equations and their data. */
module girsanov.models {
  requires transitive girsanov.sde;
  requires com.fasterxml.jackson.core;
  requires static transitive org.jspecify;

  exports girsanov.models.data;
  exports girsanov.models.metrics;
  exports girsanov.models.nn;
  exports girsanov.models.sdematching;
  exports girsanov.models.training;
}
