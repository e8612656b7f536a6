package girsanov.tensor.plain;

/** The meaning of {@code FloatAdam} as one loop. */
public final class FloatPlainAdam {
  private FloatPlainAdam() {}

  /** The same bits: products that are added are rounded once. */
  public static void step(
      float factor,
      float decay1,
      float gain1,
      float decay2,
      float gain2,
      float rate,
      float scale,
      float epsilon,
      float weightDecay,
      float[] gradient,
      int go,
      float[] theta,
      int to,
      float[] m,
      int mo,
      float[] v,
      int vo,
      int n) {
    for (int i = 0; i < n; i++) {
      float g = Math.fma(theta[to + i], weightDecay, gradient[go + i] * factor);
      m[mo + i] = Math.fma(m[mo + i], decay1, g * gain1);
      v[vo + i] = Math.fma(v[vo + i], decay2, g * g * gain2);
      float root = (float) Math.sqrt(v[vo + i]);
      theta[to + i] = Math.fma(-(m[mo + i] / (root * scale + epsilon)), rate, theta[to + i]);
    }
  }
}
