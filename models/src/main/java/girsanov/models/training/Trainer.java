package girsanov.models.training;

import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Minimises an {@link Objective} by {@link Adam}: each step takes the gradient of the whole batch,
 * block of rows by block of rows, and moves the parameters once. The same start gives the same bits
 * on any number of threads, and a trainer that {@linkplain #restore restored} another's {@link
 * State} continues as the other would have. A step after the first allocates nothing.
 *
 * <p>Not thread-safe, except {@link #stop}; the workers are the caller's to close.
 */
public final class Trainer {
  private final Adam adam;
  private final ParameterVector parameters;
  private final ParameterVector m;
  private final ParameterVector v;
  private final RowBlocks blocks;
  private final Update update;
  private final Progress progress;
  private long iteration;
  private volatile boolean stopped;

  /**
   * Prepares training, with blocks of rows that suit the cache.
   *
   * @param parameters the start, e.g. {@link ParameterVector#initial}; training moves these numbers
   */
  public Trainer(Objective objective, ParameterVector parameters, Adam adam, Workers workers) {
    this(objective, parameters, adam, workers, 0);
  }

  /**
   * Prepares training, with blocks of a given size.
   *
   * @param blockRows the rows of a block, at most those of the batch; 0 for as many as suit the
   *     model and the batch. Sums are of blocks, so results depend on it in their last digits: to
   *     have the bits of a run again, or go on with them, takes the same number
   * @throws IllegalArgumentException if it is negative
   */
  public Trainer(
      Objective objective, ParameterVector parameters, Adam adam, Workers workers, int blockRows) {
    this(parameters, adam, workers, RowBlocks.of(objective, parameters, blockRows, workers));
  }

  private Trainer(ParameterVector parameters, Adam adam, Workers workers, RowBlocks blocks) {
    this.adam = adam;
    this.parameters = parameters;
    m = parameters.zerosLike();
    v = parameters.zerosLike();
    this.blocks = blocks;
    List<Tensor> parts = blocks.gradients().stream().map(ParameterVector::flat).toList();
    List<Tensor> state = List.of(parameters.flat(), m.flat(), v.flat());
    update = new Update(adam, parts, blocks.sequences(), state, workers);
    progress = new Progress(blocks.names());
    Warming.await(parameters.precision());
  }

  /** The parameters as they are now; the same object throughout. */
  public ParameterVector parameters() {
    return parameters;
  }

  /** The number of steps taken. */
  public long iteration() {
    return iteration;
  }

  /**
   * Steps until {@code iterations} steps have been taken in all, or {@link #stop} is called.
   *
   * @param afterStep called after each step, on the calling thread
   * @throws DivergedException if a loss or gradient is not finite
   */
  public void run(long iterations, Consumer<Progress> afterStep) {
    stopped = false;
    while (iteration < iterations && !stopped) {
      afterStep.accept(step());
    }
  }

  /** Makes {@link #run} return after the current step; from any thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * One step.
   *
   * @throws DivergedException if a loss or gradient is not finite; nothing has then changed
   */
  public Progress step() {
    long start = System.nanoTime();
    blocks.run(iteration);
    int terms = progress.terms.length;
    for (int i = 0; i < terms; i++) {
      progress.terms[i] = finite(blocks.mean(i), "loss term", progress.names().get(i));
    }
    progress.total = finite(blocks.mean(terms), "total loss", "");
    progress.gradientNorm = update.norm();
    if (!Double.isFinite(progress.gradientNorm)) {
      throw new DivergedException(iteration, diagnoseGradient(), progress.gradientNorm);
    }
    update.step(iteration, progress.gradientNorm);
    progress.iteration = iteration;
    progress.learningRate = adam.learningRate().at(iteration);
    iteration++;
    progress.seconds = (System.nanoTime() - start) * 1e-9;
    return progress;
  }

  /** A copy of everything the next steps depend on. */
  public State state() {
    return new State(iteration, parameters.copy(), m.copy(), v.copy());
  }

  /**
   * Continues from a state of the same model.
   *
   * @throws IllegalArgumentException if precision or parameters differ; nothing has then changed
   */
  public void restore(State state) {
    check(state.parameters());
    check(state.m());
    check(state.v());
    parameters.flat().copyFrom(state.parameters().flat());
    m.flat().copyFrom(state.m().flat());
    v.flat().copyFrom(state.v().flat());
    iteration = state.iteration();
  }

  private void check(ParameterVector other) {
    if (other.precision() != parameters.precision() || !shapes(other).equals(shapes(parameters))) {
      throw new IllegalArgumentException(
          "expected a state of "
              + parameters.precision()
              + " "
              + shapes(parameters)
              + ", got "
              + other.precision()
              + " "
              + shapes(other)
              + "; restore it into the model it is of");
    }
  }

  private static Map<String, Shape> shapes(ParameterVector vector) {
    return vector.tensors().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().shape()));
  }

  private double finite(double value, String kind, String name) {
    if (!Double.isFinite(value)) {
      String part = name.isEmpty() ? kind : kind + " '" + name + "'";
      throw new DivergedException(iteration, part, value);
    }
    return value;
  }

  /** The first parameter whose gradient is not finite. */
  private String diagnoseGradient() {
    for (ParameterVector gradient : blocks.gradients()) {
      for (Map.Entry<String, Tensor> entry : gradient.tensors().entrySet()) {
        for (double value : entry.getValue().toArray()) {
          if (!Double.isFinite(value)) {
            return "gradient of '" + entry.getKey() + "'";
          }
        }
      }
    }
    return "gradient norm";
  }
}
