package girsanov.autodiff;

import girsanov.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An immutable function: outputs as expressions of named inputs. It is closed: whatever the outputs
 * need is an input or a constant. Results and arguments are in the order of the lists. An output
 * that needs an input that is not listed, an entry of {@code inputs} that is no input, and an input
 * listed twice are refused.
 */
public record Graph(List<Expr> inputs, List<Expr> outputs) {

  public Graph {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    Set<Expr> given = new HashSet<>();
    for (Expr input : inputs) {
      if (!(input.op() instanceof Input) || !given.add(input)) {
        throw new IllegalArgumentException(
            "graph: expected inputs, each once, got "
                + input.op().symbol()
                + " from "
                + input.where());
      }
    }
    for (Expr node : topological(outputs)) {
      if (node.op() instanceof Input && !given.contains(node)) {
        throw new IllegalArgumentException(
            "graph: input '"
                + node.op().symbol()
                + "' "
                + node.shape()
                + " from "
                + node.where()
                + " is used but not listed; list it among the inputs");
      }
    }
  }

  public Graph(List<Expr> inputs, Expr output) {
    this(inputs, List.of(output));
  }

  /**
   * Refuses values that are not one tensor for each input, in order, of its shape.
   *
   * @throws IllegalArgumentException if number or shapes differ
   */
  public void checkInputs(List<? extends Tensor> values) {
    if (values.size() != inputs.size()) {
      throw new IllegalArgumentException(
          "expected "
              + inputs.size()
              + " inputs, got "
              + values.size()
              + "; give one tensor each for "
              + inputs.stream().map(input -> input.op().symbol()).toList()
              + ", in this order");
    }
    for (int i = 0; i < values.size(); i++) {
      Expr input = inputs.get(i);
      if (!values.get(i).shape().equals(input.shape())) {
        throw new IllegalArgumentException(
            "input '"
                + input.op().symbol()
                + "': expected shape "
                + input.shape()
                + ", got "
                + values.get(i).shape()
                + "; tensors stand in the order of the graph's inputs");
      }
    }
  }

  /** All nodes that the outputs need, each after its arguments. */
  public List<Expr> nodes() {
    return topological(outputs);
  }

  /** All nodes below the roots, each after its arguments; no recursion, so depth is no limit. */
  public static List<Expr> topological(Collection<Expr> roots) {
    return topological(roots, _ -> true);
  }

  /** The same, not looking below nodes that are not followed. */
  static List<Expr> topological(Collection<Expr> roots, Predicate<Expr> followed) {
    var order = new ArrayList<Expr>();
    var entered = Collections.newSetFromMap(new IdentityHashMap<Expr, Boolean>());
    var finished = Collections.newSetFromMap(new IdentityHashMap<Expr, Boolean>());
    var stack = new ArrayDeque<Expr>();
    for (Expr root : roots) {
      stack.push(root);
      while (!stack.isEmpty()) {
        Expr node = stack.peek();
        if (entered.add(node)) {
          for (Expr arg : followed.test(node) ? node.args().reversed() : List.<Expr>of()) {
            if (!entered.contains(arg)) {
              stack.push(arg);
            }
          }
        } else {
          stack.pop();
          if (finished.add(node)) {
            order.add(node);
          }
        }
      }
    }
    return order;
  }

  /** The outputs with some nodes replaced; what does not depend on them is shared, not copied. */
  public static List<Expr> substitute(List<Expr> outputs, Map<Expr, Expr> replacements) {
    var result = new IdentityHashMap<Expr, Expr>();
    for (Expr node : topological(outputs, node -> !replacements.containsKey(node))) {
      Expr replaced = replacements.get(node);
      if (replaced == null) {
        List<Expr> args = node.args().stream().map(result::get).toList();
        replaced = args.equals(node.args()) ? node : Expr.of(node.op(), args);
      }
      result.put(node, replaced);
    }
    return outputs.stream().map(result::get).toList();
  }

  /** One line a node: number, shape, operation, arguments, and the line of the user's code. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    print(text, "");
    return text.toString();
  }

  private void print(StringBuilder text, String indent) {
    var names = new IdentityHashMap<Expr, String>();
    var taken = new HashSet<String>();
    for (Expr input : inputs) {
      String name = "%" + input.op().symbol();
      while (!taken.add(name)) {
        name += "'";
      }
      names.put(input, name);
      text.append("%sinput  %s %s\n".formatted(indent, name, input.shape()));
    }
    int number = 0;
    for (Expr node : nodes()) {
      if (node.op() instanceof Constant c && c.value().shape().rank() == 0) {
        names.put(node, c.symbol());
      } else if (!(node.op() instanceof Input)) {
        String name = "%" + number++;
        names.put(node, name);
        String args = node.args().stream().map(names::get).collect(Collectors.joining(", "));
        text.append("%s%s %s = ".formatted(indent, name, node.shape()));
        text.append("%s(%s)   // %s\n".formatted(node.op().symbol(), args, node.where()));
        if (node.op() instanceof Scan scan) {
          scan.body().print(text, indent + "    ");
        }
      }
    }
    String results = outputs.stream().map(names::get).collect(Collectors.joining(", "));
    text.append("%sreturn %s\n".formatted(indent, results));
  }
}
