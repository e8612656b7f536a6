package girsanov.bench.compare;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The most multiply-adds that a core can do, and the most bytes that it can move. */
final class FloatPeak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Chains that do not wait for each other: more than two units times four cycles. */
  private static final int CHAINS = 12;

  /** Operations of one round of {@link #multiplyAdds}. */
  static final int FLOPS = 2 * CHAINS * SPECIES.length();

  private FloatPeak() {}

  /** So many rounds of multiply-adds that touch no memory; returns a number that needs them all. */
  static float multiplyAdds(int rounds, float factor) {
    FloatVector x = FloatVector.broadcast(SPECIES, factor);
    FloatVector a = x;
    FloatVector b = x.add(1);
    FloatVector c = x.add(2);
    FloatVector d = x.add(3);
    FloatVector e = x.add(4);
    FloatVector f = x.add(5);
    FloatVector g = x.add(6);
    FloatVector h = x.add(7);
    FloatVector i = x.add(8);
    FloatVector j = x.add(9);
    FloatVector k = x.add(10);
    FloatVector l = x.add(11);
    for (int round = 0; round < rounds; round++) {
      a = a.fma(x, x);
      b = b.fma(x, x);
      c = c.fma(x, x);
      d = d.fma(x, x);
      e = e.fma(x, x);
      f = f.fma(x, x);
      g = g.fma(x, x);
      h = h.fma(x, x);
      i = i.fma(x, x);
      j = j.fma(x, x);
      k = k.fma(x, x);
      l = l.fma(x, x);
    }
    FloatVector all = a.add(b).add(c).add(d).add(e).add(f);
    return all.add(g).add(h).add(i).add(j).add(k).add(l).reduceLanes(VectorOperators.ADD);
  }

  /** y = a + s b: 3 elements moved for each one computed. */
  static void triad(float[] a, float[] b, float s, float[] y) {
    FloatVector factor = FloatVector.broadcast(SPECIES, s);
    for (int i = 0; i < SPECIES.loopBound(y.length); i += SPECIES.length()) {
      FloatVector product = FloatVector.fromArray(SPECIES, b, i);
      product.fma(factor, FloatVector.fromArray(SPECIES, a, i)).intoArray(y, i);
    }
  }
}
