package girsanov.models.nn;

import girsanov.autodiff.Expr;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An {@link Mlp} of two inputs side by side, a condition c and a state x. The first layer is kept
 * in two parts, c W_c + b and x W_x, so that in a loop over x the condition's part is computed once
 * for all steps, as one large product.
 *
 * @param condition W_c {@code [condition, first]} and b
 * @param weight W_x {@code [state, first]}
 * @param rest the layers after the first
 */
public record ConditionedMlp(
    Linear condition, Parameter weight, List<Linear> rest, Activation activation) {

  public ConditionedMlp {
    rest = List.copyOf(rest);
  }

  /**
   * A fresh network; all layers start as those of an {@link Mlp} would.
   *
   * @param widths of the hidden layers, and of the output
   */
  public static ConditionedMlp of(Activation activation, int condition, int state, int... widths) {
    if (widths.length < 1) {
      throw new IllegalArgumentException(
          "conditioned mlp: expected at least the output's width, got " + Arrays.toString(widths));
    }
    double bound = 1 / Math.sqrt(condition + state);
    var first =
        new Linear(
            Parameter.uniform("weight", bound, condition, widths[0]),
            Parameter.uniform("bias", bound, widths[0]));
    var rest = new ArrayList<Linear>();
    for (int i = 1; i < widths.length; i++) {
      rest.add(Linear.of(widths[i - 1], widths[i]));
    }
    Parameter weight = Parameter.uniform("state_weight", bound, state, widths[0]);
    return new ConditionedMlp(first, weight, rest, activation);
  }

  /** The same network with a last bias that starts at given values. */
  public ConditionedMlp startingAt(Tensor start) {
    if (rest.isEmpty()) {
      return new ConditionedMlp(condition.startingAt(start), weight, rest, activation);
    }
    var changed = new ArrayList<>(rest);
    changed.set(changed.size() - 1, changed.getLast().startingAt(start));
    return new ConditionedMlp(condition, weight, changed, activation);
  }

  /** The condition's part of the first layer, {@code [.., condition] → [.., first]}. */
  public Expr given(Expr c) {
    return condition.apply(c);
  }

  /** The output, from the condition's part and the state, {@code [.., state] → [.., out]}. */
  public Expr apply(Expr given, Expr x) {
    Expr y = x.matmul(weight.expr()).plus(given);
    for (Linear layer : rest) {
      y = layer.apply(activation.apply(y));
    }
    return y;
  }
}
