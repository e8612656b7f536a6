package girsanov.models.vsdn;

import girsanov.models.Values;
import girsanov.models.nn.ConditionedMlp;
import girsanov.models.nn.Linear;
import girsanov.models.nn.Parameter;
import girsanov.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Networks of one row in plain loops. */
final class PlainNetworks {
  private PlainNetworks() {}

  static double[] of(ConditionedMlp network, Values values, double[] condition, double[] x) {
    double[] y = linear(network.condition(), values, condition);
    add(y, network.weight(), values, x);
    return rest(network.rest(), values, y);
  }

  /** ELU between the layers. */
  static double[] of(List<Linear> layers, Values values, double[] x) {
    double[] y = linear(layers.getFirst(), values, x);
    return rest(layers.subList(1, layers.size()), values, y);
  }

  private static double[] rest(List<Linear> layers, Values values, double[] first) {
    double[] y = first;
    for (Linear layer : layers) {
      double[] activated = Arrays.stream(y).map(v -> v > 0 ? v : Math.expm1(v)).toArray();
      y = linear(layer, values, activated);
    }
    return y;
  }

  private static double[] linear(Linear layer, Values values, double[] x) {
    double[] y = values.get(layer.bias().expr()).toArray();
    add(y, layer.weight(), values, x);
    return y;
  }

  private static void add(double[] y, Parameter weight, Values values, double[] x) {
    Tensor w = values.get(weight.expr());
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        y[j] += x[i] * w.get(i, j);
      }
    }
  }

  static double[] concat(double[] x, double[] y) {
    double[] both = Arrays.copyOf(x, x.length + y.length);
    System.arraycopy(y, 0, both, x.length, y.length);
    return both;
  }

  /** log(1 + exp x) + 10⁻⁴. */
  static double positive(double x) {
    return Math.log1p(Math.exp(x)) + 1e-4;
  }

  /** log N(x; mean, std²). */
  static double logNormal(double x, double mean, double std) {
    double error = (x - mean) / std;
    return -0.5 * error * error - Math.log(std) - 0.5 * Math.log(2 * Math.PI);
  }

  /** KL(N(mean, std²) ‖ N(otherMean, otherStd²)). */
  static double divergence(double mean, double std, double otherMean, double otherStd) {
    double shift = mean - otherMean;
    return Math.log(otherStd / std) + (std * std + shift * shift) / (2 * otherStd * otherStd) - 0.5;
  }

  static double logMeanExp(double[] x) {
    double most = Arrays.stream(x).max().orElseThrow();
    return most + Math.log(Arrays.stream(x).map(v -> Math.exp(v - most)).average().orElseThrow());
  }
}
