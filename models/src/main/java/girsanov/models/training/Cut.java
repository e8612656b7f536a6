package girsanov.models.training;

/**
 * How a batch is cut into blocks of rows: {@code rows} each, the last one what is left. It depends
 * on the model and the batch, never on the number of threads, so results do not either.
 */
record Cut(int sequences, int rows) {
  /** Rows come in whole tiles of the matrix product where the batch allows. */
  static final int TILE = 16;

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
