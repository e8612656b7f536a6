package girsanov.tensor;

import girsanov.tensor.kernel.DoubleElementwise;
import girsanov.tensor.kernel.NoiseKernel;

/**
 * Random numbers as a pure function: element i of a stream depends on (seed, stream, i) alone, not
 * on how the elements are asked for, the lane width or the number of threads.
 *
 * <p>Element i takes word j = (i / 8) mod 4 of the {@link Philox} block with key {@code seed} and
 * counter (b, stream), b = 8 ⌊i / 32⌋ + i mod 8: eight blocks side by side fill a vector register.
 * With w that word read as an unsigned number, u = (w + 1/2) / 2³² lies in (0, 1). A uniform is u.
 * A pair of normals comes from words (0, 1) or (2, 3) by Box and Muller, "A note on the generation
 * of random normal deviates", 1958: r = √(-2 ln u₀), θ = 2π u₁; the lower word's element is r cos
 * θ, the upper word's r sin θ. The largest possible |normal| is √(66 ln 2) = 6.76.
 *
 * <p>A FLOAT is the DOUBLE rounded to nearest, except that a uniform that would round to 1 is the
 * largest float below.
 */
public final class Noise {
  /** Groups made at a time: their 32 KiB stay in the L1 cache. */
  private static final int CHUNK = 128;

  private static final ThreadLocal<double[]> BUFFER =
      ThreadLocal.withInitial(() -> new double[CHUNK * NoiseKernel.GROUP]);

  private static final float ONE_LESS = Math.nextDown(1f);

  private Noise() {}

  /** Fills {@code out} with standard normals number firstIndex, firstIndex + 1, ... of a stream. */
  public static void normal(long seed, long stream, long firstIndex, Tensor out) {
    fill(seed, stream, firstIndex, out, true);
  }

  /** Fills {@code out} with uniforms in (0, 1), number firstIndex, firstIndex + 1, ... */
  public static void uniform(long seed, long stream, long firstIndex, Tensor out) {
    fill(seed, stream, firstIndex, out, false);
  }

  private static void fill(long seed, long stream, long firstIndex, Tensor out, boolean normal) {
    if (firstIndex < 0) {
      throw new IllegalArgumentException("Expected an index of 0 or more, got " + firstIndex + ".");
    }
    double[] buffer = BUFFER.get();
    long group = firstIndex / NoiseKernel.GROUP;
    int skip = (int) (firstIndex % NoiseKernel.GROUP);
    for (int done = 0; done < out.size(); ) {
      int wanted = Math.ceilDiv(out.size() - done + skip, NoiseKernel.GROUP);
      int groups = Math.min(wanted, CHUNK);
      NoiseKernel.words(seed, stream, group, groups, buffer);
      if (normal) {
        NoiseKernel.normals(groups, buffer);
      } else {
        DoubleElementwise.multiplyScalar(buffer, 0, 0x1p-32, buffer, 0, groups * NoiseKernel.GROUP);
      }
      int count = Math.min(groups * NoiseKernel.GROUP - skip, out.size() - done);
      store(buffer, skip, count, out, done, normal);
      done += count;
      group += groups;
      skip = 0;
    }
  }

  private static void store(
      double[] from, int fromOffset, int count, Tensor out, int done, boolean normal) {
    switch (out) {
      case DoubleTensor x ->
          System.arraycopy(from, fromOffset, x.array(), x.offset() + done, count);
      case FloatTensor x -> {
        float[] to = x.array();
        int offset = x.offset() + done;
        for (int i = 0; i < count; i++) {
          to[offset + i] = (float) from[fromOffset + i];
        }
        if (!normal) {
          for (int i = 0; i < count; i++) {
            to[offset + i] = Math.min(to[offset + i], ONE_LESS);
          }
        }
      }
    }
  }
}
