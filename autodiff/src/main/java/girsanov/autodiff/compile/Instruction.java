package girsanov.autodiff.compile;

import girsanov.tensor.kernel.Activation;
import girsanov.tensor.kernel.Epilogue;
import girsanov.tensor.kernel.Extents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Program} does, one after the other. Instructions hold plain numbers and buffer
 * numbers, so that running them allocates nothing.
 */
sealed interface Instruction {

  /** Buffers read or written, without those of a nested loop's body. */
  List<Buffer> touches();

  /**
   * A buffer walked by a nest of loops: element (outer…, row, column) at offset + Σ outerₖ·outer
   * stride + row·rowStride + column·columnStride.
   */
  record Operand(Buffer buffer, int offset, int[] outer, int rowStride, int columnStride) {

    /** As a right factor: stored column after column. */
    boolean isTransposed() {
      return columnStride != 1;
    }

    /** The longer of the two steps of a matrix whose other step is 1. */
    int leadingStride() {
      return isTransposed() ? columnStride : rowStride;
    }

    @Override
    public String toString() {
      return buffer
          + (offset == 0 ? "" : "+" + offset)
          + "/"
          + (outer.length == 0 ? "" : Arrays.toString(outer))
          + rowStride
          + ","
          + columnStride;
    }
  }

  /**
   * y[i] = op(a[i], b[i], …) on slots of a tile, with a number where {@code scalar} is one.
   *
   * @param slots of the arguments, then of the results. Of any but a gate three arguments (the
   *     first again where there are fewer): so each has its place
   * @param args how many arguments there are
   */
  record TileStep(Opcode op, int[] slots, int args, double scalar) {

    /** Where the results begin. */
    static int places(Opcode op, int args) {
      return op instanceof Opcode.Gate ? args : 3;
    }

    boolean reads(int slot) {
      return Arrays.stream(slots, 0, args).anyMatch(s -> s == slot);
    }

    boolean writes(int slot) {
      return Arrays.stream(slots, places(op, args), slots.length).anyMatch(s -> s == slot);
    }

    @Override
    public String toString() {
      String read = names(0, args) + (Double.isNaN(scalar) ? "" : ", " + scalar);
      String written = names(places(op, args), slots.length);
      return written + " = " + op.symbol() + "(" + read + ")";
    }

