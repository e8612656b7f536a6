package girsanov.models.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import girsanov.tensor.Noise;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdamTest {
  private static final int LENGTH = 40;
  private static final int PARTS = 3;
  private static final double DIVISOR = 5;

  private final Workers workers = new Workers(1);

  @ParameterizedTest
  @CsvSource({"Infinity, 0", "0.5, 0", "1e3, 0", "Infinity, 0.3", "0.5, 5e-4", "0.5, 2"})
  void equalsAPlainImplementation(double clipNorm, double weightDecay) {
    Adam adam =
        Adam.of(Schedule.exponential(0.01, 0.9))
            .withWeightDecay(weightDecay)
            .withClipNorm(clipNorm);
    List<Tensor> parts = vectors(Precision.DOUBLE, PARTS, LENGTH);
    List<Tensor> state = vectors(Precision.DOUBLE, 3, LENGTH);
    var update = new Update(adam, parts, DIVISOR, state, workers);
    Noise.normal(4, 0, 0, state.getFirst());
    double[] theta = state.getFirst().toArray();
    var m = new double[LENGTH];
    var v = new double[LENGTH];
    for (int iteration = 0; iteration < 20; iteration++) {
      var gradient = new double[LENGTH];
      for (int part = 0; part < PARTS; part++) {
        Tensor g = parts.get(part);
        Noise.normal(3, iteration, (long) part * LENGTH, g);
        for (int i = 0; i < LENGTH; i++) {
          gradient[i] += g.at(i) / DIVISOR;
        }
      }
      double norm = plainStep(adam, iteration, gradient, theta, m, v);
      assertEquals(norm, update.norm(), 1e-13);
      update.step(iteration, norm);
      for (int i = 0; i < LENGTH; i++) {
        assertEquals(theta[i], state.get(0).at(i), 1e-14);
        assertEquals(m[i], state.get(1).at(i), 1e-14);
        assertEquals(v[i], state.get(2).at(i), 1e-14);
      }
    }
  }

  /** A first step is as long as the learning rate, whatever the gradient's size. */
  @Test
  void firstStepIsTheLearningRate() {
    Adam adam = Adam.of(Schedule.constant(0.1));
    Tensor gradient = Tensor.of(Precision.FLOAT, Shape.of(3), 1e-3, -20, 0);
    List<Tensor> state = vectors(Precision.FLOAT, 3, 3);
    var update = new Update(adam, List.of(gradient), 1, state, workers);
    update.step(0, update.norm());
    List<Double> expected = List.of(-0.1, 0.1, 0.0);
    for (int i = 0; i < 3; i++) {
      assertEquals(expected.get(i), state.getFirst().at(i), 2e-6);
    }
  }

  /** Where no gradient pulls, a decayed parameter goes towards 0, and one that is 0 stays. */
  @Test
  void decayPullsTowards0() {
    Adam adam = Adam.of(Schedule.constant(0.1)).withWeightDecay(0.01);
    Tensor gradient = Tensor.of(Precision.FLOAT, Shape.of(3), 0, 0, 0);
    List<Tensor> state = vectors(Precision.FLOAT, 3, 3);
    state.getFirst().put(0, 5);
    state.getFirst().put(1, -5);
    var update = new Update(adam, List.of(gradient), 1, state, workers);
    update.step(0, update.norm());
    assertArrayEquals(new double[] {4.9, -4.9, 0}, state.getFirst().toArray(), 1e-5);
  }

  /** Large vectors are shared out; bits do not depend on it, nor on how the norm is added up. */
  @ParameterizedTest
  @EnumSource
  void anyNumberOfThreadsGivesTheSameBits(Precision precision) {
    int length = 200 * ParameterVector.BLOCK;
    Adam adam = Adam.of(Schedule.constant(0.1)).withClipNorm(1);
    for (int parts : new int[] {1, 3}) {
      var results = new ArrayList<List<Tensor>>();
      for (int threads = 1; threads <= 3; threads++) {
        try (var team = new Workers(threads)) {
          List<Tensor> gradients = vectors(precision, parts, length);
          List<Tensor> state = vectors(precision, 3, length);
          for (int part = 0; part < parts; part++) {
            Noise.normal(5, part, 0, gradients.get(part));
          }
          var update = new Update(adam, gradients, 7, state, team);
          update.step(0, update.norm());
          results.add(state);
        }
      }
      for (List<Tensor> other : results) {
        for (int i = 0; i < other.size(); i++) {
          assertArrayEquals(results.getFirst().get(i).toArray(), other.get(i).toArray());
        }
      }
    }
  }

  private static List<Tensor> vectors(Precision precision, int count, int length) {
    var vectors = new ArrayList<Tensor>();
    for (int i = 0; i < count; i++) {
      vectors.add(Tensor.zeros(precision, Shape.of(length)));
    }
    return vectors;
  }

  @Test
  void schedules() {
    assertEquals(0.25, Schedule.constant(0.25).at(1000));
    assertEquals(0.01 * 0.999 * 0.999, Schedule.exponential(0.01, 0.999).at(2), 1e-17);
    assertEquals(0.01, Schedule.exponential(0.01, 0.999).at(0));
  }

  @Test
  void refusesConstantsThatCannotBe() {
    var adam = Adam.of(Schedule.constant(1));
    for (double norm : new double[] {0, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> adam.withClipNorm(norm));
    }
    for (double decay : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> adam.withWeightDecay(decay));
    }
  }

  private static double plainStep(
      Adam adam, int iteration, double[] gradient, double[] theta, double[] m, double[] v) {
    double norm = 0;
    for (double g : gradient) {
      norm += g * g;
    }
    norm = Math.sqrt(norm);
    var clipped = new ArrayList<Double>();
    for (double g : gradient) {
      clipped.add(norm > adam.clipNorm() ? g * adam.clipNorm() / norm : g);
    }
    int k = iteration + 1;
    for (int i = 0; i < theta.length; i++) {
      double g = clipped.get(i) + adam.weightDecay() * theta[i];
      m[i] = 0.9 * m[i] + 0.1 * g;
      v[i] = 0.999 * v[i] + 0.001 * g * g;
      double unbiasedM = m[i] / (1 - Math.pow(0.9, k));
      double unbiasedV = v[i] / (1 - Math.pow(0.999, k));
      double rate = 0.01 * Math.pow(0.9, iteration);
      theta[i] -= rate * unbiasedM / (Math.sqrt(unbiasedV) + 1e-8);
    }
    return norm;
  }
}
