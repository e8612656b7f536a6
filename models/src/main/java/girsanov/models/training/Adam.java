package girsanov.models.training;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam with clipping of the gradient's norm. For gradient G of iteration i (from 0), k = i + 1:
 *
 * <pre>
 *   g  = G · min(1, c / ‖G‖)
 *   m ← β₁ m + (1 − β₁) g
 *   v ← β₂ v + (1 − β₂) g²
 *   θ ← θ − η_i / (1 − β₁ᵏ) · m / (√v / √(1 − β₂ᵏ) + ε)
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1, with ε added
 * where PyTorch adds it.
 *
 * @param learningRate η
 * @param clipNorm c; infinity for no clipping
 */
public record Adam(
    Schedule learningRate, double beta1, double beta2, double epsilon, double clipNorm) {

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
  }

  /** With the paper's constants, and no clipping. */
  public static Adam of(Schedule learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, Double.POSITIVE_INFINITY);
  }

  public Adam withClipNorm(double norm) {
    return new Adam(learningRate, beta1, beta2, epsilon, norm);
  }

  /** The scalars of an iteration, in the order of the graph's inputs. */
  void fillScalars(long iteration, Tensor rate, Tensor scale) {
    rate.put(0, learningRate.at(iteration) / (1 - StrictMath.pow(beta1, (double) (iteration + 1))));
    scale.put(0, 1 / Math.sqrt(1 - StrictMath.pow(beta2, (double) (iteration + 1))));
  }

  /**
   * One step as a graph over vectors of a given length.
   *
   * <p>Inputs: the two scalars of {@link #fillScalars}, θ, m, v, and the parts of the gradient.
   * Outputs: ‖G‖, and the new θ, m, v. The parts are added pairwise, in a tree of fixed form.
   *
   * @param parts how many vectors G is the sum of, before it is divided by {@code divisor}
   */
  Graph graph(int length, int parts, double divisor) {
    Expr rate = Expr.input("rate");
    Expr scale = Expr.input("scale");
    Expr theta = Expr.input("theta", length);
    Expr m = Expr.input("m", length);
    Expr v = Expr.input("v", length);
    var inputs = new ArrayList<>(List.of(rate, scale, theta, m, v));
    var gradients = new ArrayList<Expr>();
    for (int i = 0; i < parts; i++) {
      gradients.add(Expr.input("gradient" + i, length));
    }
    inputs.addAll(gradients);

    Expr mean = treeSum(gradients).times(1 / divisor);
    Expr norm = mean.square().sum().sqrt();
    Expr g = mean;
    if (clipNorm < Double.POSITIVE_INFINITY) {
      Expr bound = Expr.constant(clipNorm);
      g = mean.times(bound.dividedBy(norm.maximum(bound)));
    }
    Expr newM = m.times(beta1).plus(g.times(1 - beta1));
    Expr newV = v.times(beta2).plus(g.square().times(1 - beta2));
    Expr step = newM.dividedBy(newV.sqrt().times(scale).plus(epsilon)).times(rate);
    return new Graph(inputs, List.of(norm, theta.minus(step), newM, newV));
  }

  private static Expr treeSum(List<Expr> parts) {
    int half = parts.size() / 2;
    return half == 0
        ? parts.getFirst()
        : treeSum(parts.subList(0, half)).plus(treeSum(parts.subList(half, parts.size())));
  }
}
