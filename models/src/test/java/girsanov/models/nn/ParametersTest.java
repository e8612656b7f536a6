package girsanov.models.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private record Encoder(Gru gru, int width) {}

  private record Model(
      String title,
      Encoder posterior,
      List<Mlp> diffusions,
      Optional<Linear> head,
      Parameter logStd) {}

  private static Model model() {
    return new Model(
        "a name is configuration",
        new Encoder(Gru.of(3, 5), 5),
        List.of(Mlp.of(Activation.SOFTPLUS, 1, 2, 1), Mlp.of(Activation.SOFTPLUS, 1, 2, 1)),
        Optional.of(Linear.of(5, 2)),
        Parameter.zeros("log_std", 4));
  }

  @Test
  void namesArePathsInSnakeCaseInTheOrderOfTheRecords() {
    assertEquals(
        List.of(
            "posterior.gru.weight_ih",
            "posterior.gru.weight_hh",
            "posterior.gru.bias_ih",
            "posterior.gru.bias_hh",
            "diffusions.0.layers.0.weight",
            "diffusions.0.layers.0.bias",
            "diffusions.0.layers.1.weight",
            "diffusions.0.layers.1.bias",
            "diffusions.1.layers.0.weight",
            "diffusions.1.layers.0.bias",
            "diffusions.1.layers.1.weight",
            "diffusions.1.layers.1.bias",
            "head.weight",
            "head.bias",
            "log_std"),
        List.copyOf(Parameters.flatten(model()).keySet()));
  }

  /** Notebook figures: prior drift, posterior network, decoder. */
  @Test
  void countsAreTheNotebooks() {
    assertEquals(904, Parameters.count(Mlp.of(Activation.SOFTPLUS, 4, 100, 4)));
    assertEquals(21_108, Parameters.count(Mlp.of(Activation.SILU, 101, 100, 100, 8)));
    assertEquals(15, Parameters.count(Linear.of(4, 3)));
  }

  @Test
  void tiedWeightsAreListedOnce() {
    record Tied(Linear first, Linear second) {}
    Linear layer = Linear.of(2, 2);
    assertEquals(
        List.of("first.weight", "first.bias"),
        List.copyOf(Parameters.flatten(new Tied(layer, layer)).keySet()));
  }

  @Test
  void aStartDependsOnSeedAndNameAlone() {
    Initial uniform = Initial.uniform(0.5);
    Shape shape = Shape.of(1000);
    DoubleTensor a = uniform.values(shape, 1, "a");
    assertArrayEquals(a.toArray(), uniform.values(shape, 1, "a").toArray());
    assertNotEquals(a.at(0), uniform.values(shape, 1, "b").at(0));
    assertNotEquals(a.at(0), uniform.values(shape, 2, "a").at(0));
    double largest = Arrays.stream(a.toArray()).map(Math::abs).max().orElse(0);
    assertTrue(largest <= 0.5 && largest > 0.49, "largest " + largest);
    assertEquals(0, Arrays.stream(a.toArray()).average().orElse(1), 4 * 0.5 / Math.sqrt(3000));
  }

  @Test
  void givenValuesAreCopied() {
    Tensor value = Tensor.of(Precision.FLOAT, Shape.of(2), 1, 2);
    Parameter parameter = Parameter.of("mean", value);
    value.put(0, 9);
    assertArrayEquals(
        new double[] {1, 2}, parameter.initial().values(parameter.shape(), 0, "mean").toArray());
  }
}
