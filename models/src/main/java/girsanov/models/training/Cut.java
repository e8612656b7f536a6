package girsanov.models.training;

import girsanov.autodiff.compile.Program;

/**
 * How a batch is cut into blocks of rows: {@code rows} each, the last one what is left. It depends
 * on the model and the batch, never on the machine or the number of threads, so results do not
 * either.
 */
record Cut(int sequences, int rows) {
  /** Rows come in such numbers where the batch allows: whole tiles of every matrix product. */
  private static final int TILE = 16;

  /** Rows of the smallest tile that a matrix product runs at full speed. */
  private static final int SMALL_TILE = 4;

  private static final int MOST_TILES = 8;

  /** What a core can call its own of the caches of today's machines, in bytes. */
  private static final long CACHE = 4L << 20;

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
   * Blocks whose work memory fits in a cache, in whole tiles of rows; but at least four blocks, for
   * as many threads, where that leaves each a few rows.
   */
  static Cut of(Objective objective, ParameterVector parameters, boolean gradients) {
    int sequences = objective.sequences();
    int probe = Math.min(sequences, TILE);
    Program program =
        Lane.compile(
            objective.trace(probe),
            parameters.parameters().values(),
            parameters.precision(),
            gradients);
    long bytes = Math.max(1, program.workBytes() * TILE / probe);
    int inCache = TILE * (int) Math.clamp(CACHE / bytes, 1, MOST_TILES);
    int quarter = SMALL_TILE * Math.ceilDiv(sequences, 4 * SMALL_TILE);
    return new Cut(sequences, Math.min(inCache, quarter));
  }

  int blocks() {
    return Math.ceilDiv(sequences, rows);
  }

  int from(int block) {
    return block * rows;
  }

  int rowsOf(int block) {
    return Math.min(rows, sequences - from(block));
  }

  /** The rows of the last block. */
  int lastRows() {
    return rowsOf(blocks() - 1);
  }
}
