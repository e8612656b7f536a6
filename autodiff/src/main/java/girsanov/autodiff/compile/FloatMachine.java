package girsanov.autodiff.compile;

import girsanov.autodiff.Elementwise;
import girsanov.tensor.FloatParallelMatmul;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Workers;
import girsanov.tensor.kernel.FloatElementwise;
import girsanov.tensor.kernel.FloatMatmul;
import girsanov.tensor.kernel.FloatMovement;
import girsanov.tensor.kernel.FloatReduction;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs instructions on float arrays. {@code base[b]} and {@code at[b]} say where buffer b starts;
 * loops move those of pointers. One machine serves one caller; running allocates nothing.
 *
 * <p>Large instructions are cut in parts for the workers. No sum is cut, so a result has the same
 * bits for any number of parts.
 */
final class FloatMachine implements Machine {
  final Instruction[] instructions;
  private final float[][] base;
  private final int[] at;
  private final float[] scratch;
  private final Workers workers;

  /** Elements times steps below which a loop is left to one thread. */
  private final long small;

  private final FloatParallelMatmul products;
  private final long elements;

  /** One for each part of a loop. */
  private final FloatTileMachine[] tiles;

  private final IntConsumer tilePart = this::runTilePart;
  private final IntConsumer reducePart = this::runReducePart;
  private Instruction.@Nullable TileLoop tileLoop;
  private Instruction.@Nullable Reduce reduce;
  private int parts;

  FloatMachine(
      Instruction[] instructions, List<Buffer> buffers, Plan plan, Workers workers, long small) {
    this.workers = workers;
    this.small = small;
    this.products = new FloatParallelMatmul(workers);
    this.instructions = instructions;
    this.base = new float[buffers.size()][];
    this.at = new int[buffers.size()];
    int lead = Precision.FLOAT.lead();
    var arena = new float[Math.addExact(lead, plan.size())];
    long constants = 0;
    for (Buffer buffer : buffers) {
      switch (buffer.kind) {
        case ARENA -> {
          base[buffer.number] = arena;
          at[buffer.number] = lead + Math.max(0, plan.offsets()[buffer.number]);
        }
        case CONSTANT -> {
          if (buffer.constant != null) {
            float[] constant = ((FloatTensor) buffer.constant.to(Precision.FLOAT)).array();
            base[buffer.number] = constant;
            constants += constant.length;
          }
        }
        case INPUT, OUTPUT, POINTER -> base[buffer.number] = arena;
      }
    }
    this.scratch = new float[Instruction.most(instructions, this::scratchSize)];
    this.tiles = new FloatTileMachine[workers.threads()];
    Arrays.setAll(tiles, _ -> new FloatTileMachine(instructions, base, at));
    long registers = (long) FloatTileMachine.registers(instructions) * tiles.length;
    this.elements = arena.length + scratch.length + registers + constants;
  }

  @Override
  public long elements() {
    return elements;
  }

  void bind(Buffer buffer, FloatTensor tensor) {
    base[buffer.number] = tensor.array();
    at[buffer.number] = tensor.offset();
  }

  @Override
  public void run() {
    run(instructions);
  }

  private void run(Instruction[] program) {
    for (Instruction instruction : program) {
      switch (instruction) {
        case Instruction.TileLoop loop -> run(loop);
        case Instruction.Product product -> run(product);
        case Instruction.Pack pack -> run(pack);
        case Instruction.Reduce reduce -> run(reduce);
        case Instruction.Copy copy -> run(copy);
        case Instruction.Clear clear -> run(clear);
        case Instruction.Loop loop -> run(loop);
      }
    }
  }

  void run(Instruction.TileLoop loop) {
    long work = elements(loop.outer(), loop.rows(), loop.columns()) * loop.steps().length;
    parts = parts(work);
    if (parts == 1 || !(loop.hasRowsApart() || loop.hasColumnsApart())) {
      tiles[0].run(loop, 0, 1);
      return;
    }
    tileLoop = loop;
    workers.parallel(parts, tilePart);
  }

