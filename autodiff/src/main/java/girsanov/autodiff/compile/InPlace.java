package girsanov.autodiff.compile;

import java.util.List;

/**
 * Whether an output may be written over an input. It may if nothing reads the input once the output
 * is being written, but for a tile loop that takes each element from the place where it puts the
 * result, after the last look at it.
 */
final class InPlace {
  private InPlace() {}

  static boolean allows(Instruction[] program, Buffer input, Buffer output) {
    int lastRead = -1;
    int firstWrite = program.length;
    for (int i = 0; i < program.length; i++) {
      if (touches(program[i], input)) {
        lastRead = i;
      }
      if (touches(program[i], output)) {
        firstWrite = Math.min(firstWrite, i);
      }
    }
    if (lastRead < firstWrite) {
      return true;
    }
    return lastRead == firstWrite
        && program[lastRead] instanceof Instruction.TileLoop loop
        && tilesAreWhole(loop)
        && replaces(loop, input, output);
  }

  private static boolean touches(Instruction instruction, Buffer buffer) {
    if (instruction instanceof Instruction.Loop loop) {
      for (Instruction inner : loop.body()) {
        if (touches(inner, buffer)) {
          return true;
        }
      }
    }
    return instruction.touches().contains(buffer);
  }

  /** Whether no tile, rounded up to whole vectors, reaches into another. */
  private static boolean tilesAreWhole(Instruction.TileLoop loop) {
    boolean one = loop.tileRows() >= loop.rows() && loop.tileColumns() >= loop.columns();
    boolean rows = loop.rows() == 1 || loop.tileRows() * loop.columns() % Lower.LANES == 0;
    boolean columns = loop.tileColumns() >= loop.columns() || loop.tileColumns() % Lower.LANES == 0;
    return loop.outer().length == 0 && (one || (rows && columns));
  }

  private static boolean replaces(Instruction.TileLoop loop, Buffer input, Buffer output) {
    List<Instruction.Operand> operands = List.of(loop.operands());
    for (int i = 0; i < operands.size(); i++) {
      for (int k = 0; k < loop.results().length; k++) {
        Instruction.Operand from = operands.get(i);
        Instruction.Operand to = loop.results()[k];
        if (from.buffer() == input
            && to.buffer() == output
            && !(samePlaces(loop, from, to) && readBeforeWritten(loop, i, operands.size() + k))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean samePlaces(
      Instruction.TileLoop loop, Instruction.Operand a, Instruction.Operand b) {
    return a.offset() == b.offset()
        && (loop.rows() == 1 || a.rowStride() == b.rowStride())
        && (loop.columns() == 1 || a.columnStride() == b.columnStride());
  }

  /** Gates read some elements again after they have written others. */
  private static boolean readBeforeWritten(Instruction.TileLoop loop, int operand, int result) {
    boolean written = false;
    for (Instruction.TileStep step : loop.steps()) {
      boolean again = step.op() instanceof Opcode.Gate && step.writes(result);
      if (step.reads(operand) && (written || again)) {
        return false;
      }
      written |= step.writes(result);
    }
    return true;
  }
}
