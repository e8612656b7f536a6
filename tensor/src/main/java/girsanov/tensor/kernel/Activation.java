package girsanov.tensor.kernel;

/** An elementwise function that may follow a product, as in {@link FloatElementwise}. */
public enum Activation {
  IDENTITY,
  TANH,
  SIGMOID,
  RELU,
  ELU,
  SOFTPLUS,
  SILU
}
