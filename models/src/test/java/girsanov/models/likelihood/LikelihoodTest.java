package girsanov.models.likelihood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Vjp;
import girsanov.models.Values;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each distribution against sums over all frames, quadrature, and its formula in plain Java. */
final class LikelihoodTest {
  private static final double WIDTH = 16;
  private static final int POINTS = 8001;

  /** Two components with different weights, means and spreads, in two dimensions. */
  private static final double[] MIXED = {0.3, -0.6, -1, 0.5, 1.5, -0.7, -0.4, 0.1, -0.9, 0.3};

  private static Expr constant(double... values) {
    return Expr.constant(Tensor.of(Precision.DOUBLE, Shape.of(values.length), values));
  }

  private static double[] value(Expr closed) {
    return new Values().plain(closed).toArray();
  }

  /** The same θ in so many rows. */
  private static Expr rows(int count, double... theta) {
    return constant(theta).insertAxis(0).broadcastTo(Shape.of(count, theta.length));
  }

  private static Expr grid() {
    double[] points = IntStream.range(0, POINTS).mapToDouble(LikelihoodTest::point).toArray();
    return constant(points).reshape(POINTS, 1);
  }

  private static double point(int i) {
    return WIDTH * (2.0 * i / (POINTS - 1) - 1);
  }

  /** ∫ p(y) f(y) dy by sums over even points, which converge faster than any power. */
  private static double integral(Likelihood likelihood, double[] theta, DoubleUnaryOperator f) {
    double[] nll = value(likelihood.nll(rows(POINTS, theta), grid()));
    double sum = 0;
    for (int i = 0; i < POINTS; i++) {
      sum += Math.exp(-nll[i]) * f.applyAsDouble(point(i));
    }
    return sum * 2 * WIDTH / (POINTS - 1);
  }

  /** A distribution of one number. */
  private static final class Case {
    final Likelihood likelihood;
    final double[] theta;

    Case(Likelihood likelihood, double... theta) {
      this.likelihood = likelihood;
      this.theta = theta;
    }

    @Override
    public String toString() {
      return likelihood.toString();
    }
  }

  static Stream<Case> real() {
    return Stream.of(
        new Case(new Gaussian(1, 1), 0.4, -0.7),
        new Case(new FixedGaussian(1, 0.3, 1), -0.6),
        new Case(new GaussianMixture(1, 1, 1), 2, 0.4, -0.7),
        new Case(new GaussianMixture(1, 3, 1), 0.2, -1, 0.5, -2, 0.3, 1.1, -0.5, -1.2, 0.1));
  }

  @Test
  void bitsSumToOne() {
    double[] theta = {-1.3, 0.4, 2.1};
    Tensor patterns = DoubleTensor.zeros(Shape.of(8, 3));
    for (int i = 0; i < 24; i++) {
      patterns.put(i, ((i / 3) >> (i % 3)) & 1);
    }
    Likelihood bits = new Bernoulli(3);
    double[] nll = value(bits.nll(rows(8, theta), Expr.constant(patterns)));
    assertEquals(1, Arrays.stream(nll).map(x -> Math.exp(-x)).sum(), 1e-14);
    double[] mean = new double[3];
    for (int i = 0; i < 24; i++) {
      mean[i % 3] += Math.exp(-nll[i / 3]) * patterns.at(i);
    }
    assertArrayEquals(mean, value(bits.mean(constant(theta))), 1e-14);
  }

