package girsanov.bench.compare;

import girsanov.tensor.Precision;

/** What a piece of work cannot do without. */
public sealed interface Limit {

  /** Multiply-adds, two operations each. */
  record Arithmetic(Precision precision, double flops) implements Limit {}

  /**
   * Bytes moved between the cores and a level of memory.
   *
   * @param level where the data lie
   */
  record Traffic(Level level, double bytes) implements Limit {}

  /** Nothing that could be stated. */
  record None() implements Limit {}

  /** Where three arrays of so many floats lie. */
  enum Level {
    L1(2 << 10),
    L2(32 << 10),
    L3(256 << 10),
    DRAM(16 << 20);

    final int floats;

    Level(int floats) {
      this.floats = floats;
    }

    /** The nearest level that holds so many bytes beside something else. */
    static Level of(double bytes) {
      return bytes <= 32 << 10 ? L1 : bytes <= 768 << 10 ? L2 : bytes <= 12 << 20 ? L3 : DRAM;
    }
  }
}
