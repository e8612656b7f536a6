package girsanov.tensor.kernel;

/**
 * Where cache lines begin in an array. A vector as long as a line that does not begin with one is
 * two lines to load and to store.
 *
 * <p>An array's numbers begin 16 bytes after the array. Where the array begins is the collector's
 * choice. G1, the default on anything but a small machine, puts one of half a region or more at the
 * start of a region, where it stays: there {@link #LEAD_BYTES} further is the start of a line. The
 * serial collector, which {@code jvm.flags} asks for, promises nothing of the kind: there, and for
 * smaller arrays, lines begin where they may. To make all objects begin with a line ({@code
 * -XX:ObjectAlignmentInBytes=64}) changed training steps by -2 to +1 %.
 */
public final class CacheLine {
  public static final int BYTES = 64;

  /** How much of a large array is left unused, so that what follows begins with a line. */
  public static final int LEAD_BYTES = 48;

  private CacheLine() {}
}
