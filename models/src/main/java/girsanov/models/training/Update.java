package girsanov.models.training;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.compile.Program;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import girsanov.tensor.kernel.DoubleAdam;
import girsanov.tensor.kernel.FloatAdam;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A step of {@link Adam} where the vectors lie. First the gradient and its norm, so that a gradient
 * that is not finite is found before anything has changed; then θ, m and v, each element read and
 * written once.
 */
final class Update {
  /** Elements that a thread takes at a time: some 50 microseconds' worth of memory traffic. */
  private static final int SHARE = 64 << 10;

  private final Adam adam;
  private final Program.Execution collect;
  private final Workers workers;
  private final IntConsumer task = this::runShare;
  private final Tensor gradient;
  private final Tensor theta;
  private final Tensor m;
  private final Tensor v;

  /** What is left to divide the gradient by, beside clipping. */
  private final double divisor;

  private double factor;
  private double rate;
  private double scale;

  /**
   * A step from the sum of {@code parts} by {@code divisor}.
   *
   * @param state θ, m and v
   */
  Update(Adam adam, List<Tensor> parts, double divisor, List<Tensor> state, Workers workers) {
    this.adam = adam;
    Precision precision = parts.getFirst().precision();
    int length = parts.getFirst().size();
    collect =
        Program.compile(collect(parts.size(), length, divisor), precision).newExecution(workers);
    for (int i = 0; i < parts.size(); i++) {
      collect.bindInput(i, parts.get(i));
    }
    boolean one = parts.size() == 1;
    this.divisor = one ? divisor : 1;
    this.workers = workers;
    gradient = one ? parts.getFirst() : collect.output(1);
    theta = state.get(0);
    m = state.get(1);
    v = state.get(2);
  }

  /** Adds up the parts; the norm of their sum by the divisor. */
  double norm() {
    collect.run();
    return collect.output(0).at(0);
  }

  /** Moves θ, m and v, after {@link #norm}. */
  void step(long iteration, double norm) {
    factor = adam.clip(norm) / divisor;
    rate = adam.rate(iteration);
    scale = adam.scale(iteration);
    workers.parallel(Math.ceilDiv(theta.size(), SHARE), task);
  }

  private void runShare(int share) {
    int from = share * SHARE;
    int n = Math.min(SHARE, theta.size() - from);
    switch (theta) {
      case FloatTensor x ->
          run(x, (FloatTensor) gradient, (FloatTensor) m, (FloatTensor) v, from, n);
      case DoubleTensor x ->
          run(x, (DoubleTensor) gradient, (DoubleTensor) m, (DoubleTensor) v, from, n);
    }
  }

  private void run(
      FloatTensor theta, FloatTensor gradient, FloatTensor m, FloatTensor v, int from, int n) {
    FloatAdam.step(
        (float) factor,
        (float) adam.beta1(),
        (float) (1 - adam.beta1()),
        (float) adam.beta2(),
        (float) (1 - adam.beta2()),
        (float) rate,
        (float) scale,
        (float) adam.epsilon(),
        (float) adam.weightDecay(),
        gradient.array(),
        gradient.offset() + from,
        theta.array(),
        theta.offset() + from,
        m.array(),
        m.offset() + from,
        v.array(),
        v.offset() + from,
        n);
  }

  private void run(
      DoubleTensor theta, DoubleTensor gradient, DoubleTensor m, DoubleTensor v, int from, int n) {
    DoubleAdam.step(
        factor,
        adam.beta1(),
        1 - adam.beta1(),
        adam.beta2(),
        1 - adam.beta2(),
        rate,
        scale,
        adam.epsilon(),
        adam.weightDecay(),
        gradient.array(),
        gradient.offset() + from,
        theta.array(),
        theta.offset() + from,
        m.array(),
        m.offset() + from,
        v.array(),
        v.offset() + from,
        n);
  }

  /**
   * Inputs: the parts. Outputs: the norm of their sum by the divisor and, if there are several,
   * that vector. The parts are added pairwise, in a tree of fixed form, and so are the squares:
   * first the rows of a matrix, for the threads, where they are made.
   */
  private static Graph collect(int parts, int length, double divisor) {
    var inputs = new ArrayList<Expr>();
    for (int i = 0; i < parts; i++) {
      inputs.add(Expr.input("gradient" + i, length));
    }
    int rows = length % ParameterVector.BLOCK == 0 ? length / ParameterVector.BLOCK : 1;
    var matrix = new Shape(rows, length / rows);
    Expr mean = treeSum(inputs).times(1 / divisor);
    Expr elements =
        parts == 1 ? inputs.getFirst().reshape(matrix).times(1 / divisor) : mean.reshape(matrix);
    Expr norm = elements.square().sum(1).sum().sqrt();
    return new Graph(inputs, parts == 1 ? List.of(norm) : List.of(norm, mean));
  }

  private static Expr treeSum(List<Expr> parts) {
    int half = parts.size() / 2;
    return half == 0
        ? parts.getFirst()
        : treeSum(parts.subList(0, half)).plus(treeSum(parts.subList(half, parts.size())));
  }
}
