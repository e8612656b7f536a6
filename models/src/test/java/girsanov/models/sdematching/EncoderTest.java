package girsanov.models.sdematching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import girsanov.autodiff.Expr;
import girsanov.models.Values;
import girsanov.models.nn.Gru;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kernels at the observation times, and encoders that are blind to what they must not see. */
final class EncoderTest {
  private static final double[] TIMES = {0, 0.2, 0.3, 0.7, 1.2, 2};
  private static final double HORIZON = 2;
  private static final int LENGTH = TIMES.length;
  private static final int DIM = 2;
  private static final int WIDTH = 3;

  /** Context from the definition: softmax weights in a plain loop over the network's outputs. */
  @ParameterizedTest
  @EnumSource(RecurrentEncoder.Positions.class)
  void kernelAtGridPoints(RecurrentEncoder.Positions positions) {
    for (var direction : RecurrentEncoder.Direction.values()) {
      var encoder = new RecurrentEncoder(Gru.of(DIM, WIDTH), direction, positions, 1);
      Expr x = Expr.input("x", LENGTH, 1, DIM);
      Expr s = Expr.input("s", 1, LENGTH);
      Expr context = encoder.encode(new Observations(TIMES, HORIZON, x)).at(s);
      boolean backward = direction == RecurrentEncoder.Direction.BACKWARD;
      Expr outputs = encoder.gru().apply(x, backward);
      DoubleTensor places = DoubleTensor.zeros(s.shape());
      for (int i = 0; i < LENGTH; i++) {
        places.put(i, position(positions, i));
      }
      List<Tensor> results =
          Values.of(encoder, 1)
              .put(x, Values.normals(1, LENGTH, 1, DIM))
              .put(s, places)
              .run(List.of(context, outputs));
      for (int i = 0; i < LENGTH; i++) {
        for (int d = 0; d < WIDTH; d++) {
          double expected = expected(results.get(1), positions, backward, i, d);
          assertEquals(expected, results.get(0).get(0, i, d), 1e-12);
        }
      }
    }
  }

  private static double position(RecurrentEncoder.Positions positions, int i) {
    return switch (positions) {
      case EVEN -> i / (LENGTH - 1.0);
      case ACTUAL -> TIMES[i] / HORIZON;
    };
  }

  private static double expected(
      Tensor outputs, RecurrentEncoder.Positions positions, boolean backward, int at, int d) {
    double weights = 0;
    double local = 0;
    for (int i = 0; i < LENGTH; i++) {
      double distance = LENGTH * (position(positions, i) - position(positions, at));
      double weight = Math.exp(-distance * distance);
      weights += weight;
      local += weight * outputs.get(i, 0, d);
    }
    return outputs.get(backward ? 0 : LENGTH - 1, 0, d) + local / weights;
  }

  @ParameterizedTest
  @EnumSource(Architecture.Encoding.class)
  void nothingAfterThePrefixIsUsed(Architecture.Encoding encoding) {
    int prefix = 3;
    Encoder encoder =
        ((NeuralPosterior)
                new Architecture(
                        2,
                        3,
                        0,
                        encoding,
                        WIDTH,
                        prefix,
                        4,
                        4,
                        0,
                        0,
                        Architecture.Likelihood.FIXED_NOISE,
                        1,
                        1,
                        -6,
                        1)
                    .model(DIM)
                    .posterior())
            .encoder();
    Expr x = Expr.input("x", LENGTH, 1, DIM);
    Expr seen = Expr.input("seen", LENGTH, 1);
    Expr s = Expr.input("s", 1, 5);
    Expr context = encoder.encode(new Observations(TIMES, HORIZON, x, Optional.of(seen))).at(s);
    DoubleTensor mask = DoubleTensor.zeros(Shape.of(LENGTH, 1));
    int shown = prefix - 1;
    mask.rows(0, shown).fill(1);
    DoubleTensor values = Values.normals(1, LENGTH, 1, DIM);
    Values inputs = Values.of((Record) encoder, 2).put(seen, mask).put(s, Values.units(3, 1, 5));
    Tensor before = inputs.put(x, values).run(context);
    for (int frame = 0; frame < LENGTH; frame++) {
      DoubleTensor changed = values.copy();
      changed.row(frame).fill(7);
      Tensor after = inputs.put(x, changed).run(context);
      for (int i = 0; i < before.size(); i++) {
        if (frame >= shown) {
          assertEquals(before.at(i), after.at(i));
        } else {
          assertNotEquals(before.at(i), after.at(i));
        }
      }
    }
  }

  /** A masked prefix, and a batch that ends there, give the same context at the same positions. */
  @Test
  void aMaskedPrefixIsAShorterSequence() {
    var encoder =
        new RecurrentEncoder(
            Gru.of(DIM, WIDTH),
            RecurrentEncoder.Direction.BACKWARD,
            RecurrentEncoder.Positions.ACTUAL,
            1);
    Expr x = Expr.input("x", LENGTH, 1, DIM);
    Expr seen = Expr.input("seen", LENGTH, 1);
    Expr masked = encoder.gru().apply(x, true, Optional.of(seen)).slice(0, 0, 4);
    Expr alone = encoder.gru().apply(x.slice(0, 0, 4), true);
    DoubleTensor mask = DoubleTensor.zeros(Shape.of(LENGTH, 1));
    mask.rows(0, 4).fill(1);
    List<Tensor> results =
        Values.of(encoder, 1)
            .put(x, Values.normals(4, LENGTH, 1, DIM))
            .put(seen, mask)
            .run(List.of(masked, alone));
    for (int i = 0; i < results.get(0).size(); i++) {
      assertEquals(results.get(1).at(i), results.get(0).at(i), 1e-15);
    }
  }
}
