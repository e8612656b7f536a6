package girsanov.autodiff.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.autodiff.Graph;
import girsanov.bench.model.GruEncoder;
import girsanov.models.nn.Parameter;
import girsanov.models.training.Objective;
import girsanov.models.training.ParameterVector;
import girsanov.tensor.Precision;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What is timed is what runs. */
class InstructionClockTest {

  @Test
  void aTimedRunMakesTheSameNumbersByTheSameProducts() {
    Objective objective = GruEncoder.of(3);
    Objective.Loss loss = objective.trace(3);
    var inputs = new ArrayList<>(loss.inputs());
    ParameterVector start = ParameterVector.initial(objective.model(), Precision.FLOAT, 0);
    for (Parameter parameter : start.parameters().values()) {
      inputs.add(parameter.expr());
    }
    var program = Program.compile(new Graph(inputs, loss.total()), Precision.FLOAT);
    Program.Execution execution = program.newExecution();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor input = execution.input(i);
      for (int k = 0; k < input.size(); k++) {
        input.put(k, Math.sin(i + k));
      }
    }
    execution.run();
    double[] expected = execution.output(0).toArray();
    execution.output(0).put(0, Double.NaN);
    var clock = new InstructionClock(execution);
    clock.run();
    assertArrayEquals(expected, execution.output(0).toArray());
    double flops =
        clock.readings().stream()
            .filter(reading -> reading.kind() == Reading.Kind.PRODUCT)
            .mapToDouble(reading -> reading.calls() * reading.work())
            .sum();
    assertEquals(2.0 * program.multiplyAdds(), flops);
    clock.reset();
    assertEquals(0, clock.readings().getFirst().calls());
  }
}
