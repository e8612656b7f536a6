package girsanov.tensor.kernel;

import static girsanov.tensor.kernel.FloatExponential.LN2_HIGH;
import static girsanov.tensor.kernel.FloatExponential.LN2_LOW;
import static girsanov.tensor.kernel.FloatExponential.LOG2_E;
import static girsanov.tensor.kernel.FloatExponential.MAGIC;
import static girsanov.tensor.kernel.FloatExponential.NEAR;
import static girsanov.tensor.kernel.FloatExponential.ONE;
import static girsanov.tensor.kernel.FloatExponential.Q0;
import static girsanov.tensor.kernel.FloatExponential.Q1;
import static girsanov.tensor.kernel.FloatExponential.Q2;
import static girsanov.tensor.kernel.FloatExponential.Q3;
import static girsanov.tensor.kernel.FloatExponential.Q4;
import static girsanov.tensor.kernel.FloatExponential.TANH_ONE;
import static girsanov.tensor.kernel.FloatExponential.TWO;
import static girsanov.tensor.kernel.FloatExponential.UNDERFLOW;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gates of a recurrent unit, forward and back: chains of elementwise steps, each as one loop,
 * on matrices whose rows may be parts of wider rows. Results are, bit for bit, those of the steps
 * done one by one ({@link FloatElementwise}).
 *
 * <p>All take their operands and then their results as numbers of slots: in slot s, element (r, c)
 * stands at {@code at[s] + r stride[s] + c} of {@code m[s]}. Nothing is written beside a result's
 * elements if there is a whole vector of columns; otherwise rows are rounded up to one. The last
 * vector of a row starts earlier, over columns already done, so a result must not lie on an
 * operand.
 *
 * <p>At most two transcendental functions a method: beyond, the JIT boxes vectors
 * (docs/decisions/0007).
 */
public final class FloatGates {
  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private FloatGates() {}

