package girsanov.models.training;

import girsanov.models.training.Objective.Loss;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import girsanov.tensor.kernel.DoubleElementwise;
import girsanov.tensor.kernel.FloatElementwise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;

/**
 * The loss of a whole batch, cut into blocks of rows so that what one thread works on stays in its
 * cache from the first time step to the last and back.
 *
 * <p>The blocks are dealt to a fixed number of parts, block b to part b mod parts; a part runs its
 * blocks in order and adds up their gradients, the first where the others are added to. Threads
 * take parts. Neither cut nor deal depends on the threads, so the same seed gives the same bits
 * whatever their number.
 */
final class RowBlocks {
  /** The most parts, and the most bytes that their gradients may take (but four parts may). */
  private static final int MOST_PARTS = 32;

  private static final long MOST_BYTES = 64L << 20;

  /** Starts no thread. */
  private static final Workers ALONE = new Workers(1);

  private final Objective objective;
  private final Workers workers;
  private final Cut cut;
  private final List<String> names;
  private final Lane[] lanes;

  /** Where a lane leaves the gradient of a block that is not its part's first. */
  private final List<ParameterVector> later = new ArrayList<>();

  private final AtomicIntegerArray taken;
  private final Lane last;
  private final List<ParameterVector> gradients;
  private final double[][] terms;
  private final int parts;
  private final IntConsumer part = this::runPart;
  private long iteration;

  private RowBlocks(
      Objective objective,
      ParameterVector parameters,
      Cut cut,
      Block block,
      boolean withGradients,
      Workers workers) {
    this.objective = objective;
    this.workers = workers;
    this.cut = cut;
    parts = Math.min(cut.blocks(), withGradients ? mostParts(parameters) : MOST_PARTS);
    Loss loss = block.loss();
    names = List.copyOf(loss.terms().keySet());
    terms = new double[cut.blocks()][names.size() + 1];
    lanes = new Lane[Math.min(workers.threads(), parts)];
    // Only a part that is alone leaves workers without one, to share in what the part does.
    Workers helpers = parts == 1 ? workers : ALONE;
    Arrays.setAll(lanes, _ -> new Lane(block, parameters, helpers));
    taken = new AtomicIntegerArray(lanes.length);
    if (cut.lastRows() == cut.rows()) {
      last = lanes[0];
    } else {
      Block rest = Block.of(objective, parameters, cut.lastRows(), withGradients);
      last = new Lane(rest, parameters, helpers);
    }
    gradients = new ArrayList<>();
    for (int i = 0; withGradients && i < parts; i++) {
      gradients.add(parameters.zerosLike());
    }
    for (int i = 0; withGradients && parts < cut.blocks() && i < lanes.length; i++) {
      later.add(parameters.zerosLike());
    }
  }

  /** Blocks that suit the caches. */
  static RowBlocks of(
      Objective objective, ParameterVector parameters, boolean withGradients, Workers workers) {
    Warming.begin(parameters.precision());
    int rows = Math.min(objective.sequences(), Cut.PROBE);
    Block probe = Block.of(objective, parameters, rows, withGradients);
    Cut cut = Cut.of(objective.sequences(), probe, parameters, withGradients);
    Block block =
        cut.rows() == rows ? probe : Block.of(objective, parameters, cut.rows(), withGradients);
    return new RowBlocks(objective, parameters, cut, block, withGradients, workers);
  }

  /** Blocks of a given number of rows, or for 0 of as many as suit the caches, to train with. */
  static RowBlocks of(Objective objective, ParameterVector parameters, int rows, Workers workers) {
    if (rows < 0) {
      throw new IllegalArgumentException(
          "blockRows: expected the rows of a block, or 0 for as many as suit the model, got "
              + rows
              + "; give 0 if in doubt");
    }
    if (rows == 0) {
      return of(objective, parameters, true, workers);
    }
    Warming.begin(parameters.precision());
    var cut = new Cut(objective.sequences(), rows);
    Block block = Block.of(objective, parameters, cut.rows(), true);
    return new RowBlocks(objective, parameters, cut, block, true, workers);
  }

  private static int mostParts(ParameterVector parameters) {
    long bytes = (long) parameters.flat().size() * parameters.precision().bytes();
    return (int) Math.clamp(MOST_BYTES / Math.max(1, bytes), 4, MOST_PARTS);
  }

  /** Fills and runs all blocks. */
  void run(long iteration) {
    this.iteration = iteration;
    workers.parallel(parts, part);
  }

  /** The rows of all blocks together. */
  int sequences() {
    return cut.sequences();
  }

  /** The names of the loss's terms. */
  List<String> names() {
    return names;
  }

  /** A term of the last run, or the total after the last term, as a mean over the sequences. */
  double mean(int term) {
    double sum = 0;
    for (double[] block : terms) {
      sum += block[term];
    }
    return sum / cut.sequences();
  }

  /** Vectors whose sum is the gradient of the total, summed over the sequences. */
  List<ParameterVector> gradients() {
    return gradients;
  }

  private void runPart(int index) {
    int claimed = claim();
    try {
      for (int block = index; block < cut.blocks(); block += parts) {
        // All blocks but the last have the same rows, and only one thread runs the last.
        Lane lane = cut.rowsOf(block) == cut.rows() ? lanes[claimed] : last;
        if (gradients.isEmpty()) {
          lane.run(objective, iteration, cut.from(block), terms[block]);
        } else {
          boolean first = block == index;
          ParameterVector to = first ? gradients.get(index) : later.get(claimed);
          lane.leaveIn(to);
          lane.run(objective, iteration, cut.from(block), terms[block]);
          if (!first) {
            add(to.flat(), gradients.get(index).flat());
          }
        }
      }
      if (!gradients.isEmpty()) {
        gradients.get(index).clearPadding();
      }
    } finally {
      taken.set(claimed, 0);
    }
  }

  /** There are as many lanes as threads, so one is free. */
  private int claim() {
    int lane = 0;
    while (!taken.compareAndSet(lane, 0, 1)) {
      lane = (lane + 1) % lanes.length;
    }
    return lane;
  }

  private static void add(Tensor gradient, Tensor sum) {
    int n = sum.size();
    if (gradient instanceof FloatTensor g && sum instanceof FloatTensor s) {
      FloatElementwise.accumulate(g.array(), g.offset(), s.array(), s.offset(), n);
    } else if (gradient instanceof DoubleTensor g && sum instanceof DoubleTensor s) {
      DoubleElementwise.accumulate(g.array(), g.offset(), s.array(), s.offset(), n);
    }
  }
}
