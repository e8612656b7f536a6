package girsanov.tensor.plain;

/** The meaning of {@code FloatElementwise}: one element, by {@link StrictMath} in double. */
public final class FloatPlainElementwise {
  private FloatPlainElementwise() {}

  /** 2/√π ∫₀ˣ e^(-t²) dt. */
  public static float erf(float x) {
    return (float) Erf.of(x);
  }
}
