package girsanov.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementwise arithmetic: y[i] = f(x[i], ...) for i in 0..n-1, rounded up to whole vectors.
 *
 * <p>Every array must reach {@link girsanov.tensor.Precision#pad pad(n)} elements beyond its
 * offset; the elements between n and there are computed too. The result may lie exactly on an
 * argument (same array, same offset) or apart from all; a partial overlap is an error that is not
 * detected.
 *
 * <p>Every result has the same bits on every lane width, interpreted or compiled. How far it may be
 * from the exact one stands in the description of this package. Poles, infinities, NaN, subnormal
 * numbers and the sign of zero are as in {@link Math}.
 */
public final class FloatElementwise {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private static final float ZERO = 0;

  private FloatElementwise() {}

  /** y = -x. */
  public static void negate(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.neg().intoArray(y, yo + i);
    }
  }

  /** y = |x|. */
  public static void abs(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.abs().intoArray(y, yo + i);
    }
  }

  /** y = 1 / x. */
  public static void reciprocal(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      FloatVector.broadcast(S, 1).div(v).intoArray(y, yo + i);
    }
  }

  /** y = x². */
  public static void square(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.mul(v).intoArray(y, yo + i);
    }
  }

  /** y = √x. */
  public static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.sqrt().intoArray(y, yo + i);
    }
  }

  /** y = x. */
  public static void copy(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.intoArray(y, yo + i);
    }
  }

  /** y = -1, 0 or 1 by the sign of x; NaN stays NaN, and a zero keeps its sign. */
  public static void sign(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.blend(1, v.compare(VectorOperators.GT, 0))
          .blend(-1, v.compare(VectorOperators.LT, 0))
          .intoArray(y, yo + i);
    }
  }

  /** y = eˣ. */
  public static void exp(float[] x, int xo, float[] y, int yo, int n) {
    FloatExponential.exp(x, xo, y, yo, n);
  }

  /** y = eˣ - 1. */
  public static void expm1(float[] x, int xo, float[] y, int yo, int n) {
    FloatExponential.expm1(x, xo, y, yo, n);
  }

  /** y = ln x. */
  public static void log(float[] x, int xo, float[] y, int yo, int n) {
    FloatLogarithm.log(x, xo, y, yo, n);
  }

  /** y = ln(1 + x). */
  public static void log1p(float[] x, int xo, float[] y, int yo, int n) {
    FloatLogarithm.log1p(x, xo, y, yo, n);
  }

  /** y = tanh x. */
  public static void tanh(float[] x, int xo, float[] y, int yo, int n) {
    FloatExponential.tanh(x, xo, y, yo, n);
  }

  /** y = sin x. */
  public static void sin(float[] x, int xo, float[] y, int yo, int n) {
    FloatTrigonometry.sine(x, xo, y, yo, n, false);
  }

  /** y = cos x. */
  public static void cos(float[] x, int xo, float[] y, int yo, int n) {
    FloatTrigonometry.sine(x, xo, y, yo, n, true);
  }

  /** y = 1 / (1 + e⁻ˣ). */
  public static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    FloatExponential.sigmoid(x, xo, y, yo, n);
  }

  /** y = ln(1 + eˣ). */
  public static void softplus(float[] x, int xo, float[] y, int yo, int n) {
    FloatExponential.softplus(x, xo, y, yo, n);
  }

  /** y = x, or 0 for x < 0. */
  public static void relu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      v.blend(ZERO, v.compare(VectorOperators.LT, ZERO)).intoArray(y, yo + i);
    }
  }

  /** y = x, or eˣ - 1 for x < 0. */
  public static void elu(float[] x, int xo, float[] y, int yo, int n) {
    FloatExponential.elu(x, xo, y, yo, n);
  }

  /** y = x / (1 + e⁻ˣ). */
  public static void silu(float[] x, int xo, float[] y, int yo, int n) {
    FloatExponential.silu(x, xo, y, yo, n);
  }

  /** y = erf x. */
  public static void erf(float[] x, int xo, float[] y, int yo, int n) {
    FloatErf.erf(x, xo, y, yo, n);
  }

  /** y = a + b. */
  public static void add(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.add(v).intoArray(y, yo + i);
    }
  }

  /** y = a - b. */
  public static void subtract(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.sub(v).intoArray(y, yo + i);
    }
  }

  /** y = a b. */
  public static void multiply(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.mul(v).intoArray(y, yo + i);
    }
  }

  /** y = a / b. */
  public static void divide(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.div(v).intoArray(y, yo + i);
    }
  }

  /** y = aᵇ. */
  public static void power(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatPower.power(a, ao, b, bo, y, yo, n);
  }

  /** y = the larger of a and b; NaN if either is. */
  public static void maximum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.max(v).intoArray(y, yo + i);
    }
  }

  /** y = the smaller of a and b; NaN if either is. */
  public static void minimum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      u.min(v).intoArray(y, yo + i);
    }
  }

  /** y = 1 where a < b, else 0. */
  public static void less(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      FloatVector.zero(S).blend(1, u.compare(VectorOperators.LT, v)).intoArray(y, yo + i);
    }
  }

  /** y = b where a is not 0, else c. */
  public static void select(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      FloatVector w = FloatVector.fromArray(S, c, co + i);
      w.blend(v, u.compare(VectorOperators.NE, 0)).intoArray(y, yo + i);
    }
  }

  /** y = a b + c, rounded once. */
  public static void multiplyAdd(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      FloatVector w = FloatVector.fromArray(S, c, co + i);
      u.fma(v, w).intoArray(y, yo + i);
    }
  }

  /** y = c - a b, rounded once. */
  public static void subtractProduct(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector v = FloatVector.fromArray(S, b, bo + i);
      FloatVector w = FloatVector.fromArray(S, c, co + i);
      u.neg().fma(v, w).intoArray(y, yo + i);
    }
  }

  /** y = a v + b, rounded once. */
  public static void addScaled(
      float[] a, int ao, float v, float[] b, int bo, float[] y, int yo, int n) {
    FloatVector value = FloatVector.broadcast(S, v);
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, a, ao + i);
      FloatVector w = FloatVector.fromArray(S, b, bo + i);
      u.fma(value, w).intoArray(y, yo + i);
    }
  }

  /** y = d (s - s²): what reaches x through s = sigmoid(x). */
  public static void sigmoidSlope(float[] d, int dof, float[] s, int so, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, d, dof + i);
      FloatVector v = FloatVector.fromArray(S, s, so + i);
      u.mul(v.neg().fma(v, v)).intoArray(y, yo + i);
    }
  }

  /** y = d (1 - t²): what reaches x through t = tanh(x). */
  public static void tanhSlope(float[] d, int dof, float[] t, int to, float[] y, int yo, int n) {
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, d, dof + i);
      FloatVector v = FloatVector.fromArray(S, t, to + i);
      u.mul(v.neg().fma(v, one)).intoArray(y, yo + i);
    }
  }

  /** y = d (1 - e⁻ˢ): what reaches x through s = softplus(x). */
  public static void softplusSlope(
      float[] d, int dof, float[] s, int so, float[] y, int yo, int n) {
    FloatExponential.softplusSlope(d, dof, s, so, y, yo, n);
  }

  /** y = d (min(e, 0) + 1): what reaches x through e = elu(x). */
  public static void eluSlope(float[] d, int dof, float[] e, int eo, float[] y, int yo, int n) {
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int i = 0; i < n; i += L) {
      FloatVector u = FloatVector.fromArray(S, d, dof + i);
      FloatVector v = FloatVector.fromArray(S, e, eo + i);
      v.blend(ZERO, v.compare(VectorOperators.GT, ZERO)).add(one).mul(u).intoArray(y, yo + i);
    }
  }

  /** y += a. */
  public static void accumulate(float[] a, int ao, float[] y, int yo, int n) {
    add(a, ao, y, yo, y, yo, n);
  }

  /** y = v everywhere. */
  public static void fill(float[] y, int yo, int n, float v) {
    FloatVector value = FloatVector.broadcast(S, v);
    for (int i = 0; i < n; i += L) {
      value.intoArray(y, yo + i);
    }
  }

  /** y = x + v. */
  public static void addScalar(float[] x, int xo, float v, float[] y, int yo, int n) {
    FloatVector value = FloatVector.broadcast(S, v);
    for (int i = 0; i < n; i += L) {
      FloatVector.fromArray(S, x, xo + i).add(value).intoArray(y, yo + i);
    }
  }

  /** y = x v. */
  public static void multiplyScalar(float[] x, int xo, float v, float[] y, int yo, int n) {
    FloatVector value = FloatVector.broadcast(S, v);
    for (int i = 0; i < n; i += L) {
      FloatVector.fromArray(S, x, xo + i).mul(value).intoArray(y, yo + i);
    }
  }
}
