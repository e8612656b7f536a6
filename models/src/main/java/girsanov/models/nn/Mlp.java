package girsanov.models.nn;

import girsanov.autodiff.Expr;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Linear layers with an activation between them and none after the last. */
public record Mlp(List<Linear> layers, Activation activation) {

  public Mlp {
    layers = List.copyOf(layers);
  }

  /**
   * A fresh network.
   *
   * @param sizes widths from the input to the output: {@code of(SILU, 101, 100, 100, 8)} has three
   *     layers
   */
  public static Mlp of(Activation activation, int... sizes) {
    if (sizes.length < 2) {
      throw new IllegalArgumentException(
          "mlp: expected at least the input's and the output's width, got "
              + Arrays.toString(sizes));
    }
    var layers = new ArrayList<Linear>();
    for (int i = 1; i < sizes.length; i++) {
      layers.add(Linear.of(sizes[i - 1], sizes[i]));
    }
    return new Mlp(layers, activation);
  }

  /** The same network with a last bias that starts at given values. */
  public Mlp startingAt(Tensor start) {
    var changed = new ArrayList<>(layers);
    changed.set(changed.size() - 1, changed.getLast().startingAt(start));
    return new Mlp(changed, activation);
  }

  /** {@code [.., sizes[0]] → [.., sizes[last]]}. */
  public Expr apply(Expr x) {
    Expr y = layers.getFirst().apply(x);
    for (Linear layer : layers.subList(1, layers.size())) {
      y = layer.apply(activation.apply(y));
    }
    return y;
  }
}
