package girsanov.autodiff.compile;

import girsanov.autodiff.Elementwise;
import java.util.Locale;

/** What one step of a tile loop computes, by one kernel. */
sealed interface Opcode {

  String symbol();

  /** An operation of the language. */
  record Plain(Elementwise f) implements Opcode {
    @Override
    public String symbol() {
      return f.symbol();
    }
  }

  /**
   * Several operations of the language in one pass: fewer tiles are written and read again. {@link
   * Steps} finds them.
   */
  enum Fused implements Opcode {
    /** a·b + c. */
    MULTIPLY_ADD,
    /** c − a·b. */
    SUBTRACT_PRODUCT,
    /** a·v + b, v a number. */
    ADD_SCALED,
    /** a·(b − b²). */
    SIGMOID_SLOPE,
    /** a·(1 − b²). */
    TANH_SLOPE,
    /** a·(1 − e⁻ᵇ). */
    SOFTPLUS_SLOPE,
    /** a·(min(b, 0) + 1). */
    ELU_SLOPE;

    @Override
    public String symbol() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The gates of a recurrent unit, forward and back, by kernels that take their operands and
   * results where they lie in wider rows. {@link Gates} finds them.
   */
  enum Gate implements Opcode {
    /** σ(a + b). */
    SIGMOID_OF_SUM,
    /** a + b, n = tanh(g + r(a + b)), n + z(h − n) of a, b, r, g, z, h. */
    GRU_STATE,
    /** The derivatives of the last and of the sigmoids r and z: see {@code FloatGates.slopes}. */
    GRU_SLOPES;

    @Override
    public String symbol() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
