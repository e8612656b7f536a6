package girsanov.bench.compare;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Whether a result is right: a fast wrong answer is no answer. */
final class Checks {
  /** Relative error of one rounding, for floats and doubles. */
  private static final double FLOAT_ROUNDING = Math.ulp(1f) / 2;

  private static final double DOUBLE_ROUNDING = Math.ulp(1.0) / 2;

  /** What single-precision sums in different orders may differ by, relative to a loss. */
  private static final double TRAINING = 2e-3;

  private static final double MAPPING = 2e-6;

  private static final double STANDARD_ERRORS = 5;

  private Checks() {}

  /**
   * What is wrong with a contender's result; empty if nothing.
   *
   * @param results of those already accepted, ours first
   */
  static Optional<String> complaint(
      Work work, String name, double[] result, List<double[]> results) {
    double error =
        switch (work) {
          case Work.Product product -> product(product, result);
          case Work.Mapping mapping -> mapping(mapping, result);
          case Work.Normals normals -> normals(normals, result);
          case Work.Training _ -> training(result, results);
          case Work.Figure _ -> 0;
        };
    return error <= 1
        ? Optional.empty()
        : Optional.of(
            "%s: WRONG RESULT, its error is %.3g times what is allowed".formatted(name, error));
  }

  /**
   * For random v, C v against A (B v), which costs little for any size, by what rounding allows.
   */
  private static double product(Work.Product work, double[] c) {
    int m = work.m();
    int k = work.k();
    int n = work.n();
    double[] a = work.a();
    double[] b = work.b();
    var random = new Random(7);
    double[] v = random.doubles(n, -1, 1).toArray();
    var bv = new double[k];
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        bv[p] += b[p * n + j] * v[j];
      }
    }
    double rounding =
        switch (work.precision()) {
          case FLOAT -> FLOAT_ROUNDING;
          case DOUBLE -> DOUBLE_ROUNDING;
        };
    // Elements are sums of k terms of size 1, each rounded at its own size.
    double allowed = 8 * rounding * k * Math.sqrt(n);
    double worst = 0;
    for (int i = 0; i < m; i++) {
      double expected = 0;
      for (int p = 0; p < k; p++) {
        expected += a[i * k + p] * bv[p];
      }
      double got = 0;
      for (int j = 0; j < n; j++) {
        got += c[i * n + j] * v[j];
      }
      worst = greater(worst, Math.abs(got - expected) / allowed);
    }
    return worst;
  }

  /** A peer may return a sample: every so-manieth element. */
  private static double mapping(Work.Mapping work, double[] y) {
    double[] x = work.x();
    int every = x.length / y.length;
    double worst = 0;
    for (int i = 0; i < y.length; i++) {
      double expected = work.function().plain.applyAsDouble(x[i * every]);
      // Near 0, PyTorch's ELU is a difference of numbers near 1.
      double allowed = MAPPING * Math.max(Math.abs(expected), 0.1);
      worst = greater(worst, Math.abs(y[i] - expected) / allowed);
    }
    return worst;
  }

  /** Mean and mean square in standard errors, of which five are allowed. */
  private static double normals(Work.Normals work, double[] moments) {
    double mean = Math.abs(moments[0]) * Math.sqrt(work.n());
    double square = Math.abs(moments[1] - 1) * Math.sqrt(work.n() / 2.0);
    return greater(greater(0, mean / STANDARD_ERRORS), square / STANDARD_ERRORS);
  }

  private static double training(double[] result, List<double[]> results) {
    double[] expected = results.isEmpty() ? result : results.getFirst();
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      double allowed = TRAINING * Math.abs(expected[i]);
      worst = greater(worst, Math.abs(result[i] - expected[i]) / allowed);
    }
    return worst;
  }

  /** The greater of two; not finite if either is. */
  private static double greater(double worst, double error) {
    return Double.isFinite(error) ? Math.max(worst, error) : Double.POSITIVE_INFINITY;
  }
}
