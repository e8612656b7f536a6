package girsanov.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output may be written over an input where each element is read before, and nowhere else. */
class InPlaceTest {
  private static final int LENGTH = 5000;

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 1000, LENGTH, 40_000})
  void aChainReplacesItsInputs(int length) {
    Expr x = Expr.input("x", length);
    Expr y = Expr.input("y", length);
    Expr newX = x.times(0.9).plus(y);
    Expr newY = y.minus(newX.square().tanh());
    Program program = program(List.of(x, y), List.of(newX, newY));
    Program.Execution apart = program.newExecution();
    try (var workers = new Workers(3)) {
      Program.Execution inPlace = program.newExecution(workers, 0);
      for (int i = 0; i < 2; i++) {
        Noise.normal(4, i, 0, apart.input(i));
        inPlace.input(i).copyFrom(apart.input(i));
        inPlace.bindOutput(i, inPlace.input(i));
      }
      apart.run();
      inPlace.run();
      for (int i = 0; i < 2; i++) {
        assertArrayEquals(apart.output(i).toArray(), inPlace.input(i).toArray());
      }
    }
  }

  /** Every element of a product needs a whole row of the input. */
  @Test
  void refusesAProduct() {
    Expr x = Expr.input("x", 20, 20);
    refuses(program(List.of(x), List.of(x.matmul(x))));
  }

  @Test
  void refusesWhatIsReadAgain() {
    Expr x = Expr.input("x", LENGTH);
    Expr twice = x.times(2);
    Expr sum = twice.sum().broadcastTo(x.shape());
    refuses(program(List.of(x), List.of(twice, x.times(sum))));
  }

  /** Every tile needs the first element. */
  @Test
  void refusesAnotherPlace() {
    Expr x = Expr.input("x", LENGTH);
    refuses(program(List.of(x), List.of(x.plus(x.get(0, 0).broadcastTo(x.shape())))));
  }

  /** A row that is no whole number of vectors: the rest of one would be written over the next. */
  @Test
  void refusesTilesThatSpillOver() {
    Expr x = Expr.input("x", 3, 2001);
    Expr bias = Expr.input("bias", 2001);
    refuses(program(List.of(x, bias), List.of(x.plus(bias.broadcastTo(x.shape())))));
  }

  @Test
  void refusesAPartlySharedPlace() {
    Expr x = Expr.input("x", LENGTH);
    Program.Execution execution = program(List.of(x), List.of(x.times(2))).newExecution();
    var array = new float[2 * LENGTH];
    execution.bindInput(0, FloatTensor.view(array, 0, Shape.of(LENGTH)));
    Tensor later = FloatTensor.view(array, 16, Shape.of(LENGTH));
    assertThrows(IllegalArgumentException.class, () -> execution.bindOutput(0, later));
  }

  private static Program program(List<Expr> inputs, List<Expr> outputs) {
    return Program.compile(new Graph(inputs, outputs), Precision.FLOAT);
  }

  private static void refuses(Program program) {
    Program.Execution execution = program.newExecution();
    Tensor input = execution.input(0);
    assertThrows(IllegalArgumentException.class, () -> execution.bindOutput(0, input));
    Tensor output = execution.output(0);
    assertThrows(IllegalArgumentException.class, () -> execution.bindInput(0, output));
  }
}
