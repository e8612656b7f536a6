/** Models: layers, optimisers, latent stochastic differential equations and their data. */
module girsanov.models {
  requires transitive girsanov.sde;
  requires com.fasterxml.jackson.core;
  requires static transitive org.jspecify;

  exports girsanov.models.baseline;
  exports girsanov.models.data;
  exports girsanov.models.frames;
  exports girsanov.models.likelihood;
  exports girsanov.models.metrics;
  exports girsanov.models.nn;
  exports girsanov.models.recurrent;
  exports girsanov.models.sdematching;
  exports girsanov.models.training;
  exports girsanov.models.vsdn;
}
