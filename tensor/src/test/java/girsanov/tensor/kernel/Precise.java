package girsanov.tensor.kernel;

import java.math.BigDecimal;
import java.math.MathContext;

/** Elementary functions in 50 decimal digits, from their series: the reference of the ulp tests. */
final class Precise {
  static final MathContext DIGITS = new MathContext(50);

  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal TWO = BigDecimal.TWO;

  /** Below it no term of a series counts. */
  private static final BigDecimal TINY = new BigDecimal("1e-400");

  private static final BigDecimal LN2 = log1p(ONE.negate().divide(TWO)).negate();
  private static final BigDecimal PI = pi();

  private Precise() {}

  static BigDecimal exp(BigDecimal x) {
    int n = (int) Math.rint(x.doubleValue() / Math.log(2));
    BigDecimal y = expm1Series(x.subtract(LN2.multiply(BigDecimal.valueOf(n)))).add(ONE);
    BigDecimal scale = TWO.pow(Math.abs(n));
    return n >= 0 ? y.multiply(scale, DIGITS) : y.divide(scale, DIGITS);
  }

  static BigDecimal expm1(BigDecimal x) {
    return x.abs().doubleValue() < 0.5
        ? expm1Series(x)
        : exp(x).subtract(ONE, new MathContext(400));
  }

  private static BigDecimal expm1Series(BigDecimal x) {
    BigDecimal term = x;
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 2; counts(term, sum); k++) {
      sum = sum.add(term, DIGITS);
      term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
    }
    return sum;
  }

  static BigDecimal log(BigDecimal x) {
    double size = x.doubleValue();
    int n =
        size < Double.MIN_NORMAL ? Math.getExponent(size * 0x1p60) - 60 : Math.getExponent(size);
    BigDecimal scale = TWO.pow(Math.abs(n));
    BigDecimal m = n >= 0 ? x.divide(scale, DIGITS) : x.multiply(scale, DIGITS);
    if (m.doubleValue() > Math.sqrt(2)) {
      m = m.divide(TWO, DIGITS);
      n++;
    }
    // Near 1 the subtraction is exact: m has the digits of x.
    return LN2.multiply(BigDecimal.valueOf(n)).add(log1p(m.subtract(ONE)));
  }

  /** 2 artanh(x / (2 + x)), for -1/2 ≤ x ≤ 1/2 as a series. */
  static BigDecimal log1p(BigDecimal x) {
    if (x.abs().doubleValue() > 0.5) {
      return log(x.add(ONE));
    }
    BigDecimal s = x.divide(x.add(TWO), DIGITS);
    BigDecimal square = s.multiply(s, DIGITS);
    BigDecimal power = s;
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 1; counts(power, sum); k += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS), DIGITS);
      power = power.multiply(square, DIGITS);
    }
    return sum.multiply(TWO);
  }

  static BigDecimal tanh(BigDecimal x) {
    BigDecimal t = expm1(x.multiply(TWO));
    return t.divide(t.add(TWO), DIGITS);
  }

  static BigDecimal sigmoid(BigDecimal x) {
    return ONE.divide(ONE.add(exp(x.negate())), DIGITS);
  }

  static BigDecimal softplus(BigDecimal x) {
    return x.max(BigDecimal.ZERO).add(log1p(exp(x.abs().negate())), DIGITS);
  }

  static BigDecimal sin(BigDecimal x) {
    return alternating(x.remainder(PI.multiply(TWO)), 1);
  }

  static BigDecimal cos(BigDecimal x) {
    return alternating(x.remainder(PI.multiply(TWO)), 0);
  }

  /** Σ (-1)ᵏ x^(2k+first) / (2k+first)!. */
  private static BigDecimal alternating(BigDecimal x, int first) {
    BigDecimal term = first == 0 ? ONE : x;
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = first; term.abs().compareTo(new BigDecimal("1e-60")) > 0; k += 2) {
      sum = sum.add(term);
      term =
          term.multiply(x)
              .multiply(x, new MathContext(90))
              .divide(BigDecimal.valueOf((k + 1L) * (k + 2L)), new MathContext(90))
              .negate();
    }
    return sum;
  }

  /** 2/√π Σ (-1)ᵏ x^(2k+1) / (k! (2k+1)), in digits enough for its cancellation up to |x| = 7. */
  static BigDecimal erf(BigDecimal x) {
    var wide = new MathContext(80);
    BigDecimal square = x.multiply(x, wide).negate();
    BigDecimal power = x;
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 0; counts(power, sum) || k < 60; k++) {
      sum = sum.add(power.divide(BigDecimal.valueOf(2L * k + 1), wide), wide);
      power = power.multiply(square, wide).divide(BigDecimal.valueOf(k + 1), wide);
    }
    return sum.multiply(TWO).divide(PI.sqrt(wide), wide);
  }

  private static boolean counts(BigDecimal term, BigDecimal sum) {
    return term.abs().compareTo(sum.abs().movePointLeft(70)) > 0 && term.abs().compareTo(TINY) > 0;
  }

  /** Machin: π = 16 artan(1/5) - 4 artan(1/239). */
  private static BigDecimal pi() {
    return arctanInverse(5)
        .multiply(BigDecimal.valueOf(16))
        .subtract(arctanInverse(239).multiply(BigDecimal.valueOf(4)));
  }

  private static BigDecimal arctanInverse(int n) {
    var wide = new MathContext(110);
    BigDecimal power = ONE.divide(BigDecimal.valueOf(n), wide);
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 1; power.abs().compareTo(new BigDecimal("1e-105")) > 0; k += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(k), wide));
      power = power.divide(BigDecimal.valueOf(-(long) n * n), wide);
    }
    return sum;
  }
}
