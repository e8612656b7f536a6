package girsanov.autodiff.compile;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled graph: the numbers of {@link girsanov.autodiff.Interpreter}, fast. A program is
 * immutable and serves any number of threads, each with its own {@link Execution}. Printing a
 * program shows its instructions.
 */
public final class Program {
  /** Starts no thread. */
  private static final Workers ALONE = new Workers(1);

  /** Elements times steps below which a loop is faster on one thread: some 10 µs of work. */
  private static final long SMALL = 100_000;

  private final Graph graph;
  private final Precision precision;
  private final Instruction[] instructions;
  private final List<Buffer> buffers;
  private final Buffer[] inputBuffers;
  private final Buffer[] outputBuffers;
  private final Plan plan;

  private Program(Graph graph, Precision precision, Lower lowered) {
    this.graph = graph;
    this.precision = precision;
    this.instructions = lowered.instructions.toArray(Instruction[]::new);
    this.buffers = List.copyOf(lowered.buffers);
    this.inputBuffers = buffers(Buffer.Kind.INPUT);
    this.outputBuffers = buffers(Buffer.Kind.OUTPUT);
    this.plan = Plan.of(lowered.instructions, buffers, precision);
  }

  /**
   * Compiles a graph for one precision. In a fresh process 9 000 nodes take some 1.5 s, 29 000 some
   * 3 s, of which the first is the compiler being compiled itself; the rest grows as n log n.
   */
  public static Program compile(Graph graph, Precision precision) {
    return new Program(graph, precision, Lower.graph(Simplify.graph(graph)));
  }

  public Graph graph() {
    return graph;
  }

  public Precision precision() {
    return precision;
  }

  /**
   * Bytes of the plan: all values between inputs and outputs, in their places. {@link
   * Execution#bytes} counts what an execution needs beside.
   */
  public long workBytes() {
    return (long) plan.size() * precision.bytes();
  }

  /** The most bytes of such values that are in use at one time: no plan can do with less. */
  public long peakLiveBytes() {
    return (long) plan.peakLive() * precision.bytes();
  }

  /** The multiply-adds of the matrix products of one run: what most of its time goes to. */
  public long multiplyAdds() {
    return Instruction.multiplyAdds(instructions);
  }

  /** The instructions that one run carries out, those of a loop once a step. */
  public long instructionsRun() {
    return Instruction.run(instructions);
  }

  /** Memory to run the program in, by one thread. */
  public Execution newExecution() {
    return newExecution(ALONE);
  }

  /**
   * Memory to run the program in, by the caller and these workers: large products, sums and
   * elementwise chains are shared out. The results have the same bits for any number of threads. A
   * run from inside one of the workers' own jobs is that thread's alone.
   */
  public Execution newExecution(Workers workers) {
    return new Execution(workers, SMALL);
  }

  /** With loops of less than so many elements times steps left to one thread. */
  Execution newExecution(Workers workers, long small) {
    return new Execution(workers, small);
  }

  /** In the order of the inputs, or of the outputs. */
  private Buffer[] buffers(Buffer.Kind kind) {
    return buffers.stream()
        .filter(buffer -> buffer.kind == kind)
        .sorted(Comparator.comparingInt(buffer -> buffer.size))
        .toArray(Buffer[]::new);
  }

