package girsanov.models.training;

import girsanov.autodiff.compile.Program;

/**
 * How a batch is cut into blocks of {@code rows} each; the last one takes what is left, at least
 * half as many rows and less than one and a half times as many. It depends on the model and the
 * batch, never on the machine or the number of threads, so results do not either.
 */
record Cut(int sequences, int rows) {
  /** Rows of the block that one looks at to know a model: often those that are chosen then. */
  static final int PROBE = 16;

  /** Rows come in such numbers: tiles of 6 and 4 rows cover them. */
  private static final int EVEN = 2;

  /** The fewest blocks, for as many threads, and the fewest rows for which that is worth it. */
  private static final int THREADS = 4;

  private static final int FEWEST_ROWS = 4;

  /**
   * A block that does not fit in the cache still finds there what it left last: a cache's worth of
   * numbers for each block, so that smaller blocks are better, were it not for their instructions,
   * each of which takes some 0.1 µs beside its numbers. So a block of many instructions has many
   * rows: one for so many instructions, within these bounds, and more than {@value #PROBE} only
   * where they take no more than so many caches.
   */
  private static final int INSTRUCTIONS_OF_A_ROW = 450;

  private static final int LEAST_WORTHWHILE = 8;

  private static final int MOST_WORTHWHILE = 32;

  private static final int CACHES = 8;

  /** The fewest blocks and rows of a model whose weights are read from afar by each block. */
  private static final int WIDE_THREADS = 2;

  private static final int WIDE_ROWS = 24;

  private static final int MOST_ROWS = 128;

  /** What a core can call its own of the caches of today's machines, in bytes. */
  private static final long CACHE = 3L << 20;

  /** Parameters of at most so many bytes, or their gradient, stay in a core's own cache. */
  private static final long SMALL_MODEL = 1L << 20;

  /**
   * Multiply-adds of a block for each byte of its gradient, so that the gradient's way to memory
   * and back takes less than a tenth of the block's time.
   */
  private static final long WORK_PER_BYTE = 100;

  Cut {
    if (sequences < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "expected at least one sequence and blocks of at least one row, got "
              + sequences
              + " sequences and blocks of "
              + rows);
    }
    rows = Math.min(rows, sequences);
  }

  /**
   * Blocks whose work memory fits in a cache, if that is worthwhile; but at least four blocks, for
   * as many threads, where that leaves each a few rows. A model whose gradient is large for what
   * its rows have to do, as that of wide layers, is not cut: threads then share its products.
   *
   * @param block of {@value #PROBE} rows, or of all where there are fewer
   */
  static Cut of(int sequences, Block block, ParameterVector parameters, boolean gradients) {
    Program program = block.program();
    int probe = block.rows();
    long bytes = (long) parameters.flat().size() * parameters.precision().bytes();
    long work = Math.max(1, program.multiplyAdds() / probe);
    long inCache = CACHE * probe / Math.max(1, program.workBytes());
    if (bytes <= SMALL_MODEL) {
      long forInstructions =
          Math.min(
              program.instructionsRun() / INSTRUCTIONS_OF_A_ROW, Math.max(PROBE, CACHES * inCache));
      int worthwhile = Math.clamp(wholes(forInstructions), LEAST_WORTHWHILE, MOST_WORTHWHILE);
      int most = Math.clamp(wholes(inCache), worthwhile, MOST_ROWS);
      return new Cut(sequences, even(sequences, most, THREADS));
    }
    long least = gradients ? WORK_PER_BYTE * bytes / work : 1;
    if (least * WIDE_THREADS > sequences) {
      return new Cut(sequences, sequences);
    }
    int most = Math.clamp(Math.max(inCache, least), WIDE_ROWS, MOST_ROWS);
    return new Cut(sequences, even(sequences, most, WIDE_THREADS));
  }

  private static long wholes(long rows) {
    return rows / FEWEST_ROWS * FEWEST_ROWS;
  }

  /** About so many rows, in a number of blocks for so many threads, and even if that can be. */
  private static int even(int sequences, int most, int threads) {
    int blocks = threads * Math.max(1, Math.round((float) sequences / (threads * most)));
    int rows = sequences / blocks / EVEN * EVEN;
    boolean fair = 2L * (sequences - (long) rows * (blocks - 1)) < 3L * rows;
    return Math.max(fair ? rows : rows + EVEN, FEWEST_ROWS);
  }

  int blocks() {
    return Math.max(1, (sequences + rows / 2) / rows);
  }

  int from(int block) {
    return block * rows;
  }

  int rowsOf(int block) {
    return block < blocks() - 1 ? rows : sequences - from(block);
  }

  /** The rows of the last block: what is left, at least half a block. */
  int lastRows() {
    return rowsOf(blocks() - 1);
  }
}
