package girsanov.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import girsanov.autodiff.compile.Program;
import girsanov.tensor.Noise;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamTest {
  private static final int LENGTH = 40;
  private static final int PARTS = 3;
  private static final double DIVISOR = 5;

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, 0.5, 1e3})
  void equalsAPlainImplementation(double clipNorm) {
    Adam adam = Adam.of(Schedule.exponential(0.01, 0.9)).withClipNorm(clipNorm);
    var step = Program.compile(adam.graph(LENGTH, PARTS, DIVISOR), Precision.DOUBLE).newExecution();
    var theta = new double[LENGTH];
    var m = new double[LENGTH];
    var v = new double[LENGTH];
    for (int iteration = 0; iteration < 20; iteration++) {
      var gradient = new double[LENGTH];
      for (int part = 0; part < PARTS; part++) {
        Tensor g = step.input(5 + part);
        Noise.normal(3, iteration, (long) part * LENGTH, g);
        for (int i = 0; i < LENGTH; i++) {
          gradient[i] += g.at(i) / DIVISOR;
        }
      }
      double norm = plainStep(adam, iteration, gradient, theta, m, v);
      adam.fillScalars(iteration, step.input(0), step.input(1));
      step.run();
      assertEquals(norm, step.output(0).at(0), 1e-13);
      for (int k = 0; k < 3; k++) {
        step.input(2 + k).copyFrom(step.output(1 + k));
      }
      for (int i = 0; i < LENGTH; i++) {
        assertEquals(theta[i], step.output(1).at(i), 1e-14);
        assertEquals(m[i], step.output(2).at(i), 1e-14);
        assertEquals(v[i], step.output(3).at(i), 1e-14);
      }
    }
  }

  /** A first step is as long as the learning rate, whatever the gradient's size. */
  @Test
  void firstStepIsTheLearningRate() {
    Adam adam = Adam.of(Schedule.constant(0.1));
    var step = Program.compile(adam.graph(3, 1, 1), Precision.FLOAT).newExecution();
    step.input(5).copyFrom(Tensor.of(Precision.FLOAT, Shape.of(3), 1e-3, -20, 0));
    adam.fillScalars(0, step.input(0), step.input(1));
    step.run();
    List<Double> expected = List.of(-0.1, 0.1, 0.0);
    for (int i = 0; i < 3; i++) {
      assertEquals(expected.get(i), step.output(1).at(i), 2e-6);
    }
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
      double g = clipped.get(i);
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