  private void runTilePart(int part) {
    if (tileLoop != null) {
      tiles[part].run(tileLoop, part, parts);
    }
  }

  /** Into how many parts so much work is cut; one where the team has other work. */
  private int parts(long work) {
    return work < small || !workers.isFree() ? 1 : workers.threads();
  }

  private static long elements(int[] outer, int rows, int columns) {
    long elements = (long) rows * columns;
    for (int extent : outer) {
      elements *= extent;
    }
    return elements;
  }

  private void run(Instruction.Loop loop) {
    for (int step = 0; step < loop.length(); step++) {
      int t = loop.reverse() ? loop.length() - 1 - step : step;
      for (int i = 0; i < loop.slides().size(); i++) {
        slide(loop.slides().get(i), t);
      }
      for (int i = 0; i < loop.carries().size(); i++) {
        carry(loop.carries().get(i), step, t);
      }
      run(loop.body());
    }
  }

  void slide(Instruction.Slide slide, int t) {
    int index = t;
    int i = 0;
    while (index >= slide.parts().get(i).count()) {
      index -= slide.parts().get(i++).count();
    }
    Instruction.Part part = slide.parts().get(i);
    int pointer = slide.pointer().number;
    base[pointer] = base[part.buffer().number];
    at[pointer] = at[part.buffer().number] + part.offset() + index * part.step();
  }

  void carry(Instruction.Carry carry, int step, int t) {
    int out = carry.out().number;
    Buffer in = carry.in();
    Buffer init = carry.init();
    if (in != null && init != null) {
      boolean first = step == 0;
      base[in.number] = first ? base[init.number] : base[out];
      at[in.number] = first ? at[init.number] + carry.initOffset() : at[out];
    }
    int slot = carry.stacked() ? t : step % 2;
    base[out] = base[carry.storage().number];
    at[out] = at[carry.storage().number] + slot * carry.slotSize();
  }

  void run(Instruction.Pack pack) {
    Instruction.Operand b = pack.b();
    FloatMatmul.pack(
        pack.extents(),
        base[b.buffer().number],
        at[b.buffer().number] + b.offset(),
        base[pack.to().number],
        at[pack.to().number]);
  }

  void run(Instruction.Product p) {
    int[] outer = p.outer();
    float[] left = base[p.a().buffer().number];
    float[] right = base[p.b().buffer().number];
    float[] to = base[p.c().buffer().number];
    int a = start(p.a());
    int b = start(p.b());
    int c = start(p.c());
    if (outer.length > 0) {
      int[] steps = p.a().outer();
      int[] rightSteps = p.b().outer();
      int[] toSteps = p.c().outer();
      products.batch(
          outer, p.extents(), left, a, steps, right, b, rightSteps, to, c, toSteps, scratch, 0);
      return;
    }
    Instruction.Operand row = p.bias();
    float[] bias = row == null ? to : base[row.buffer().number];
    int biasAt = row == null ? 0 : start(row);
    if (p.packed()) {
      products.matmulPacked(p.extents(), left, a, right, b, to, c, p.after(), bias, biasAt);
    } else {
      products.matmul(p.extents(), left, a, right, b, to, c, scratch, 0, p.after(), bias, biasAt);
    }
  }

  void run(Instruction.Reduce r) {
    parts = parts(elements(r.outer(), r.rows(), r.columns()));
    reduce = r;
    workers.parallel(parts, reducePart);
  }

  /** A share of the columns of a sum over rows, or of the rows of a sum over columns. */
  private void runReducePart(int part) {
    Instruction.Reduce r = reduce;
    if (r != null) {
      int unit = r.overRows() ? Lower.LANES : 1;
      int extent = r.overRows() ? r.columns() : r.rows();
      int units = Math.ceilDiv(extent, unit);
      int first = units * part / parts * unit;
      int count = Math.min(extent, units * (part + 1) / parts * unit) - first;
      if (count > 0) {
        int from = start(r.from()) + first * (r.overRows() ? 1 : r.from().rowStride());
        reduce(r, 0, from, start(r.to()) + first, count);
      }
    }
  }

