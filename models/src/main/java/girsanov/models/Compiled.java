package girsanov.models;

import girsanov.autodiff.Graph;
import girsanov.autodiff.Interpreter;
import girsanov.tensor.Precision;
import girsanov.tensor.Tensor;
import java.util.List;

/** A graph made ready to be run many times. Not thread-safe: it owns the memory of its results. */
public final class Compiled {
  private final Graph graph;

  private Compiled(Graph graph) {
    this.graph = graph;
  }

  public static Compiled of(Graph graph, Precision precision) {
    return new Compiled(graph);
  }

  /**
   * Values of the graph's outputs; valid until the next call.
   *
   * @param inputs one tensor for each input of the graph, in order, of its shape
   */
  public List<? extends Tensor> apply(List<? extends Tensor> inputs) {
    return Interpreter.run(graph, inputs);
  }
}
