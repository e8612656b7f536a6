/** Expressions: a language of primitives, its derivatives, its interpreter and its compiler. */
module girsanov.autodiff {
  requires transitive girsanov.tensor;
  requires static transitive org.jspecify;

  exports girsanov.autodiff;
  exports girsanov.autodiff.compile;
}