  private void reduce(Instruction.Reduce r, int axis, int from, int to, int count) {
    if (axis < r.outer().length) {
      for (int i = 0; i < r.outer()[axis]; i++) {
        int x = from + i * r.from().outer()[axis];
        reduce(r, axis + 1, x, to + i * r.to().outer()[axis], count);
      }
      return;
    }
    float[] x = base[r.from().buffer().number];
    float[] y = base[r.to().buffer().number];
    int stride = r.from().rowStride();
    if (r.max()) {
      if (r.overRows()) {
        FloatReduction.columnMax(x, from, stride, r.rows(), count, y, to);
      } else {
        FloatReduction.rowMax(x, from, stride, count, r.columns(), y, to);
      }
    } else if (r.overRows()) {
      FloatReduction.columnSums(x, from, stride, r.rows(), count, y, to, false);
    } else {
      FloatReduction.rowSums(x, from, stride, count, r.columns(), y, to);
    }
  }

  void run(Instruction.Copy c) {
    copy(c, 0, start(c.from()), start(c.to()));
  }

  private void copy(Instruction.Copy c, int axis, int from, int to) {
    if (axis < c.outer().length) {
      for (int i = 0; i < c.outer()[axis]; i++) {
        copy(c, axis + 1, from + i * c.from().outer()[axis], to + i * c.to().outer()[axis]);
      }
      return;
    }
    float[] x = base[c.from().buffer().number];
    float[] y = base[c.to().buffer().number];
    Instruction.Operand f = c.from();
    Instruction.Operand g = c.to();
    boolean straight = g.columnStride() == 1 || c.columns() == 1;
    if (straight && (f.columnStride() == 1 || c.columns() == 1)) {
      FloatMovement.copyRows(x, from, f.rowStride(), y, to, g.rowStride(), c.rows(), c.columns());
    } else if (straight && f.rowStride() == 1) {
      FloatMovement.transpose(
          x, from, f.columnStride(), y, to, g.rowStride(), c.columns(), c.rows());
    } else {
      for (int i = 0; i < c.rows(); i++) {
        for (int j = 0; j < c.columns(); j++) {
          y[to + i * g.rowStride() + j * g.columnStride()] =
              x[from + i * f.rowStride() + j * f.columnStride()];
        }
      }
    }
  }

  void run(Instruction.Clear clear) {
    float[] y = base[clear.to().number];
    int from = at[clear.to().number] + clear.offset();
    Arrays.fill(y, from, from + clear.size(), 0);
  }

  private int start(Instruction.Operand operand) {
    return at[operand.buffer().number] + operand.offset();
  }

  private int scratchSize(Instruction instruction) {
    return instruction instanceof Instruction.Product p && !p.packed()
        ? products.batchScratchSize(p.outer(), p.extents())
        : 0;
  }

