package girsanov.autodiff;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the body of a loop closed. What does not depend on the body's inputs belongs to the
 * surrounding graph: it becomes a further input, and so is computed once and not in every step.
 * Numbers stay in the body.
 *
 * @param outputs the body's outputs, over the new inputs
 * @param inputs for each outer node that is used, the input that stands for it
 */
record Capture(List<Expr> outputs, Map<Expr, Expr> inputs) {

  static Capture of(List<Expr> bodyInputs, List<Expr> outputs) {
    // Nodes older than the body's inputs cannot depend on them: there the outer graph begins, which
    // is not walked, or a chain of loops would cost the square of its length.
    Expr first = bodyInputs.getFirst();
    Set<Expr> inside = new HashSet<>(bodyInputs);
    var lifted = new LinkedHashMap<Expr, Expr>();
    for (Expr node : Graph.topological(outputs, node -> !node.isOlderThan(first))) {
      if (node.args().stream().anyMatch(inside::contains)) {
        inside.add(node);
        node.args().forEach(arg -> lift(arg, inside, lifted));
      }
    }
    outputs.forEach(output -> lift(output, inside, lifted));
    return new Capture(Graph.substitute(outputs, lifted), lifted);
  }

  private static void lift(Expr node, Set<Expr> inside, Map<Expr, Expr> lifted) {
    if (inside.contains(node) || !Double.isNaN(Arithmetic.splatValue(node))) {
      return;
    }
    switch (node.op()) {
      case Constant _ -> {}
      // Repeated in every step, where it costs nothing, rather than carried at full size.
      case Linear.Broadcast _ -> lift(node.args().getFirst(), inside, lifted);
      default ->
          lifted.computeIfAbsent(
              node, outer -> Expr.input("constant" + lifted.size(), outer.shape()));
    }
  }
}
