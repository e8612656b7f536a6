package girsanov.tensor;

import girsanov.tensor.kernel.DoubleElementwise;
import girsanov.tensor.kernel.NoiseKernel;
import girsanov.tensor.kernel.SingleNoise;

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
 * <p>A FLOAT uniform is the DOUBLE rounded to nearest, except that one that would round to 1 is the
 * largest float below. A FLOAT normal is made of the same words in single precision and differs
 * from the DOUBLE by at most 6 units in the last place.
 */
public final class Noise {
  /** Groups made at a time: what they need stays in the L1 cache. */
  private static final int CHUNK = 128;

  private static final int FLOATS = CHUNK * NoiseKernel.GROUP;

  /** Of one thread: words and what is made of them, in either precision. */
  private record Buffers(double[] doubles, int[] words, float[] floats) {}

  private static final ThreadLocal<Buffers> BUFFERS =
      ThreadLocal.withInitial(
          () ->
              new Buffers(
                  new double[CHUNK * NoiseKernel.GROUP],
                  new int[FLOATS],
                  new float[FLOATS + SingleNoise.MARGIN]));

  private Noise() {}

  /**
   * Fills {@code out} with standard normals number firstIndex, firstIndex + 1, ... of a stream.
   *
   * @throws IllegalArgumentException if firstIndex is negative
   */
  public static void normal(long seed, long stream, long firstIndex, Tensor out) {
    fill(seed, stream, firstIndex, out, true);
  }

  /**
   * Fills {@code out} with uniforms in (0, 1), number firstIndex, firstIndex + 1, ...
   *
   * @throws IllegalArgumentException if firstIndex is negative
   */
  public static void uniform(long seed, long stream, long firstIndex, Tensor out) {
    fill(seed, stream, firstIndex, out, false);
  }

  private static void fill(long seed, long stream, long firstIndex, Tensor out, boolean normal) {
    if (firstIndex < 0) {
      throw new IllegalArgumentException("Expected an index of 0 or more, got " + firstIndex + ".");
    }
    Buffers buffers = BUFFERS.get();
    switch (out) {
      case DoubleTensor x -> fill(seed, stream, firstIndex, x, normal, buffers.doubles());
      case FloatTensor x -> fill(seed, stream, firstIndex, x, normal, buffers);
    }
  }

  private static void fill(
      long seed, long stream, long firstIndex, DoubleTensor out, boolean normal, double[] buffer) {
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
      System.arraycopy(buffer, skip, out.array(), out.offset() + done, count);
      done += count;
      group += groups;
      skip = 0;
    }
  }

  private static void fill(
      long seed, long stream, long firstIndex, FloatTensor out, boolean normal, Buffers buffers) {
    long unit = firstIndex / SingleNoise.UNIT;
    int skip = (int) (firstIndex % SingleNoise.UNIT);
    float[] made = buffers.floats();
    for (int done = 0; done < out.size(); ) {
      int wanted = Math.ceilDiv(out.size() - done + skip, SingleNoise.UNIT);
      int units = Math.min(wanted, FLOATS / SingleNoise.UNIT);
      SingleNoise.words(seed, stream, unit, units, buffers.words());
      if (normal) {
        SingleNoise.normals(units, buffers.words(), made);
      } else {
        SingleNoise.uniforms(units, buffers.words(), made);
      }
      int count = Math.min(units * SingleNoise.UNIT - skip, out.size() - done);
      System.arraycopy(made, skip, out.array(), out.offset() + done, count);
      done += count;
      unit += units;
      skip = 0;
    }
  }
}