  /** y = 1 / (1 + e⁻⁽ᵃ⁺ᵇ⁾): slots a, b, y. */
  public static void sigmoidOfSum(
      float[][] m, int[] at, int[] stride, int[] slots, int rows, int cols) {
    float[] a = m[slots[0]];
    float[] b = m[slots[1]];
    float[] y = m[slots[2]];
    int ao = at[slots[0]];
    int bo = at[slots[1]];
    int yo = at[slots[2]];
    int last = Math.max(0, cols - L);
    int vectors = rows * Math.ceilDiv(cols, L);
    int c = 0;
    for (int i = 0; i < vectors; i++) {
      FloatVector v = FloatVector.fromArray(S, a, ao + c).add(FloatVector.fromArray(S, b, bo + c));
      if (v.abs().compare(VectorOperators.LT, NEAR).allTrue()) {
        FloatVector k = v.fma(LOG2_E, MAGIC);
        FloatVector whole = k.sub(MAGIC);
        FloatVector x = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, v));
        // DOUBLE: DoubleVector q = x.fma(DoubleExponential.Q9, DoubleExponential.Q8);
        // DOUBLE: q = q.lanewise(FMA, x, DoubleExponential.Q7);
        // DOUBLE: q = q.lanewise(FMA, x, DoubleExponential.Q6);
        // DOUBLE: q = q.lanewise(FMA, x, DoubleExponential.Q5);
        // DOUBLE: q = q.lanewise(FMA, x, Q4).lanewise(FMA, x, Q3);
        FloatVector q = x.fma(Q4, Q3); // FLOAT
        q = q.lanewise(FMA, x, Q2).lanewise(FMA, x, Q1).lanewise(FMA, x, Q0);
        FloatVector p = x.mul(x).fma(q, x).add(ONE);
        var up = k.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatBits.MANTISSA); // FLOAT
        FloatVector e = p.reinterpretAsInts().add(up).reinterpretAsFloats(); // FLOAT
        // DOUBLE: var up = k.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        // DOUBLE: DoubleVector e = p.reinterpretAsLongs().add(up).reinterpretAsDoubles();
        e.div(e.add(ONE)).intoArray(y, yo + c);
      } else {
        FloatVector cut = v.blend(NEAR, v.compare(VectorOperators.GT, NEAR));
        cut = cut.blend(UNDERFLOW, v.compare(VectorOperators.LT, UNDERFLOW));
        FloatVector k = cut.fma(LOG2_E, MAGIC);
        FloatVector whole = k.sub(MAGIC);
        FloatVector x = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, cut));
        // DOUBLE: DoubleVector q = x.fma(DoubleExponential.Q9, DoubleExponential.Q8);
        // DOUBLE: q = q.lanewise(FMA, x, DoubleExponential.Q7);
        // DOUBLE: q = q.lanewise(FMA, x, DoubleExponential.Q6);
        // DOUBLE: q = q.lanewise(FMA, x, DoubleExponential.Q5);
        // DOUBLE: q = q.lanewise(FMA, x, Q4).lanewise(FMA, x, Q3);
        FloatVector q = x.fma(Q4, Q3); // FLOAT
        q = q.lanewise(FMA, x, Q2).lanewise(FMA, x, Q1).lanewise(FMA, x, Q0);
        var bits = k.reinterpretAsInts().add(FloatBits.UNMAGIC); // FLOAT
        // DOUBLE: var bits = k.reinterpretAsLongs().add(DoubleBits.UNMAGIC);
        var half = bits.lanewise(VectorOperators.LSHR, 1);
        var upper = bits.sub(half).lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
        var lower = half.lanewise(VectorOperators.LSHL, FloatBits.MANTISSA);
        FloatVector e = x.mul(x).fma(q, x).add(ONE).mul(lower.reinterpretAsFloats());
        e = e.mul(upper.reinterpretAsFloats());
        e.div(e.add(ONE)).intoArray(y, yo + c);
      }
      if (c < last) {
        c = Math.min(c + L, last);
      } else {
        c = 0;
        ao += stride[slots[0]];
        bo += stride[slots[1]];
        yo += stride[slots[2]];
      }
    }
  }

  /**
   * p = a + b, n = tanh(g + r p), y = n + z (h - n), what a unit proposes and its next state: slots
   * a, b, r, g, z, h, p, n, y.
   */
  public static void state(float[][] m, int[] at, int[] stride, int[] slots, int rows, int cols) {
    float[] a = m[slots[0]];
    float[] b = m[slots[1]];
    float[] r = m[slots[2]];
    float[] g = m[slots[3]];
    float[] z = m[slots[4]];
    float[] h = m[slots[5]];
    float[] p = m[slots[6]];
    float[] n = m[slots[7]];
    float[] y = m[slots[8]];
    int ao = at[slots[0]];
    int bo = at[slots[1]];
    int ro = at[slots[2]];
    int go = at[slots[3]];
    int zo = at[slots[4]];
    int ho = at[slots[5]];
    int po = at[slots[6]];
    int no = at[slots[7]];
    int yo = at[slots[8]];
    int last = Math.max(0, cols - L);
    int vectors = rows * Math.ceilDiv(cols, L);
    int c = 0;
    for (int i = 0; i < vectors; i++) {
      FloatVector sum =
          FloatVector.fromArray(S, a, ao + c).add(FloatVector.fromArray(S, b, bo + c));
      FloatVector v =
          FloatVector.fromArray(S, r, ro + c).fma(sum, FloatVector.fromArray(S, g, go + c));
      sum.intoArray(p, po + c);
      FloatVector size = v.abs();
      FloatVector twice = size.add(size);
      FloatVector k = twice.fma(LOG2_E, MAGIC);
      FloatVector whole = k.sub(MAGIC);
      FloatVector x = whole.lanewise(FMA, LN2_LOW, whole.lanewise(FMA, LN2_HIGH, twice));
      // DOUBLE: DoubleVector q = x.fma(DoubleExponential.Q9, DoubleExponential.Q8);
      // DOUBLE: q = q.lanewise(FMA, x, DoubleExponential.Q7);
      // DOUBLE: q = q.lanewise(FMA, x, DoubleExponential.Q6);
      // DOUBLE: q = q.lanewise(FMA, x, DoubleExponential.Q5);
      // DOUBLE: q = q.lanewise(FMA, x, Q4).lanewise(FMA, x, Q3);
      FloatVector q = x.fma(Q4, Q3); // FLOAT
      q = q.lanewise(FMA, x, Q2).lanewise(FMA, x, Q1).lanewise(FMA, x, Q0);
      var bits = k.reinterpretAsInts().lanewise(VectorOperators.LSHL, FloatBits.MANTISSA); // FLOAT
      // DOUBLE: var bits = k.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
      FloatVector scale = bits.add(FloatBits.BIAS_FIELD).reinterpretAsFloats();
      FloatVector t = x.mul(x).fma(q, x).fma(scale, scale.sub(ONE));
      t = t.div(t.add(TWO)).blend(ONE, size.compare(VectorOperators.GT, TANH_ONE));
      var sign = v.reinterpretAsInts().and(FloatBits.SIGN); // FLOAT
      t = t.reinterpretAsInts().or(sign).reinterpretAsFloats(); // FLOAT
      // DOUBLE: var sign = v.reinterpretAsLongs().and(DoubleBits.SIGN);
      // DOUBLE: t = t.reinterpretAsLongs().or(sign).reinterpretAsDoubles();
      t.intoArray(n, no + c);
      FloatVector difference = FloatVector.fromArray(S, h, ho + c).sub(t);
      FloatVector.fromArray(S, z, zo + c).fma(difference, t).intoArray(y, yo + c);
      if (c < last) {
        c = Math.min(c + L, last);
      } else {
        c = 0;
        ao += stride[slots[0]];
        bo += stride[slots[1]];
        ro += stride[slots[2]];
        go += stride[slots[3]];
        zo += stride[slots[4]];
        ho += stride[slots[5]];
        po += stride[slots[6]];
        no += stride[slots[7]];
        yo += stride[slots[8]];
      }
    }
  }

  /**
   * What reaches the operands of {@link #state} and of the sigmoids r and z when d reaches y: e = d
   * z to h, t = (d - e)(1 - n²) to g, q = t r to a and b, u = t p (r - r²) to what r is the sigmoid
   * of, and v = d (h - n)(z - z²) to that of z. Slots d, z, n, r, p, h, e, t, q, u, v.
   */
  public static void slopes(float[][] m, int[] at, int[] stride, int[] slots, int rows, int cols) {
    float[] d = m[slots[0]];
    float[] z = m[slots[1]];
    float[] n = m[slots[2]];
    float[] r = m[slots[3]];
    float[] p = m[slots[4]];
    float[] h = m[slots[5]];
    float[] e = m[slots[6]];
    float[] t = m[slots[7]];
    float[] q = m[slots[8]];
    float[] u = m[slots[9]];
    float[] v = m[slots[10]];
    int dof = at[slots[0]];
    int zo = at[slots[1]];
    int no = at[slots[2]];
    int ro = at[slots[3]];
    int po = at[slots[4]];
    int ho = at[slots[5]];
    int eo = at[slots[6]];
    int to = at[slots[7]];
    int qo = at[slots[8]];
    int uo = at[slots[9]];
    int vo = at[slots[10]];
    FloatVector one = FloatVector.broadcast(S, 1);
    int last = Math.max(0, cols - L);
    int vectors = rows * Math.ceilDiv(cols, L);
    int c = 0;
    for (int i = 0; i < vectors; i++) {
      FloatVector dv = FloatVector.fromArray(S, d, dof + c);
      FloatVector zv = FloatVector.fromArray(S, z, zo + c);
      FloatVector nv = FloatVector.fromArray(S, n, no + c);
      FloatVector rv = FloatVector.fromArray(S, r, ro + c);
      FloatVector pv = FloatVector.fromArray(S, p, po + c);
      FloatVector hv = FloatVector.fromArray(S, h, ho + c);
      FloatVector kept = dv.mul(zv);
      FloatVector proposed = dv.sub(kept).mul(nv.neg().fma(nv, one));
      FloatVector reset = proposed.mul(pv).mul(rv.neg().fma(rv, rv));
      FloatVector keep = hv.sub(nv).mul(dv).mul(zv.neg().fma(zv, zv));
      kept.intoArray(e, eo + c);
      proposed.intoArray(t, to + c);
      proposed.mul(rv).intoArray(q, qo + c);
      reset.intoArray(u, uo + c);
      keep.intoArray(v, vo + c);
      if (c < last) {
        c = Math.min(c + L, last);
      } else {
        c = 0;
        dof += stride[slots[0]];
        zo += stride[slots[1]];
        no += stride[slots[2]];
        ro += stride[slots[3]];
        po += stride[slots[4]];
        ho += stride[slots[5]];
        eo += stride[slots[6]];
        to += stride[slots[7]];
        qo += stride[slots[8]];
        uo += stride[slots[9]];
        vo += stride[slots[10]];
      }
    }
  }
}