    private String names(int from, int to) {
      return Arrays.stream(slots, from, to)
          .mapToObj(s -> "s" + s)
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * The sum of a slot over the axes along which {@code to} has stride 0, added to what is there.
   */
  record TileSum(int slot, Operand to) {}

  /**
   * A chain of elementwise steps over tiles that stay in the cache. Slots: first the operands, then
   * the results, then registers. A tile is {@code tileRows} whole rows, or part of one row. An
   * exact result is part of a larger array: not one element beside it may be written. Sums grow by
   * each tile, before it leaves the cache.
   *
   * @param period the rows after which an operand, or a sum, of row stride 0 and column stride 1
   *     starts again: mostly 1
   * @param inPlace by operand and result: whether all that is done with it can be done where it
   *     lies, whatever the distance of its rows
   * @param gated whether a step is a {@link Opcode.Gate}
   */
  record TileLoop(
      int[] outer,
      int rows,
      int columns,
      int period,
      int tileRows,
      int tileColumns,
      Operand[] operands,
      Operand[] results,
      boolean[] exact,
      boolean[] inPlace,
      boolean gated,
      int registers,
      TileStep[] steps,
      TileSum[] sums)
      implements Instruction {

    /** Whether rows can be given to different threads: no sum is over rows. */
    boolean hasRowsApart() {
      for (TileSum sum : sums) {
        if (sum.to.rowStride == 0) {
          return false;
        }
      }
      return true;
    }

    /** Whether columns can be given to different threads: no sum is over columns. */
    boolean hasColumnsApart() {
      for (TileSum sum : sums) {
        if (sum.to.columnStride == 0) {
          return false;
        }
      }
      return true;
    }

    int slots() {
      return operands.length + results.length + registers;
    }

    @Override
    public List<Buffer> touches() {
      var all = new ArrayList<Buffer>();
      for (Operand operand : operands) {
        all.add(operand.buffer);
      }
      for (Operand result : results) {
        all.add(result.buffer);
      }
      for (TileSum sum : sums) {
        all.add(sum.to.buffer);
      }
      return all;
    }

    @Override
    public String toString() {
      var text = new StringBuilder("tiles ");
      text.append(Arrays.toString(results)).append(" <- ").append(Arrays.toString(operands));
      text.append(" over ").append(times(outer));
      text.append(rows).append("x").append(columns);
      text.append(" by ").append(tileRows).append("x").append(tileColumns);
      text.append(period == 1 ? "" : ", every " + period + " rows");
      for (TileStep step : steps) {
        text.append("\n      ").append(step);
      }
      for (TileSum sum : sums) {
        text.append("\n      ").append(sum.to).append(" += sum of s").append(sum.slot);
      }
      return text.toString();
    }
  }

  /** The product of an a[m, k] and a b[k, n], which need not be packed yet, into c. */
  static Extents extents(int m, int n, int k, Operand a, Operand b, Operand c) {
    return new Extents(
        m,
        n,
        k,
        a.rowStride,
        a.columnStride,
        b.leadingStride(),
        b.isTransposed(),
        c.rowStride,
        false);
  }

  /**
   * C = f(A·B + bias), or C + A·B, for each outer index; a packed B was laid out in panels by
   * {@link Pack}.
   *
   * @param after f, and whether there is a bias
   */
  record Product(
      int[] outer,
      Extents extents,
      Operand a,
      Operand b,
      boolean packed,
      Operand c,
      Epilogue after,
      @Nullable Operand bias)
      implements Instruction {

    @Override
    public List<Buffer> touches() {
      return bias == null
          ? List.of(a.buffer, b.buffer, c.buffer)
          : List.of(a.buffer, b.buffer, c.buffer, bias.buffer);
    }

    @Override
    public String toString() {
      return "matmul "
          + c
          + (extents.accumulate() ? " += " : " <- ")
          + a
          + " * "
          + (packed ? "packed " : "")
          + b
          + " of "
          + times(outer)
          + extents.m()
          + "x"
          + extents.k()
          + "x"
          + extents.n()
          + (bias == null ? "" : " + " + bias)
          + (after.activation() == Activation.IDENTITY
              ? ""
              : ", " + after.activation().name().toLowerCase(Locale.ROOT));
    }
  }

  /** Lays a matrix [k, n] out in the panels that the matrix product reads. */
  record Pack(Extents extents, Operand b, Buffer to) implements Instruction {
    @Override
    public List<Buffer> touches() {
      return List.of(b.buffer, to);
    }

    @Override
    public String toString() {
      return "pack " + to + " <- " + b + " of " + extents.k() + "x" + extents.n();
    }
  }

  /** Sum or largest value over the rows (one result a column) or the columns (one a row). */
  record Reduce(
      boolean max, boolean overRows, int[] outer, int rows, int columns, Operand from, Operand to)
      implements Instruction {
    @Override
    public List<Buffer> touches() {
      return List.of(from.buffer, to.buffer);
    }

    @Override
    public String toString() {
      return (max ? "max over " : "sum over ")
          + (overRows ? "rows " : "columns ")
          + to
          + " <- "
          + from
          + " of "
          + times(outer)
          + rows
          + "x"
          + columns;
    }
  }

  /** Moves elements between strided places; writes exactly those. */
  record Copy(int[] outer, int rows, int columns, Operand from, Operand to) implements Instruction {
    @Override
    public List<Buffer> touches() {
      return List.of(from.buffer, to.buffer);
    }

    @Override
    public String toString() {
      return "copy " + to + " <- " + from + " of " + times(outer) + rows + "x" + columns;
    }
  }

  /** A contiguous run of zeros. */
  record Clear(Buffer to, int offset, int size) implements Instruction {
    @Override
    public List<Buffer> touches() {
      return List.of(to);
    }

    @Override
    public String toString() {
      return "clear " + to + "+" + offset + " of " + size;
    }
  }

  /** Steps of a sliced argument: t = 0 … count−1 at offset + t·step. */
  record Part(Buffer buffer, int offset, int step, int count) {}

  /** A pointer that follows the loop's index over parts laid end to end. */
  record Slide(Buffer pointer, List<Part> parts) {}

  /**
   * A carry: {@code out} walks over the slots of {@code storage}, {@code in} stands on what the
   * step before wrote, at first on {@code init}. One slot a step keeps the stack; two alternate.
   */
  record Carry(
      @Nullable Buffer in,
      @Nullable Buffer init,
      int initOffset,
      Buffer out,
      Buffer storage,
      int slotSize,
      boolean stacked) {}

  /** A scan: the body once a step. */
  record Loop(
      int length, boolean reverse, List<Slide> slides, List<Carry> carries, Instruction[] body)
      implements Instruction {
    @Override
    public List<Buffer> touches() {
      var all = new ArrayList<Buffer>();
      slides.forEach(slide -> slide.parts.forEach(part -> all.add(part.buffer)));
      for (Carry carry : carries) {
        all.add(carry.storage);
        if (carry.init != null) {
          all.add(carry.init);
        }
      }
      return all;
    }

    @Override
    public String toString() {
      var text = new StringBuilder("loop " + length + (reverse ? " backwards" : ""));
      slides.forEach(slide -> text.append("\n    ").append(slide));
      carries.forEach(carry -> text.append("\n    ").append(carry));
      for (Instruction instruction : body) {
        text.append("\n    ").append(instruction.toString().replace("\n", "\n    "));
      }
      return text.toString();
    }
  }

  /** The most that one of the instructions needs, those in loops included. */
  static int most(Instruction[] instructions, ToIntFunction<Instruction> needs) {
    int most = 0;
    for (Instruction instruction : instructions) {
      int needed =
          instruction instanceof Loop loop ? most(loop.body, needs) : needs.applyAsInt(instruction);
      most = Math.max(most, needed);
    }
    return most;
  }

  /** How many are carried out, those of a loop once a step. */
  static long run(Instruction[] instructions) {
    long sum = 0;
    for (Instruction instruction : instructions) {
      sum += instruction instanceof Loop loop ? loop.length * run(loop.body) : 1;
    }
    return sum;
  }

  /** Of all matrix products. */
  static long multiplyAdds(Instruction[] instructions) {
    long sum = 0;
    for (Instruction instruction : instructions) {
      sum +=
          switch (instruction) {
            case Loop loop -> loop.length * multiplyAdds(loop.body);
            case Product p ->
                Arrays.stream(p.outer)
                    .asLongStream()
                    .reduce(p.extents.multiplyAdds(), (a, b) -> a * b);
            default -> 0;
          };
    }
    return sum;
  }

  /** The extents of the loops around a matrix, as a factor before its own. */
  private static String times(int[] outer) {
    return outer.length == 0 ? "" : Arrays.toString(outer) + " x ";
  }
}
