package girsanov.tensor;

import girsanov.tensor.kernel.CacheLine;

/**
 * The number format of a tensor: FLOAT (32 bits) to train in, DOUBLE (64 bits) to simulate and to
 * check gradients in.
 */
public enum Precision {
  FLOAT(Float.BYTES),
  DOUBLE(Double.BYTES);

  /** The widest vector register the kernels use, in bytes; storage is padded to it. */
  private static final int QUANTUM_BYTES = 64;

  private final int bytes;

  /** The elements of a block: a power of two, so that no number is divided in a step. */
  private final int block;

  Precision(int bytes) {
    this.bytes = bytes;
    this.block = QUANTUM_BYTES / bytes;
  }

  /** The size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  /**
   * {@code n} elements rounded up to whole 64-byte blocks (16 floats or 8 doubles): the storage an
   * elementwise kernel may touch when asked for {@code n}.
   *
   * @throws ArithmeticException if that is more than an int holds
   */
  public int pad(int n) {
    return Math.addExact(n, block - 1) & -block;
  }

  /** The elements of a large array that are left unused: {@link CacheLine#LEAD_BYTES}. */
  public int lead() {
    return CacheLine.LEAD_BYTES / bytes;
  }

  /**
   * The length of an array for {@code n} elements: one block more than {@link #pad}, so that a
   * kernel that rounds its length up may start at any element inside.
   *
   * @throws ArithmeticException if that is more than an int holds
   */
  public int allocation(int n) {
    return Math.addExact(pad(n), block);
  }
}
