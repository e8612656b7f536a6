package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A step of Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015, algorithm 1)
 * in one pass: what is not in a cache is read once and written once.
 *
 * <p>As everywhere, n is rounded up to whole vectors, into the padding.
 */
public final class FloatAdam {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private FloatAdam() {}

  /**
   * With g = factor · gradient + weightDecay · θ:
   *
   * <pre>
   *   m ← decay1 m + gain1 g
   *   v ← decay2 v + gain2 g²
   *   θ ← θ − rate · m / (scale √v + epsilon)
   * </pre>
   *
   * Element i of each vector lies at {@code offset + i}, that of the gradient at {@code go + i}; m
   * and v have their own.
   */
  public static void step(
      float factor,
      float decay1,
      float gain1,
      float decay2,
      float gain2,
      float rate,
      float scale,
      float epsilon,
      float weightDecay,
      float[] gradient,
      int go,
      float[] theta,
      int to,
      float[] m,
      int mo,
      float[] v,
      int vo,
      int n) {
    FloatVector least = FloatVector.broadcast(S, epsilon);
    FloatVector first = FloatVector.broadcast(S, decay1);
    FloatVector second = FloatVector.broadcast(S, decay2);
    FloatVector length = FloatVector.broadcast(S, rate);
    FloatVector pull = FloatVector.broadcast(S, weightDecay);
    for (int i = 0; i < n; i += L) {
      FloatVector oldTheta = FloatVector.fromArray(S, theta, to + i);
      FloatVector clipped = FloatVector.fromArray(S, gradient, go + i).mul(factor);
      FloatVector g = oldTheta.fma(pull, clipped);
      FloatVector newM = FloatVector.fromArray(S, m, mo + i).fma(first, g.mul(gain1));
      FloatVector newV = FloatVector.fromArray(S, v, vo + i).fma(second, g.mul(g).mul(gain2));
      FloatVector step = newM.div(newV.sqrt().mul(scale).add(least));
      FloatVector newTheta = step.neg().fma(length, oldTheta);
      newM.intoArray(m, mo + i);
      newV.intoArray(v, vo + i);
      newTheta.intoArray(theta, to + i);
    }
  }
}
