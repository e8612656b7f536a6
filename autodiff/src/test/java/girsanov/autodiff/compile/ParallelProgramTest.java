package girsanov.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import girsanov.autodiff.ExampleGraphs;
import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Scan;
import girsanov.autodiff.Vjp;
import girsanov.tensor.Noise;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However many threads share its instructions, a program gives the same bits. */
class ParallelProgramTest {
  private static final Workers TWO = new Workers(2);
  private static final Workers THREE = new Workers(3);

  @AfterAll
  static void close() {
    TWO.close();
    THREE.close();
  }

  /** Every loop of every example graph is cut, however small. */
  @ParameterizedTest
  @EnumSource
  void examples(Precision precision) {
    for (ExampleGraphs.Example example : ExampleGraphs.all()) {
      Program program = Program.compile(example.graph(), precision);
      Program.Execution alone = program.newExecution();
      List<? extends Tensor> inputs = example.inputs();
      run(alone, inputs);
      for (Workers workers : List.of(TWO, THREE)) {
        assertSameBits(
            program, example.name(), alone, run(program.newExecution(workers, 0), inputs));
      }
    }
  }

  /** Products and chains that are long enough to be shared out as they are. */
  @ParameterizedTest
  @EnumSource
  void layersAndTheirGradients(Precision precision) {
    Expr x = Expr.input("x", 70, 200);
    Expr w = Expr.input("w", 200, 330);
    Expr bias = Expr.input("bias", 330);
    Expr v = Expr.input("v", 330, 90);
    Expr hidden = x.matmul(w).plus(bias.broadcastTo(Shape.of(70, 330))).tanh();
    Expr out = hidden.matmul(v).sigmoid();
    Expr loss = out.square().sum();
    compare(List.of(x, w, bias, v), loss, precision);
  }

  /** Threads share the columns, since each column's sum is over all rows. */
  @ParameterizedTest
  @EnumSource
  void gradientOfAWideBias(Precision precision) {
    Expr x = Expr.input("x", 40, 3000);
    Expr bias = Expr.input("bias", 3000);
    Expr loss = x.plus(bias.broadcastTo(x.shape())).elu().square().sum();
    compare(List.of(x, bias), loss, precision);
  }

  @ParameterizedTest
  @EnumSource
  void loops(Precision precision) {
    Expr h = Expr.input("h", 40, 170);
    Expr w = Expr.input("w", 170, 170);
    Scan.Result steps =
        Scan.of(5, List.of(h), List.of(), false, (c, _) -> List.of(c.getFirst().matmul(w).tanh()));
    compare(List.of(h, w), steps.last().getFirst().square().sum(), precision);
  }

  private static void compare(List<Expr> inputs, Expr loss, Precision precision) {
    var outputs = new ArrayList<>(List.of(loss));
    outputs.addAll(Vjp.gradient(loss, inputs));
    Program program = Program.compile(new Graph(inputs, outputs), precision);
    var values = new ArrayList<Tensor>();
    for (Expr input : inputs) {
      Tensor value = Tensor.zeros(precision, input.shape());
      Noise.normal(1, values.size(), 0, value);
      values.add(value);
    }
    Program.Execution alone = run(program.newExecution(), values);
    for (Workers workers : List.of(TWO, THREE)) {
      assertSameBits(program, "layers", alone, run(program.newExecution(workers), values));
    }
  }

  private static Program.Execution run(Program.Execution execution, List<? extends Tensor> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      execution.input(i).copyFrom(inputs.get(i));
    }
    execution.run();
    return execution;
  }

  private static void assertSameBits(
      Program program, String name, Program.Execution a, Program.Execution b) {
    for (int i = 0; i < program.graph().outputs().size(); i++) {
      assertArrayEquals(a.output(i).toArray(), b.output(i).toArray(), name);
    }
  }
}
