package girsanov.bench.model;

import girsanov.autodiff.Expr;
import girsanov.models.nn.Activation;
import girsanov.models.nn.Mlp;
import girsanov.models.training.Objective;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Tensor;
import java.util.List;
import java.util.TreeMap;

/**
 * ½ ‖mlp(x) − y‖² for a network 512 → 4 × 1024 ELU → 128, the networks of VSDN (arXiv 2006.06145,
 * appendix A).
 *
 * @param x {@code [batch, 512]}
 * @param y {@code [batch, 128]}
 */
public record MlpRegression(Mlp model, FloatTensor x, FloatTensor y) implements Objective {
  private static final int IN = 512;
  private static final int HIDDEN = 1024;
  private static final int OUT = 128;

  public static MlpRegression of(int batch) {
    return new MlpRegression(
        Mlp.of(Activation.ELU, IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, OUT),
        Rows.normal(1, batch, IN),
        Rows.normal(2, batch, OUT));
  }

  /** Multiply-adds in products of a step, two operations each; x needs no gradient. */
  public static double flops(int batch) {
    double rest = 3.0 * HIDDEN * HIDDEN + HIDDEN * OUT;
    return 2.0 * batch * (2.0 * IN * HIDDEN + 3 * rest);
  }

  @Override
  public int sequences() {
    return x.shape().dim(0);
  }

  @Override
  public Loss trace(int rows) {
    Expr in = Expr.input("x", rows, IN);
    Expr target = Expr.input("y", rows, OUT);
    Expr loss = model.apply(in).minus(target).square().sum().times(0.5);
    return new Loss(List.of(in, target), new TreeMap<>(), loss);
  }

  @Override
  public void fill(long iteration, int from, List<Tensor> inputs) {
    Rows.copy(x, from, inputs.get(0));
    Rows.copy(y, from, inputs.get(1));
  }
}
