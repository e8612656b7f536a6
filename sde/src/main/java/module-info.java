/** Equations: drift, diffusion, Brownian motion and the schemes that solve them. */
module girsanov.sde {
  requires transitive girsanov.autodiff;
  requires static org.jspecify;

  exports girsanov.sde;
}