  /** No bit is impossible, and no log-odds overflow. */
  @Test
  void bitsOfExtremeOdds() {
    Expr theta = constant(900, -900, 900);
    double[] nll = value(new Bernoulli(3).nll(theta, constant(1, 0, 0)));
    assertArrayEquals(new double[] {900}, nll, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("real")
  void densitiesIntegrateToOne(Case of) {
    assertEquals(1, integral(of.likelihood, of.theta, _ -> 1), 1e-12);
    double mean = integral(of.likelihood, of.theta, y -> y);
    assertEquals(mean, value(of.likelihood.mean(constant(of.theta)))[0], 1e-12);
  }

  /** The components of a mixture are components of the frame, not of each of its numbers. */
  @Test
  void aMixtureOfFramesIntegratesToOne() {
    int side = 241;
    double step = 0.1;
    DoubleTensor points = DoubleTensor.zeros(Shape.of(side * side, 2));
    for (int i = 0; i < side * side; i++) {
      points.set(step * (i / side - side / 2), i, 0).set(step * (i % side - side / 2), i, 1);
    }
    Likelihood mixture = new GaussianMixture(2, 2, 1);
    double[] nll = value(mixture.nll(rows(side * side, MIXED), Expr.constant(points)));
    double[] density = Arrays.stream(nll).map(x -> step * step * Math.exp(-x)).toArray();
    double product = 0;
    for (int i = 0; i < density.length; i++) {
      product += density[i] * points.get(i, 0) * points.get(i, 1);
    }
    assertEquals(1, Arrays.stream(density).sum(), 1e-12);
    double w = 1 / (1 + Math.exp(MIXED[1] - MIXED[0]));
    double expected = w * MIXED[2] * MIXED[3] + (1 - w) * MIXED[4] * MIXED[5];
    assertEquals(expected, product, 1e-12);
  }

  /** What the jump is told, against quadrature. */
  @ParameterizedTest
  @MethodSource("real")
  void featuresAreTheMoments(Case of) {
    List<Expr> features = of.likelihood.features(constant(of.theta), constant(0.123));
    assertEquals(of.likelihood.featureCount(), features.size());
    assertEquals(0.123, value(features.get(0))[0]);
    double mean = integral(of.likelihood, of.theta, y -> y);
    assertEquals(mean, value(features.get(1))[0], 1e-12);
    double variance = integral(of.likelihood, of.theta, y -> (y - mean) * (y - mean));
    assertEquals(
        0.5 * Math.log(variance), value(of.likelihood.logStd(constant(of.theta)))[0], 1e-11);
    if (features.size() > 2) {
      assertEquals(Math.log(variance), value(features.get(2))[0], 1e-11);
    }
  }

  /** KL(p ‖ N(y, 0.01²)) = E log p − E log N(·; y, 0.01²), both by quadrature. */
  @ParameterizedTest
  @MethodSource("real")
  void surpriseIsADivergence(Case of) {
    double y = -0.2;
    double mean = integral(of.likelihood, of.theta, x -> x);
    double variance = integral(of.likelihood, of.theta, x -> (x - mean) * (x - mean));
    // Of a mixture, that of the normal distribution with its moments.
    double[] normal = {mean, 0.5 * Math.log(variance)};
    Likelihood gaussian = new Gaussian(1, 1);
    double[] nll = value(gaussian.nll(rows(POINTS, normal), grid()));
    double[] other = value(new FixedGaussian(1, 0.01, 1).nll(rows(POINTS, y), grid()));
    double divergence = 0;
    for (int i = 0; i < POINTS; i++) {
      divergence += Math.exp(-nll[i]) * (other[i] - nll[i]) * 2 * WIDTH / (POINTS - 1);
    }
    double surprise = value(of.likelihood.surprise(constant(of.theta), constant(y)))[0];
    assertEquals(divergence, surprise, 1e-9 * divergence);
  }

  /** The standard deviation of a bit is √(p (1 − p)), and has a logarithm at all log-odds. */
  @Test
  void standardDeviationsOfBits() {
    double p = 1 / (1 + Math.exp(0.7));
    double[] logStd = value(new Bernoulli(2).logStd(constant(-0.7, 900)));
    assertArrayEquals(new double[] {0.5 * Math.log(p * (1 - p)), -450}, logStd, 1e-12);
  }

  @Test
  void surpriseOfBitsIsTheirMisfit() {
    Likelihood bits = new Bernoulli(2);
    Expr theta = constant(0.3, -2);
    Expr y = constant(1, 0);
    assertArrayEquals(value(bits.nll(theta, y)), value(bits.surprise(theta, y)));
  }

  /** A unit is a change of variables: of θ and of what networks are told, not of the density. */
  @Test
  void aUnitIsAChangeOfVariables() {
    double unit = 0.1;
    double[] y = {0.07, -0.2};
    Expr inUnit = constant(y[0] / unit, y[1] / unit);
    for (var pair :
        List.of(
            List.of(new Gaussian(2, unit), new Gaussian(2, 1)),
            List.of(new FixedGaussian(2, 0.03, unit), new FixedGaussian(2, 0.3, 1)),
            List.of(new GaussianMixture(2, 2, unit), new GaussianMixture(2, 2, 1)))) {
      Likelihood scaled = pair.get(0);
      Likelihood plain = pair.get(1);
      Expr theta = Expr.constant(Values.normals(3, scaled.width()));
      double expected = value(plain.nll(theta, inUnit))[0] + 2 * Math.log(unit);
      assertEquals(expected, value(scaled.nll(theta, constant(y)))[0], 1e-12);
      double[] mean = value(plain.mean(theta).times(unit));
      assertArrayEquals(mean, value(scaled.mean(theta)), 1e-14);
      for (int i = 0; i < scaled.featureCount(); i++) {
        double[] told = value(plain.features(theta, inUnit).get(i));
        assertArrayEquals(told, value(scaled.features(theta, constant(y)).get(i)), 1e-12);
      }
    }
  }

  /** What a network starts from has the moments it was made of. */
  @Test
  void constantsHaveTheMoments() {
    double[] mean = {0.3, 0.02};
    double[] variance = {0.04, 0.01};
    for (Likelihood likelihood :
        List.of(
            new Bernoulli(2),
            new Gaussian(2, 0.1),
            new FixedGaussian(2, 0.7, 0.1),
            new GaussianMixture(2, 3, 0.1))) {
      Expr theta = Expr.constant(likelihood.constant(mean, variance));
      assertArrayEquals(mean, value(likelihood.mean(theta)), 1e-12);
    }
  }

  /** In plain Java, over leading axes. */
  @Test
  void formulas() {
    DoubleTensor theta = Values.normals(1, 2, 3, 10);
    for (int i = 0; i < theta.size(); i++) {
      theta.put(i, 0.5 * theta.at(i));
    }
    DoubleTensor real = Values.normals(2, 2, 3, 2);
    for (Likelihood likelihood :
        List.of(
            new Bernoulli(2),
            new Gaussian(2, 1),
            new FixedGaussian(2, 0.7, 1),
            new GaussianMixture(2, 2, 1))) {
      int width = likelihood.width();
      boolean bits = likelihood instanceof Bernoulli;
      DoubleTensor y = real.copy();
      for (int i = 0; bits && i < y.size(); i++) {
        y.put(i, y.at(i) > 0 ? 1 : 0);
      }
      Expr nll = likelihood.nll(Expr.constant(theta).slice(-1, 0, width), Expr.constant(y));
      assertEquals(Shape.of(2, 3), nll.shape());
      double[] actual = value(nll);
      for (int row = 0; row < 6; row++) {
        double[] of = Arrays.copyOfRange(theta.toArray(), 10 * row, 10 * row + width);
        double[] frame = Arrays.copyOfRange(y.toArray(), 2 * row, 2 * row + 2);
        assertEquals(plain(likelihood, of, frame), actual[row], 1e-12);
      }
    }
  }

  private static double plain(Likelihood likelihood, double[] theta, double[] y) {
    double sum = 0;
    switch (likelihood) {
      case Bernoulli(int dim) -> {
        for (int d = 0; d < dim; d++) {
          double one = 1 / (1 + Math.exp(-theta[d]));
          sum -= Math.log(y[d] > 0 ? one : 1 - one);
        }
      }
      case Gaussian(int dim, double _) -> {
        for (int d = 0; d < dim; d++) {
          sum -= Math.log(density(y[d], theta[d], Math.exp(theta[dim + d])));
        }
      }
      case FixedGaussian(int dim, double std, double _) -> {
        for (int d = 0; d < dim; d++) {
          sum -= Math.log(density(y[d], theta[d], std));
        }
      }
      case GaussianMixture(int dim, int components, double _) -> {
        double weights = 0;
        double all = 0;
        for (int k = 0; k < components; k++) {
          double component = Math.exp(theta[k]);
          weights += component;
          for (int d = 0; d < dim; d++) {
            int mean = components + k * dim + d;
            double std = Math.exp(theta[mean + components * dim]);
            component *= density(y[d], theta[mean], std);
          }
          all += component;
        }
        sum = -Math.log(all / weights);
      }
    }
    return sum;
  }

  private static double density(double y, double mean, double std) {
    double error = (y - mean) / std;
    return Math.exp(-0.5 * error * error) / (std * Math.sqrt(2 * Math.PI));
  }

  /** Limits of log σ, beyond which it does not matter and is not learned. */
  @Test
  void deviationsAreLimited() {
    double[][] thetas = {{0.1, 0.1, -20, 20}, {0.1, 0.1, -7, 2}};
    Expr y = constant(0.1, 3);
    Likelihood gaussian = new Gaussian(2, 1);
    Likelihood mixture = new GaussianMixture(2, 1, 1);
    double[] beyond = value(gaussian.nll(constant(thetas[0]), y));
    assertArrayEquals(value(gaussian.nll(constant(thetas[1]), y)), beyond);
    assertArrayEquals(beyond, value(mixture.nll(constant(0, 0.1, 0.1, -20, 20), y)), 1e-12);
    Expr theta = Expr.input("theta", 4);
    var values = new Values().put(theta, Tensor.of(Precision.DOUBLE, Shape.of(4), thetas[0]));
    Expr slope = Vjp.gradient(gaussian.nll(theta, y), List.of(theta)).getFirst();
    double[] gradient = values.plain(slope).toArray();
    assertArrayEquals(new double[] {0, 0}, Arrays.copyOfRange(gradient, 2, 4));
    assertTrue(gradient[1] != 0);
  }

  /** Mean, variance and the median of many draws, each within four standard errors. */
  @ParameterizedTest
  @MethodSource("real")
  void drawsHaveTheDistribution(Case of) {
    int draws = 20_000;
    Expr uniform = Expr.constant(Values.units(3, draws, 1));
    Expr normal = Expr.constant(Values.normals(4, draws, 1));
    double[] drawn = value(of.likelihood.sample(rows(draws, of.theta), uniform, normal));
    double mean = integral(of.likelihood, of.theta, y -> y);
    for (DoubleUnaryOperator f :
        List.<DoubleUnaryOperator>of(y -> y, y -> y * y, y -> y < mean ? 1 : 0, Math::sin)) {
      double expected = integral(of.likelihood, of.theta, f);
      double square = integral(of.likelihood, of.theta, y -> Math.pow(f.applyAsDouble(y), 2));
      double error = Math.sqrt((square - expected * expected) / draws);
      assertEquals(expected, Arrays.stream(drawn).map(f).average().orElseThrow(), 4 * error);
    }
  }

  @Test
  void drawsOfBits() {
    int draws = 20_000;
    double[] theta = {-2, 0.5};
    Expr uniform = Expr.constant(Values.units(5, draws, 2));
    double[] drawn = value(new Bernoulli(2).sample(rows(draws, theta), uniform, uniform));
    for (int d = 0; d < 2; d++) {
      double p = 1 / (1 + Math.exp(-theta[d]));
      double sum = 0;
      for (int i = d; i < drawn.length; i += 2) {
        assertTrue(drawn[i] == 0 || drawn[i] == 1);
        sum += drawn[i];
      }
      assertEquals(p, sum / draws, 4 * Math.sqrt(p * (1 - p) / draws));
    }
  }

  /** All numbers of a drawn frame are of one component, and the last takes what rounding leaves. */
  @Test
  void aDrawnFrameIsOfOneComponent() {
    double[] theta = {0, 0, 0, -1, -1, 0, 0, 1, 1, -7, -7, -7, -7, -7, -7};
    double[] choosers = {1e-9, 0.3333, 0.3334, 0.6666, 0.6667, 1 - 1e-16};
    DoubleTensor uniform = DoubleTensor.zeros(Shape.of(6, 2));
    for (int i = 0; i < 6; i++) {
      uniform.set(choosers[i], i, 0).set(1 - choosers[i], i, 1);
    }
    Expr normal = Expr.zeros(Shape.of(6, 2));
    Expr sample =
        new GaussianMixture(2, 3, 1).sample(rows(6, theta), Expr.constant(uniform), normal);
    double[] expected = {-1, -1, -1, -1, 0, 0, 0, 0, 1, 1, 1, 1};
    assertArrayEquals(expected, value(sample), 1e-12);
  }

  @Test
  void refusals() {
    assertThrows(IllegalArgumentException.class, () -> new FixedGaussian(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new GaussianMixture(1, 0, 1));
  }
}
