package girsanov.autodiff.compile;

import girsanov.autodiff.Elementwise;
import girsanov.autodiff.Expr;
import girsanov.tensor.Shape;
import girsanov.tensor.kernel.Activation;
import girsanov.tensor.kernel.Epilogue;
import girsanov.tensor.kernel.Extents;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a matrix product, with the bias and the activation that follow it. */
final class ProductBuilder {
  private final Lower lower;

  ProductBuilder(Lower lower) {
    this.lower = lower;
  }

  /** What a product can do by itself to its result. */
  static Activation activation(Expr node) {
    if (!(node.op() instanceof Elementwise f)) {
      return Activation.IDENTITY;
    }
    return switch (f) {
      case TANH -> Activation.TANH;
      case SIGMOID -> Activation.SIGMOID;
      case SOFTPLUS -> Activation.SOFTPLUS;
      case ELU -> Activation.ELU;
      default -> Activation.IDENTITY;
    };
  }

  void emit(Expr product) {
    emit(product, lower.place(product), Epilogue.NONE, null);
  }

  /**
   * A product, the sum of it and a row of numbers, and perhaps an activation of that; or the sum of
   * it and of what was computed before.
   */
  void emit(List<Expr> nodes) {
    Expr product = nodes.getFirst();
    Expr last = nodes.getLast();
    Expr x = nodes.size() == 2 ? Fuse.addend(last) : null;
    if (x != null) {
      emitSum(product, x, last);
      return;
    }
    if (lower.isWantedWithGaps(last) && !last.shape().equals(product.shape())) {
      emit(product);
      lower.emitTiles(nodes.subList(1, nodes.size()));
      return;
    }
    View place = lower.place(last);
    View c =
        last.shape().equals(product.shape())
            ? place
            : new View(
                place.buffer(),
                place.offset(),
                product.shape().dims(),
                View.rowMajor(product.shape().dims()));
    View bias = lower.straight(nodes.get(1).args().get(1).args().getFirst());
    emit(product, c, new Epilogue(true, activation(last)), bias);
  }

  /** P + x, added to x if that stands where the sum belongs. */
  private void emitSum(Expr product, Expr x, Expr sum) {
    if (!lower.view(x).equals(lower.wanted(sum))) {
      emit(product);
      lower.emitTiles(List.of(sum));
      return;
    }
    View c = lower.place(sum);
    View a = lower.view(product.args().get(0));
    Expr right = product.args().get(1);
    emit(a, rightFactor(right), lower.sharers(right) > 1, c, true, Epilogue.NONE, null);
  }

  private void emit(Expr product, View c, Epilogue after, @Nullable View bias) {
    Expr right = product.args().get(1);
    View a = lower.view(product.args().get(0));
    if (bias == null && isNarrow(a, c)) {
      // Aᵀ·B = (Bᵀ·A)ᵀ: few columns would leave most of each vector idle.
      View back = View.contiguous(lower.arena(c.size()), Shape.of(c.dims()[1], c.dims()[0]));
      emit(turned(lower.view(right)), turned(a), false, back, false, after, null);
      lower.copy(turned(back), c);
      return;
    }
    emit(a, rightFactor(right), lower.sharers(right) > 1, c, false, after, bias);
  }

  /** Whether C has fewer columns than rows, and than a vector has lanes, and A is transposed. */
  private static boolean isNarrow(View a, View c) {
    int[] dims = c.dims();
    boolean transposed = dims.length == 2 && a.strides()[0] == 1 && a.strides()[1] != 1;
    return transposed && dims[1] < dims[0] && dims[1] < Lower.LANES;
  }

  private static View turned(View v) {
    int[] dims = {v.dims()[1], v.dims()[0]};
    return new View(v.buffer(), v.offset(), dims, new int[] {v.strides()[1], v.strides()[0]});
  }

  private void emit(
      View a,
      View b,
      boolean shared,
      View c,
      boolean accumulate,
      Epilogue after,
      @Nullable View bias) {
    int batch = c.dims().length - 2;
    int m = c.dims()[batch];
    int n = c.dims()[batch + 1];
    int k = a.dims()[batch + 1];
    int[] outer = Arrays.copyOf(c.dims(), batch);
    Instruction.Operand opA = Lower.operand(a, a.strides(), batch);
    Instruction.Operand opB = Lower.operand(b, b.strides(), batch);
    Instruction.Operand opC = Lower.operand(c, c.strides(), batch);
    Lower home = lower.homeOf(b.buffer());
    Extents extents = Instruction.extents(m, n, k, opA, opB, opC);
    extents = accumulate ? extents.accumulating() : extents;
    boolean again = opB.isTransposed() && shared;
    boolean packs = (home != lower || again) && batch == 0 && n > 1;
    if (packs) {
      opB = new Instruction.Operand(home.pack(extents, opB), 0, outer, 0, 1);
    }
    Instruction.Operand row =
        bias == null
            ? null
            : new Instruction.Operand(bias.buffer(), bias.offset(), new int[0], 0, 1);
    lower.instructions.add(
        new Instruction.Product(outer, extents, opA, opB, packs, opC, after, row));
  }

  /** The right factor [k, n] must have rows, or columns, whose elements stand in a row. */
  private View rightFactor(Expr node) {
    View v = lower.view(node);
    int last = v.dims().length - 1;
    int[] strides = v.strides().clone();
    if (v.dims()[last] == 1) {
      strides[last] = 1;
    } else if (v.dims()[last - 1] == 1 && strides[last] != 1) {
      strides[last - 1] = 1;
    }
    boolean walkable = strides[last] == 1 || (strides[last - 1] == 1 && strides[last] > 0);
    return walkable ? new View(v.buffer(), v.offset(), v.dims(), strides) : lower.straight(node);
  }
}
