package girsanov.tensor.kernel;

import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one register width all kernels are compiled for: the widest of the machine, or the system
 * property {@value #PROPERTY} (128, 256 or 512 bits) for tests and measurements.
 *
 * <p>No result of a kernel depends on it.
 */
final class Lanes {
  static final String PROPERTY = "girsanov.lanes";

  static {
    VectorApi.require();
  }

  static final VectorShape SHAPE = shape();
  static final VectorSpecies<Float> FLOAT = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Double> DOUBLE = VectorSpecies.of(double.class, SHAPE);
  static final VectorSpecies<Integer> INT = VectorSpecies.of(int.class, SHAPE);
  static final VectorSpecies<Long> LONG = VectorSpecies.of(long.class, SHAPE);

  /**
   * Vectors side by side in a matmul tile: 6 rows of 4 need 29 registers, 6 rows of 2 need 15. Of
   * the common machines only x86 without AVX-512 has no more than 16.
   */
  static final int TILE_VECTORS =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() <= 256 && isX86() ? 2 : 4;

  private Lanes() {}

  private static boolean isX86() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return arch.equals("amd64") || arch.contains("x86");
  }

  private static VectorShape shape() {
    String bits = System.getProperty(PROPERTY);
    if (bits == null) {
      // Beyond 512 bits the 64-byte padding of tensors would no longer hold.
      int preferred = Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
      return VectorShape.forBitSize(Math.max(128, preferred));
    }
    return switch (bits) {
      case "128" -> VectorShape.S_128_BIT;
      case "256" -> VectorShape.S_256_BIT;
      case "512" -> VectorShape.S_512_BIT;
      default ->
          throw new IllegalArgumentException(
              "Expected -D" + PROPERTY + "=128, 256 or 512, got " + bits + ".");
    };
  }
}
