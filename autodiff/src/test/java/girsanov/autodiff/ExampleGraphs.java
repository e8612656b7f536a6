package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * The one list of graphs that every way of running a graph must agree on: each primitive alone,
 * then what derivatives and models make of them, over awkward sizes.
 */
public final class ExampleGraphs {
  private ExampleGraphs() {}

  /** A graph and a value for each of its inputs. */
  public record Example(String name, Graph graph, List<DoubleTensor> inputs) {
    @Override
    public String toString() {
      return name;
    }
  }

  public static List<Example> all() {
    var examples = new ArrayList<Example>();
    examples.addAll(ElementwiseExamples.all());
    examples.addAll(MovementExamples.all());
    examples.addAll(ProductExamples.all());
    examples.addAll(ScanExamples.all());
    examples.addAll(ModelExamples.all());
    examples.addAll(LayoutExamples.all());
    return List.copyOf(examples);
  }

  /** An example whose body draws its inputs as it goes. */
  static Example example(String name, Function<Draw, List<Expr>> body) {
    var draw = new Draw(name.hashCode());
    List<Expr> outputs = body.apply(draw);
    return new Example(name, new Graph(draw.inputs, outputs), List.copyOf(draw.values));
  }

  /** An example with one output. */
  static Example single(String name, Function<Draw, Expr> body) {
    return example(name, draw -> List.of(body.apply(draw)));
  }

  /** New inputs and their random values, the same in every run. */
  static final class Draw {
    private final Random random;
    private final List<Expr> inputs = new ArrayList<>();
    private final List<DoubleTensor> values = new ArrayList<>();

    private Draw(int seed) {
      random = new Random(seed);
    }

    /** The inputs drawn so far. */
    List<Expr> inputs() {
      return List.copyOf(inputs);
    }

    Expr normal(int... dims) {
      return scaled(1, dims);
    }

    /** Normal with the given standard deviation, as weights are. */
    Expr scaled(double deviation, int... dims) {
      var value = DoubleTensor.zeros(new Shape(dims));
      for (int i = 0; i < value.size(); i++) {
        value.put(i, deviation * random.nextGaussian());
      }
      return add(value);
    }

    Expr uniform(double from, double to, int... dims) {
      var value = DoubleTensor.zeros(new Shape(dims));
      for (int i = 0; i < value.size(); i++) {
        value.put(i, from + (to - from) * random.nextDouble());
      }
      return add(value);
    }

    /** Small whole numbers: many ties and zeros. */
    Expr whole(int from, int to, int... dims) {
      var value = DoubleTensor.zeros(new Shape(dims));
      for (int i = 0; i < value.size(); i++) {
        value.put(i, from + random.nextInt(to - from + 1));
      }
      return add(value);
    }

    private Expr add(DoubleTensor value) {
      Expr input = Expr.input("in" + inputs.size(), value.shape());
      inputs.add(input);
      values.add(value);
      return input;
    }
  }
}
