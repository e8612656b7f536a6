package girsanov.autodiff.compile;

import girsanov.tensor.Precision;
import girsanov.tensor.kernel.FloatElementwise;
import girsanov.tensor.kernel.FloatGates;
import girsanov.tensor.kernel.FloatMovement;
import girsanov.tensor.kernel.FloatReduction;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * Runs tile loops. A slot is a place for one tile: an operand or result that lies in a row in
 * memory is used where it stands; others are spread out into, or copied back from, a register (a
 * piece of {@code registers}, which stays in the first-level cache).
 */
final class FloatTileMachine {
  private final float[][] base;
  private final int[] at;
  private final float[][] slot;
  private final int[] offset;

  /** The distance of a slot's rows, in a loop with gates. */
  private final int[] stride;

  private final float[] registers;

  /**
   * Where each operand and result of the running loop starts, at the present outer index, and from
   * the number of its slots on each sum.
   */
  private final int[] start;

  /** The part of the loop that runs: indices of the outermost axis, rows and columns. */
  private int outerFrom;

  private int outerTo;
  private int rowFrom;
  private int rowTo;
  private int columnFrom;
  private int columnTo;

  FloatTileMachine(Instruction[] instructions, float[][] base, int[] at) {
    this.base = base;
    this.at = at;
    int slots = mostOfTiles(instructions, Instruction.TileLoop::slots);
    this.slot = new float[slots][];
    this.offset = new int[slots];
    this.stride = new int[slots];
    this.start = new int[slots + mostOfTiles(instructions, loop -> loop.sums().length)];
    this.registers = new float[registers(instructions)];
  }

  /** The elements of the registers that the loops among these instructions need. */
  static int registers(Instruction[] instructions) {
    return mostOfTiles(instructions, loop -> loop.slots() * registerSize(loop));
  }

  /**
   * Runs one of several parts of a loop. Parts are whole tiles and write apart from each other, so
   * they may run at the same time, each in a machine of its own. A part may be empty.
   */
  void run(Instruction.TileLoop loop, int part, int parts) {
    choose(loop, part, parts);
    int operands = loop.operands().length;
    for (int i = 0; i < operands; i++) {
      start[i] = start(loop.operands()[i]);
    }
    for (int i = 0; i < loop.results().length; i++) {
      start[operands + i] = start(loop.results()[i]);
    }
    for (int i = 0; i < loop.sums().length; i++) {
      start[loop.slots() + i] = start(loop.sums()[i].to());
    }
    runOuter(loop, 0);
  }

  /** Cuts the axis with the most tiles, or the one along which sums are apart. */
  private void choose(Instruction.TileLoop loop, int part, int parts) {
    int outer = loop.outer().length == 0 ? 1 : loop.outer()[0];
    if (parts == 1) {
      outerFrom = 0;
      outerTo = outer;
      rowFrom = 0;
      rowTo = loop.rows();
      columnFrom = 0;
      columnTo = loop.columns();
      return;
    }
    int byRows = Math.ceilDiv(loop.rows(), loop.tileRows());
    int byColumns = Math.ceilDiv(loop.columns(), loop.tileColumns());
    boolean summed = loop.sums().length > 0;
    boolean cutsOuter = !summed && outer > byRows && outer > byColumns;
    boolean cutsRows = summed ? loop.hasRowsApart() : !cutsOuter && byRows >= byColumns;
    boolean cutsColumns = !cutsOuter && !cutsRows;
    outerFrom = cutsOuter ? outer * part / parts : 0;
    outerTo = cutsOuter ? outer * (part + 1) / parts : outer;
    rowFrom = cutsRows ? byRows * part / parts * loop.tileRows() : 0;
    rowTo = cutsRows ? byRows * (part + 1) / parts * loop.tileRows() : loop.rows();
    rowTo = Math.min(rowTo, loop.rows());
    columnFrom = cutsColumns ? byColumns * part / parts * loop.tileColumns() : 0;
    columnTo = cutsColumns ? byColumns * (part + 1) / parts * loop.tileColumns() : loop.columns();
    columnTo = Math.min(columnTo, loop.columns());
  }

  private void runOuter(Instruction.TileLoop loop, int axis) {
    if (axis == loop.outer().length) {
      runTiles(loop);
      return;
    }
    int from = axis == 0 ? outerFrom : 0;
    int to = axis == 0 ? outerTo : loop.outer()[axis];
    advance(loop, axis, from);
    for (int i = from; i < to; i++) {
      runOuter(loop, axis + 1);
      advance(loop, axis, 1);
    }
    advance(loop, axis, -to);
  }

