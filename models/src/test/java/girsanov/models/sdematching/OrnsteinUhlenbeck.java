package girsanov.models.sdematching;

import girsanov.autodiff.Expr;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;

/**
 * The stationary process dz = −θz dt + g dw, z₀ ~ N(0, v), v = g²/2θ, seen as x_i = z(t_i) + N(0,
 * r²) at N times: everything about it is known. Its covariance is k(s, t) = v e^{−θ|s − t|}.
 */
record OrnsteinUhlenbeck(double theta, double g, double r, double[] times)
    implements Prior, Decoder {

  double variance() {
    return g * g / (2 * theta);
  }

  @Override
  public Gaussian initial() {
    return new Gaussian(
        Expr.zeros(Shape.of(1)), Expr.constant(0.5 * Math.log(variance())).reshape(1));
  }

  @Override
  public Expr drift(Expr z, Expr t) {
    return z.times(-theta);
  }

  @Override
  public Expr diffusion(Expr z, Expr t) {
    return Expr.constant(g).broadcastTo(z.shape());
  }

  @Override
  public Gaussian given(Expr z) {
    return new Gaussian(z, Expr.constant(Math.log(r)));
  }

  /** −log p(x) by a Kalman filter. */
  double negativeLogLikelihood(double[] x) {
    double mean = 0;
    double spread = variance();
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double decay = i == 0 ? 1 : Math.exp(-theta * (times[i] - times[i - 1]));
      mean *= decay;
      spread = variance() + decay * decay * (spread - variance());
      double total = spread + r * r;
      double error = x[i] - mean;
      sum += 0.5 * (Math.log(2 * Math.PI * total) + error * error / total);
      mean += spread / total * error;
      spread *= r * r / total;
    }
    return sum;
  }

  /**
   * The exact smoothing marginals, by conditioning a Gaussian process: with k(t) the covariances of
   * z(t) with z(t_i) and K + r²I that of x, μ(t) = k(t)ᵀ(K + r²I)⁻¹x and σ²(t) = v − k(t)ᵀ(K +
   * r²I)⁻¹k(t).
   */
  Posterior exactPosterior() {
    int n = times.length;
    double[] flat = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      double distance = Math.abs(times[i / n] - times[i % n]);
      flat[i] = variance() * Math.exp(-theta * distance) + (i / n == i % n ? r * r : 0);
    }
    Expr inverse = Expr.constant(Tensor.of(Precision.DOUBLE, Shape.of(n, n), inverse(flat, n)));
    Expr at = Expr.constant(Tensor.of(Precision.DOUBLE, Shape.of(n), times));
    return given ->
        t -> {
          Expr distance = t.insertAxis(2).minus(at).abs();
          Expr k = distance.times(-theta).exp().times(variance());
          Expr weights = k.matmul(inverse);
          Expr x = given.values().get(2, 0).transpose().insertAxis(1);
          Expr mean = weights.times(x).sum(-1);
          Expr variance = weights.times(k).sum(-1).negate().plus(variance());
          return new Gaussian(mean.insertAxis(2), variance.log().times(0.5).insertAxis(2));
        };
  }

  /** Gauss and Jordan. */
  private static double[] inverse(double[] a, int n) {
    double[] inverse = new double[n * n];
    for (int i = 0; i < n; i++) {
      inverse[i * n + i] = 1;
    }
    for (int pivot = 0; pivot < n; pivot++) {
      double scale = a[pivot * n + pivot];
      for (int j = 0; j < n; j++) {
        a[pivot * n + j] /= scale;
        inverse[pivot * n + j] /= scale;
      }
      for (int i = 0; i < n; i++) {
        double factor = a[i * n + pivot];
        for (int j = 0; j < n && i != pivot; j++) {
          a[i * n + j] -= factor * a[pivot * n + j];
          inverse[i * n + j] -= factor * inverse[pivot * n + j];
        }
      }
    }
    return inverse;
  }
}