  /**
   * The values of the outputs, for a single use.
   *
   * @param inputs one tensor for each input of the graph, in order, of its shape; any precision
   * @throws IllegalArgumentException if number or shapes differ
   */
  public List<Tensor> run(List<? extends Tensor> inputs) {
    graph.checkInputs(inputs);
    Execution execution = newExecution();
    for (int i = 0; i < inputs.size(); i++) {
      execution.input(i).copyFrom(inputs.get(i));
    }
    execution.run();
    var outputs = new ArrayList<Tensor>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      outputs.add(execution.output(i));
    }
    return outputs;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(precision).append(" program, ").append(workBytes()).append(" bytes of work memory");
    text.append(", of which ").append(peakLiveBytes()).append(" are in use at a time");
    Arrays.stream(instructions)
        .forEach(i -> text.append("\n  ").append(i.toString().replace("\n", "\n  ")));
    return text.append('\n').toString();
  }

  /**
   * The memory of one run at a time: inputs to fill, outputs to read, and work memory that is
   * reused. Not for two callers at once. Running allocates nothing.
   *
   * <p>An output may be bound to the tensor of an input, and is then written over it, where the
   * program takes each element of the input for the last time when it writes the same element of
   * the output: one chain of elementwise operations does. Binding refuses what would go wrong.
   */
  public final class Execution {
    private final @Nullable Tensor[] inputs = new Tensor[graph.inputs().size()];
    private final @Nullable Tensor[] outputs = new Tensor[graph.outputs().size()];
    final Machine machine;

    private Execution(Workers workers, long small) {
      machine =
          switch (precision) {
            case FLOAT -> new FloatMachine(instructions, buffers, plan, workers, small);
            case DOUBLE -> new DoubleMachine(instructions, buffers, plan, workers, small);
          };
    }

    /**
     * Bytes that this execution holds beside inputs and outputs: {@link Program#workBytes}, what
     * products pack their factors into, the registers of elementwise chains, and constants.
     */
    public long bytes() {
      return machine.elements() * precision.bytes();
    }

    /** The tensor that input {@code i} is read from, to fill. */
    public Tensor input(int i) {
      Tensor tensor = inputs[i];
      if (tensor == null) {
        tensor = Tensor.zeros(precision, graph.inputs().get(i).shape());
        bindInput(i, tensor);
      }
      return tensor;
    }

    /** The tensor that output {@code i} is written to. */
    public Tensor output(int i) {
      Tensor tensor = outputs[i];
      if (tensor == null) {
        tensor = Tensor.zeros(precision, graph.outputs().get(i).shape());
        bindOutput(i, tensor);
      }
      return tensor;
    }

    /**
     * Reads input {@code i} from this tensor from now on, without a copy.
     *
     * @throws IllegalArgumentException if its shape or precision differs, or it does not start on a
     *     multiple of 64 bytes of its array, or an output is written there before the last use of
     *     the input
     */
    public void bindInput(int i, Tensor tensor) {
      check("input", i, tensor, graph.inputs().get(i));
      for (int o = 0; o < outputs.length; o++) {
        checkShared(i, tensor, o, outputs[o]);
      }
      inputs[i] = tensor;
      bind(inputBuffers[i], tensor);
    }

    /** Writes output {@code i} to this tensor from now on; the same rules as for inputs. */
    public void bindOutput(int i, Tensor tensor) {
      check("output", i, tensor, graph.outputs().get(i));
      for (int k = 0; k < inputs.length; k++) {
        checkShared(k, inputs[k], i, tensor);
      }
      outputs[i] = tensor;
      bind(outputBuffers[i], tensor);
    }

    /** Inputs and outputs that were neither asked for nor bound get memory at the first run. */
    public void run() {
      for (int i = 0; i < inputs.length; i++) {
        input(i);
      }
      for (int i = 0; i < outputs.length; i++) {
        output(i);
      }
      machine.run();
    }

    private void bind(Buffer buffer, Tensor tensor) {
      switch (machine) {
        case FloatMachine m -> m.bind(buffer, (FloatTensor) tensor);
        case DoubleMachine m -> m.bind(buffer, (DoubleTensor) tensor);
      }
    }

    private void checkShared(int in, @Nullable Tensor input, int out, @Nullable Tensor output) {
      if (input != null
          && output != null
          && shareMemory(input, output)
          && !(input.offset() == output.offset()
              && InPlace.allows(instructions, inputBuffers[in], outputBuffers[out]))) {
        throw new IllegalArgumentException(
            "expected separate memory for input "
                + in
                + " and output "
                + out
                + ", got the same: elements would be overwritten before their last use; copy one");
      }
    }

    private static boolean shareMemory(Tensor a, Tensor b) {
      boolean sameArray =
          switch (a) {
            case FloatTensor x -> b instanceof FloatTensor y && x.array() == y.array();
            case DoubleTensor x -> b instanceof DoubleTensor y && x.array() == y.array();
          };
      return sameArray && a.offset() < b.offset() + b.size() && b.offset() < a.offset() + a.size();
    }

    private void check(String what, int i, Tensor tensor, Expr expected) {
      if (tensor.precision() != precision
          || !tensor.shape().equals(expected.shape())
          || !isBlockStart(tensor.offset())) {
        throw new IllegalArgumentException(
            what
                + " "
                + i
                + ": expected "
                + precision
                + " "
                + expected.shape()
                + " that starts on a multiple of "
                + precision.pad(1)
                + " elements, or "
                + precision.lead()
                + " after one, got "
                + tensor.precision()
                + " "
                + tensor.shape()
                + " at "
                + tensor.offset());
      }
    }

    /** A neighbour that begins likewise is not reached where a length is rounded up. */
    private boolean isBlockStart(int offset) {
      int past = offset % precision.pad(1);
      return past == 0 || past == precision.lead();
    }
  }
}
