package girsanov.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.ExampleGraphs.Example;
import girsanov.tensor.DoubleTensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExampleGraphsTest {
  static List<Example> examples() {
    return ExampleGraphs.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runsAndIsFinite(Example example) {
    List<DoubleTensor> outputs = Interpreter.run(example.graph(), example.inputs());
    for (int i = 0; i < outputs.size(); i++) {
      assertEquals(example.graph().outputs().get(i).shape(), outputs.get(i).shape());
      assertTrue(Arrays.stream(outputs.get(i).toArray()).allMatch(Double::isFinite));
    }
  }

  @Test
  void namesAreDistinct() {
    Set<String> names = new HashSet<>();
    ExampleGraphs.all().forEach(example -> assertTrue(names.add(example.name()), example.name()));
  }
}
