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
}
