package girsanov.bench.compare;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Vjp;
import girsanov.autodiff.compile.Program;
import girsanov.models.nn.Parameter;
import girsanov.models.training.Adam;
import girsanov.models.training.Objective;
import girsanov.models.training.Objective.Loss;
import girsanov.models.training.ParameterVector;
import girsanov.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** A piece of work, the same for all who take part. */
public sealed interface Work {

  /**
   * C[m, n] = A[m, k] B[k, n], row-major. The result to check is C.
   *
   * @param precision of A, B and C
   */
  record Product(Precision precision, int m, int k, int n) implements Work {

    /** A, row by row; the numbers are floats in either precision. */
    public double[] a() {
      return gaussian(1, m * k);
    }

    /** B, row by row. */
    public double[] b() {
      return gaussian(2, k * n);
    }

    /** Floating-point operations. */
    public double flops() {
      return 2.0 * m * k * n;
    }

    /** Of A, B and C, each once. */
    double bytes() {
      return (double) precision.bytes() * ((double) m * k + (double) k * n + (double) m * n);
    }
  }

  /** y = f(x) for n floats, into memory that is there already. The result to check is y. */
  record Mapping(Function function, int n) implements Work {
    public double[] x() {
      return gaussian(3, n);
    }
  }

  /**
   * n new standard normals, floats, into memory that is there already. The result to check is their
   * mean and the mean of their squares.
   */
  record Normals(int n) implements Work {}

  /**
   * A step of training: new noise, loss, gradient, Adam. The result to check is the loss and the
   * norm of its gradient, both means over the sequences, for the parameters and the noise of
   * iteration 0.
   *
   * @param kind which model and loss, a word that a peer knows it by
   * @param blockRows the rows of a block of ours, 0 for as many as a trainer chooses
   */
  record Training(String kind, Objective objective, ParameterVector start, Adam adam, int blockRows)
      implements Work {

    Training inBlocksOf(int rows) {
      return new Training(kind, objective, start, adam, rows);
    }

    /** Traces and compiles the loss of so many rows and its gradient, as a block of a step. */
    Program program(int rows) {
      Loss loss = objective.trace(rows);
      var parameters = new ArrayList<Expr>();
      for (Parameter parameter : start.parameters().values()) {
        parameters.add(parameter.expr());
      }
      var inputs = new ArrayList<>(loss.inputs());
      inputs.addAll(parameters);
      var outputs = new ArrayList<>(List.of(loss.total()));
      outputs.addAll(Vjp.gradient(loss.total(), parameters));
      return Program.compile(new Graph(inputs, outputs), start.precision());
    }
  }

  /**
   * A figure of a whole process that trains, in place of a duration of steps. There is nothing to
   * check: the training is checked where its steps are timed.
   *
   * @param batch the number of sequences
   * @param steps of training
   */
  record Figure(Kind kind, Model model, int batch, int steps) implements Work {}

  /** What a figure says. */
  enum Kind {
    /** The most memory that a process which trains ever had, in bytes. */
    PEAK_MEMORY,
    /** Bytes that a sequence takes in a block of a step: what scan keeps for the way back, most. */
    WORK_MEMORY,
    /** Bytes that a step allocates once all kernels are compiled. */
    ALLOCATION,
    /** Seconds to trace a loss, differentiate and compile it, in a process that just began. */
    COMPILE_TIME,
    /** Seconds from where a fresh process has its data until steps take little more than later. */
    WARM_UP
  }

  /** An elementary function. */
  enum Function {
    EXP(Expr::exp, Math::exp),
    SIGMOID(Expr::sigmoid, x -> 1 / (1 + Math.exp(-x))),
    ELU(Expr::elu, x -> x > 0 ? x : Math.expm1(x)),
    TANH(Expr::tanh, Math::tanh),
    SOFTPLUS(Expr::softplus, x -> Math.log1p(Math.exp(x)));

    final UnaryOperator<Expr> ours;
    final DoubleUnaryOperator plain;

    Function(UnaryOperator<Expr> ours, DoubleUnaryOperator plain) {
      this.ours = ours;
      this.plain = plain;
    }
  }

  private static double[] gaussian(long seed, int size) {
    var random = new Random(seed);
    var values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
