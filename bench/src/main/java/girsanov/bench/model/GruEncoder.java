package girsanov.bench.model;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Gru;
import girsanov.models.training.Objective;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Tensor;
import java.util.List;
import java.util.TreeMap;

/**
 * ½ Σ o² of the outputs of the SDE Matching notebook's encoder: 41 steps, 3 inputs, 100 units.
 *
 * @param values {@code [41, batch, 3]}
 */
public record GruEncoder(Gru model, FloatTensor values) implements Objective {
  public static final int STEPS = 41;
  private static final int IN = 3;
  private static final int HIDDEN = 100;

  public static GruEncoder of(int batch) {
    return new GruEncoder(Gru.of(IN, HIDDEN), Rows.normal(1, STEPS, batch, IN));
  }

  /** Multiply-adds in products of a step, two operations each; the values need no gradient. */
  public static double flops(int batch) {
    return 2.0 * STEPS * batch * 3 * HIDDEN * (2 * IN + 3.0 * HIDDEN);
  }

  @Override
  public int sequences() {
    return values.shape().dim(1);
  }

  @Override
  public Loss trace(int rows) {
    Expr in = Expr.input("values", STEPS, rows, IN);
    Expr loss = model.apply(in).square().sum().times(0.5);
    return new Loss(List.of(in), new TreeMap<>(), loss);
  }

  @Override
  public void fill(long iteration, int from, List<Tensor> inputs) {
    Rows.copySteps(values, from, inputs.get(0));
  }
}
