package girsanov.tensor;

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
  private Noise() {}

  /** Fills {@code out} with standard normals number firstIndex, firstIndex + 1, ... of a stream. */
  public static void normal(long seed, long stream, long firstIndex, Tensor out) {
    checkIndex(firstIndex);
    for (int i = 0; i < out.size(); i++) {
      long index = firstIndex + i;
      boolean upper = (index & 16) != 0;
      long words = Philox.words(seed, stream, block(index), upper);
      double r = Math.sqrt(-2 * StrictMath.log(unit(words)));
      double theta = 2 * Math.PI * unit(words >>> 32);
      out.put(i, (index & 8) == 0 ? r * StrictMath.cos(theta) : r * StrictMath.sin(theta));
    }
  }

  /** Fills {@code out} with uniforms in (0, 1), number firstIndex, firstIndex + 1, ... */
  public static void uniform(long seed, long stream, long firstIndex, Tensor out) {
    checkIndex(firstIndex);
    for (int i = 0; i < out.size(); i++) {
      long index = firstIndex + i;
      long words = Philox.words(seed, stream, block(index), (index & 16) != 0);
      double u = unit((index & 8) == 0 ? words : words >>> 32);
      out.put(i, out.precision() == Precision.FLOAT ? Math.min(u, Math.nextDown(1f)) : u);
    }
  }

  private static long block(long index) {
    return 8 * (index >>> 5) + (index & 7);
  }

  private static double unit(long word) {
    return ((word & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
  }

  private static void checkIndex(long firstIndex) {
    if (firstIndex < 0) {
      throw new IllegalArgumentException("Expected an index of 0 or more, got " + firstIndex + ".");
    }
  }
}
