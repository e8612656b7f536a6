package girsanov.bench.model;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Scan;
import girsanov.models.nn.Parameter;
import girsanov.models.training.Objective;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Tensor;
import java.util.List;
import java.util.TreeMap;

/**
 * ½ ‖h(T) − y‖² of an autonomous GRU-ODE of 512 units, by 40 Euler steps:
 *
 * <pre>
 *   r = sigmoid(h U_r),  z = sigmoid(h U_z),  u = tanh((r ⊙ h) U_h),  dh/dt = (1 − z) ⊙ (u − h)
 * </pre>
 *
 * <p>De Brouwer et al., "GRU-ODE-Bayes", 2019, equation 3, without input and so without biases.
 *
 * @param start {@code [batch, 512]}
 * @param target {@code [batch, 512]}
 */
public record GruOde(Cell model, FloatTensor start, FloatTensor target) implements Objective {
  private static final int UNITS = 512;
  private static final int STEPS = 40;
  private static final double DT = 0.05;

  /**
   * The learned matrices.
   *
   * @param gates U_r and U_z side by side, {@code [512, 1024]}
   * @param candidate U_h, {@code [512, 512]}
   */
  public record Cell(Parameter gates, Parameter candidate) {

    static Cell of(int units) {
      double bound = 1 / Math.sqrt(units);
      return new Cell(
          Parameter.uniform("gates", bound, units, 2 * units),
          Parameter.uniform("candidate", bound, units, units));
    }

    /** dh/dt. */
    Expr slope(Expr h) {
      Expr both = h.matmul(gates.expr()).sigmoid();
      int units = h.shape().dim(-1);
      Expr reset = both.slice(-1, 0, units);
      Expr keep = both.slice(-1, units, 2 * units);
      Expr proposed = reset.times(h).matmul(candidate.expr()).tanh();
      return proposed.minus(h).times(keep.negate().plus(1));
    }
  }

  public static GruOde of(int batch) {
    return new GruOde(Cell.of(UNITS), Rows.normal(1, batch, UNITS), Rows.normal(2, batch, UNITS));
  }

  /** Multiply-adds in products of a step, two operations each. */
  public static double flops(int batch) {
    return 2.0 * 3 * STEPS * batch * 3 * UNITS * UNITS;
  }

  @Override
  public int sequences() {
    return start.shape().dim(0);
  }

  @Override
  public Loss trace(int rows) {
    Expr first = Expr.input("start", rows, UNITS);
    Expr wanted = Expr.input("target", rows, UNITS);
    Scan.Step step = (h, _) -> List.of(h.getFirst().plus(model.slope(h.getFirst()).times(DT)));
    Expr last = Scan.of(STEPS, List.of(first), List.of(), false, step).last().getFirst();
    Expr loss = last.minus(wanted).square().sum().times(0.5);
    return new Loss(List.of(first, wanted), new TreeMap<>(), loss);
  }

  @Override
  public void fill(long iteration, int from, List<Tensor> inputs) {
    Rows.copy(start, from, inputs.get(0));
    Rows.copy(target, from, inputs.get(1));
  }
}