  private void advance(Instruction.TileLoop loop, int axis, int by) {
    int operands = loop.operands().length;
    for (int i = 0; i < operands; i++) {
      start[i] += by * loop.operands()[i].outer()[axis];
    }
    for (int i = 0; i < loop.results().length; i++) {
      start[operands + i] += by * loop.results()[i].outer()[axis];
    }
    for (int i = 0; i < loop.sums().length; i++) {
      start[loop.slots() + i] += by * loop.sums()[i].to().outer()[axis];
    }
  }

  private void runTiles(Instruction.TileLoop loop) {
    int size = registerSize(loop);
    for (int i = loop.operands().length; i < loop.slots(); i++) {
      slot[i] = registers;
      offset[i] = i * size;
    }
    for (int i = 0; i < loop.operands().length; i++) {
      spreadOnce(loop, loop.operands()[i], i, i * size);
    }
    for (int r = rowFrom; r < rowTo; r += loop.tileRows()) {
      int rows = Math.min(loop.tileRows(), rowTo - r);
      for (int c = columnFrom; c < columnTo; c += loop.tileColumns()) {
        int columns = Math.min(loop.tileColumns(), columnTo - c);
        runTile(loop, r, c, rows, columns, size);
      }
    }
  }

  private void runTile(Instruction.TileLoop loop, int r, int c, int rows, int columns, int size) {
    int operands = loop.operands().length;
    if (loop.gated()) {
      Arrays.fill(stride, 0, loop.slots(), columns);
    }
    for (int i = 0; i < operands; i++) {
      spread(loop, loop.operands()[i], i, r, c, rows, columns, i * size);
    }
    for (int i = 0; i < loop.results().length; i++) {
      Instruction.Operand result = loop.results()[i];
      boolean there = isThere(loop, i, columns);
      boolean direct = there || isDirect(loop, i, r, c, rows, columns);
      slot[operands + i] = direct ? base[result.buffer().number] : registers;
      offset[operands + i] =
          direct ? start[operands + i] + r * result.rowStride() + c : (operands + i) * size;
      if (there) {
        stride[operands + i] = result.rowStride();
      }
    }
    int n = rows * columns;
    for (Instruction.TileStep step : loop.steps()) {
      if (loop.gated() && step.op() instanceof Opcode.Gate gate) {
        apply(gate, step.slots(), rows, columns);
      } else {
        FloatMachine.apply(step, slot, offset, n);
      }
    }
    for (int i = 0; i < loop.sums().length; i++) {
      Instruction.TileSum sum = loop.sums()[i];
      Instruction.Operand to = sum.to();
      int at = start[loop.slots() + i] + r * to.rowStride() + c * to.columnStride();
      add(loop, sum.slot(), rows, columns, to, at);
    }
    for (int i = 0; i < loop.results().length; i++) {
      Instruction.Operand result = loop.results()[i];
      if (!isThere(loop, i, columns) && !isDirect(loop, i, r, c, rows, columns)) {
        FloatMovement.copyRows(
            registers,
            (operands + i) * size,
            columns,
            base[result.buffer().number],
            start[operands + i] + r * result.rowStride() + c,
            result.rowStride(),
            rows,
            columns);
      }
    }
  }

  /** Rows that stand in a row are done as one: of broken width, each would be rounded up. */
  private void apply(Opcode.Gate gate, int[] slots, int rows, int columns) {
    boolean inARow = true;
    for (int i : slots) {
      inARow &= stride[i] == columns;
    }
    int height = inARow ? 1 : rows;
    int width = inARow ? rows * columns : columns;
    switch (gate) {
      case SIGMOID_OF_SUM -> FloatGates.sigmoidOfSum(slot, offset, stride, slots, height, width);
      case GRU_STATE -> FloatGates.state(slot, offset, stride, slots, height, width);
      case GRU_SLOPES -> FloatGates.slopes(slot, offset, stride, slots, height, width);
    }
  }