  /** Elementwise kernels by operation: the one place where the language meets the kernels. */
  static void apply(Instruction.TileStep s, float[][] m, int[] o, int n) {
    int[] slots = s.slots();
    float[] a = m[slots[0]];
    int ao = o[slots[0]];
    float[] b = m[slots[1]];
    int bo = o[slots[1]];
    float[] c = m[slots[2]];
    int co = o[slots[2]];
    float[] y = m[slots[3]];
    int yo = o[slots[3]];
    float v = (float) s.scalar();
    // One test and one jump: a switch over both kinds of opcode would test for each constant in
    // turn.
    if (s.op() instanceof Opcode.Plain(Elementwise f)) {
      if (Double.isNaN(s.scalar())) {
        apply(f, a, ao, b, bo, c, co, y, yo, n);
      } else {
        apply(f, a, ao, v, y, yo, n);
      }
    } else if (s.op() instanceof Opcode.Fused f) {
      switch (f) {
        case MULTIPLY_ADD -> FloatElementwise.multiplyAdd(a, ao, b, bo, c, co, y, yo, n);
        case SUBTRACT_PRODUCT -> FloatElementwise.subtractProduct(a, ao, b, bo, c, co, y, yo, n);
        case ADD_SCALED -> FloatElementwise.addScaled(a, ao, v, b, bo, y, yo, n);
        case SIGMOID_SLOPE -> FloatElementwise.sigmoidSlope(a, ao, b, bo, y, yo, n);
        case TANH_SLOPE -> FloatElementwise.tanhSlope(a, ao, b, bo, y, yo, n);
        case SOFTPLUS_SLOPE -> FloatElementwise.softplusSlope(a, ao, b, bo, y, yo, n);
        case ELU_SLOPE -> FloatElementwise.eluSlope(a, ao, b, bo, y, yo, n);
      }
    }
  }

  private static void apply(
      Elementwise f,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      float[] y,
      int yo,
      int n) {
    switch (f) {
      case NEGATE -> FloatElementwise.negate(a, ao, y, yo, n);
      case ABS -> FloatElementwise.abs(a, ao, y, yo, n);
      case SIGN -> FloatElementwise.sign(a, ao, y, yo, n);
      case DETACH -> FloatElementwise.copy(a, ao, y, yo, n);
      case EXP -> FloatElementwise.exp(a, ao, y, yo, n);
      case EXPM1 -> FloatElementwise.expm1(a, ao, y, yo, n);
      case LOG -> FloatElementwise.log(a, ao, y, yo, n);
      case LOG1P -> FloatElementwise.log1p(a, ao, y, yo, n);
      case SQRT -> FloatElementwise.sqrt(a, ao, y, yo, n);
      case RECIPROCAL -> FloatElementwise.reciprocal(a, ao, y, yo, n);
      case SQUARE -> FloatElementwise.square(a, ao, y, yo, n);
      case TANH -> FloatElementwise.tanh(a, ao, y, yo, n);
      case SIGMOID -> FloatElementwise.sigmoid(a, ao, y, yo, n);
      case SOFTPLUS -> FloatElementwise.softplus(a, ao, y, yo, n);
      case ELU -> FloatElementwise.elu(a, ao, y, yo, n);
      case SIN -> FloatElementwise.sin(a, ao, y, yo, n);
      case COS -> FloatElementwise.cos(a, ao, y, yo, n);
      case ERF -> FloatElementwise.erf(a, ao, y, yo, n);
      case PLUS -> FloatElementwise.add(a, ao, b, bo, y, yo, n);
      case MINUS -> FloatElementwise.subtract(a, ao, b, bo, y, yo, n);
      case TIMES -> FloatElementwise.multiply(a, ao, b, bo, y, yo, n);
      case DIVIDE -> FloatElementwise.divide(a, ao, b, bo, y, yo, n);
      case POWER -> FloatElementwise.power(a, ao, b, bo, y, yo, n);
      case MAXIMUM -> FloatElementwise.maximum(a, ao, b, bo, y, yo, n);
      case MINIMUM -> FloatElementwise.minimum(a, ao, b, bo, y, yo, n);
      case LESS -> FloatElementwise.less(a, ao, b, bo, y, yo, n);
      case SELECT -> FloatElementwise.select(a, ao, b, bo, c, co, y, yo, n);
    }
  }

  private static void apply(Elementwise f, float[] a, int ao, float v, float[] y, int yo, int n) {
    switch (f) {
      case PLUS -> FloatElementwise.addScalar(a, ao, v, y, yo, n);
      case MINUS -> FloatElementwise.addScalar(a, ao, -v, y, yo, n);
      case TIMES -> FloatElementwise.multiplyScalar(a, ao, v, y, yo, n);
      default -> throw new IllegalStateException("no form with a number of " + f);
    }
  }
}
