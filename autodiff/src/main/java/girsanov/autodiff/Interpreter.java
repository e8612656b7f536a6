package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The meaning of a graph: every node evaluated in order, one scalar at a time, in double precision.
 * Slow and obvious; the oracle that {@link Program} is tested against.
 */
public final class Interpreter {
  private Interpreter() {}

  /**
   * Values of the outputs.
   *
   * @param inputs one tensor per input of the graph, in order, of its shape
   * @throws IllegalArgumentException if number or shapes differ
   */
  public static List<DoubleTensor> run(Graph graph, List<? extends Tensor> inputs) {
    graph.checkInputs(inputs);
    var values = new ArrayList<DoubleTensor>();
    inputs.forEach(x -> values.add((DoubleTensor) x.to(Precision.DOUBLE)));
    // Copies, because an output may be an input, a constant, or another output.
    return evaluate(graph, graph.nodes(), values).stream().map(DoubleTensor::copy).toList();
  }

  /** Runs the nodes of a graph, given so that a loop finds their order once. */
  static List<DoubleTensor> evaluate(Graph graph, List<Expr> nodes, List<DoubleTensor> inputs) {
    Map<Expr, DoubleTensor> values = new HashMap<>();
    Map<Expr, List<DoubleTensor>> items = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.put(graph.inputs().get(i), inputs.get(i));
    }
    for (Expr node : nodes) {
      List<DoubleTensor> args = node.args().stream().map(values::get).toList();
      switch (node.op()) {
        case Input _ -> {}
        case Scan scan -> items.put(node, scan.evaluateAll(args));
        case Item(int index) ->
            values.put(node, items.getOrDefault(node.args().getFirst(), List.of()).get(index));
        case Op op -> values.put(node, op.evaluate(node.shape(), args));
      }
    }
    return graph.outputs().stream().map(values::get).toList();
  }
}