  /** Adds the sums of a slot's tile to where they belong. */
  private void add(
      Instruction.TileLoop loop, int from, int rows, int columns, Instruction.Operand to, int at) {
    float[] x = slot[from];
    int xo = offset[from];
    float[] y = base[to.buffer().number];
    if (to.columnStride() == 0 && to.rowStride() == 0) {
      y[at] += FloatReduction.sum(x, xo, rows * columns);
      return;
    }
    if (to.rowStride() == 0) {
      int block = loop.period() * columns;
      int distance = loop.gated() ? loop.period() * stride[from] : block;
      FloatReduction.columnSums(x, xo, distance, rows / loop.period(), block, y, at, true);
      return;
    }
    for (int r = 0; r < rows; r++) {
      int row = at + r * to.rowStride();
      if (to.columnStride() == 0) {
        y[row] += FloatReduction.sum(x, xo + r * columns, columns);
      } else {
        FloatReduction.columnSums(x, xo + r * columns, columns, 1, columns, y, row, true);
      }
    }
  }

  /** Whether a result is computed where it belongs though its rows may be apart. */
  private static boolean isThere(Instruction.TileLoop loop, int i, int columns) {
    return loop.inPlace()[loop.operands().length + i] && columns >= Lower.LANES;
  }

  /**
   * Whether a result's tile lies in a row in memory, and rounding it up to whole vectors spills
   * over only into later tiles or the padding. Others are computed in a register first.
   */
  private boolean isDirect(Instruction.TileLoop loop, int i, int r, int c, int rows, int columns) {
    boolean whole = Precision.FLOAT.pad(rows * columns) == rows * columns;
    boolean inARow = rows == 1 || loop.results()[i].rowStride() == loop.columns();
    return inARow && (whole || (!loop.exact()[i] && fits(loop, r, c, rows, columns)));
  }

  /** Whether a rounded-up tile stays inside this part, of which later tiles follow in order. */
  private boolean fits(Instruction.TileLoop loop, int r, int c, int rows, int columns) {
    int end = r * loop.columns() + c + Precision.FLOAT.pad(rows * columns);
    boolean wholeRows = columnFrom == 0 && columnTo == loop.columns();
    int lastRow = wholeRows ? rowTo : r + rows;
    int total = lastRow * loop.columns();
    boolean last = lastRow == loop.rows() && loop.outer().length == 0;
    return end <= (last ? Precision.FLOAT.pad(total) : total);
  }

  /** Operands that are the same for all tiles: one number, or the same rows over and over. */
  private void spreadOnce(
      Instruction.TileLoop loop, Instruction.Operand operand, int i, int register) {
    if (loop.inPlace()[i]) {
      return;
    }
    float[] from = base[operand.buffer().number];
    int n = loop.tileRows() * loop.tileColumns();
    if (operand.columnStride() == 0 && operand.rowStride() == 0) {
      FloatElementwise.fill(registers, register, n, from[start[i]]);
    } else if (loop.tileRows() > 1 && operand.rowStride() == 0) {
      int blocks = loop.tileRows() / loop.period();
      int block = loop.period() * loop.columns();
      FloatMovement.broadcastRow(from, start[i], registers, register, blocks, block);
    } else {
      return;
    }
    slot[i] = registers;
    offset[i] = register;
  }

  private void spread(
      Instruction.TileLoop loop,
      Instruction.Operand operand,
      int i,
      int r,
      int c,
      int rows,
      int columns,
      int register) {
    float[] from = base[operand.buffer().number];
    int first = start[i] + r * operand.rowStride() + c * operand.columnStride();
    boolean oneRow = loop.tileRows() == 1;
    if (operand.columnStride() == 0) {
      if (operand.rowStride() != 0) {
        FloatMovement.broadcastColumn(
            from, first, operand.rowStride(), registers, register, rows, columns);
        slot[i] = registers;
        offset[i] = register;
      }
    } else if (oneRow || operand.rowStride() == loop.columns()) {
      slot[i] = from;
      offset[i] = first;
    } else if (loop.inPlace()[i]) {
      slot[i] = from;
      offset[i] = first;
      stride[i] = operand.rowStride();
    } else if (operand.rowStride() != 0) {
      FloatMovement.copyRows(
          from, first, operand.rowStride(), registers, register, columns, rows, columns);
      slot[i] = registers;
      offset[i] = register;
    }
  }

  private int start(Instruction.Operand operand) {
    return at[operand.buffer().number] + operand.offset();
  }

  private static int mostOfTiles(
      Instruction[] instructions, ToIntFunction<Instruction.TileLoop> needs) {
    return Instruction.most(
        instructions, i -> i instanceof Instruction.TileLoop loop ? needs.applyAsInt(loop) : 0);
  }

  private static int registerSize(Instruction.TileLoop loop) {
    return Precision.FLOAT.allocation(loop.tileRows() * loop.tileColumns());
  }
}
