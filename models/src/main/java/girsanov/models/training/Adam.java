package girsanov.models.training;

/**
 * Adam with clipping of the gradient's norm and weight decay. For gradient G of iteration i (from
 * 0), k = i + 1:
 *
 * <pre>
 *   g  = G · min(1, c / ‖G‖) + λ θ
 *   m ← β₁ m + (1 − β₁) g
 *   v ← β₂ v + (1 − β₂) g²
 *   θ ← θ − η_i / (1 − β₁ᵏ) · m / (√v / √(1 − β₂ᵏ) + ε)
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1, with ε added
 * where PyTorch adds it, and so the decay: to the gradient, before the moments see it. With λ = 0
 * the bits are those of Adam without it, but for the sign of a zero.
 *
 * @param learningRate η
 * @param clipNorm c; infinity for no clipping
 * @param weightDecay λ; 0 for none
 */
public record Adam(
    Schedule learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double clipNorm,
    double weightDecay) {

  public Adam {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && clipNorm > 0)) {
      throw new IllegalArgumentException(
          "adam: expected betas in [0, 1), epsilon and clipNorm above 0, got betas "
              + beta1
              + " and "
              + beta2
              + ", epsilon "
              + epsilon
              + ", clipNorm "
              + clipNorm);
    }
    if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "adam: expected a weightDecay of 0 or more, and finite, got " + weightDecay);
    }
  }

  /** With the paper's constants, no clipping and no weight decay. */
  public static Adam of(Schedule learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, Double.POSITIVE_INFINITY, 0);
  }

  public Adam withClipNorm(double norm) {
    return new Adam(learningRate, beta1, beta2, epsilon, norm, weightDecay);
  }

  public Adam withWeightDecay(double lambda) {
    return new Adam(learningRate, beta1, beta2, epsilon, clipNorm, lambda);
  }

  /** η / (1 − β₁ᵏ). */
  double rate(long iteration) {
    return learningRate.at(iteration) / (1 - StrictMath.pow(beta1, (double) (iteration + 1)));
  }

  /** 1 / √(1 − β₂ᵏ). */
  double scale(long iteration) {
    return 1 / Math.sqrt(1 - StrictMath.pow(beta2, (double) (iteration + 1)));
  }

  /** min(1, c / ‖G‖). */
  double clip(double norm) {
    return norm > clipNorm ? clipNorm / norm : 1;
  }
}
