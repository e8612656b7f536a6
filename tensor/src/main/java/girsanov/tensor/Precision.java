package girsanov.tensor;

/** The two element types, and how storage is padded for them. */
public enum Precision {
  /** 32-bit, for training. */
  FLOAT(Float.BYTES),
  /** 64-bit, for simulation, convergence and gradient checks. */
  DOUBLE(Double.BYTES);

  private static final int PAD_BYTES = 64;

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** The smallest multiple of 64 bytes that holds {@code n} elements, in elements. */
  public int pad(int n) {
    int quantum = PAD_BYTES / bytes;
    return Math.multiplyExact(Math.ceilDiv(n, quantum), quantum);
  }
}
