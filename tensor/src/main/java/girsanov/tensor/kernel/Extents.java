package girsanov.tensor.kernel;

/**
 * What a product C[m, n] (+)= A[m, k] B[k, n] must know beside where its numbers are. A caller
 * makes it once. Nothing is checked here: a kernel that is given too large an extent or stride ends
 * in an {@link IndexOutOfBoundsException}, and may have written part of C by then.
 *
 * @param m rows of A and C
 * @param n columns of B and C
 * @param k the terms of each sum: columns of A, rows of B
 * @param aRowStride the distance from a row of A to the next
 * @param aColStride the distance from a column of A to the next: a transposed A has the two
 *     exchanged
 * @param ldb the distance from a row of B, as it is stored, to the next
 * @param transposeB whether B is stored as [n, k]
 * @param ldc the distance from a row of C to the next
 * @param accumulate whether the product is added to C
 */
public record Extents(
    int m,
    int n,
    int k,
    int aRowStride,
    int aColStride,
    int ldb,
    boolean transposeB,
    int ldc,
    boolean accumulate) {

  /** A[m, k] B[k, n] of matrices stored row by row without gaps. */
  public static Extents of(int m, int n, int k) {
    return new Extents(m, n, k, k, 1, n, false, n, false);
  }

  /** The same product with A stored as [k, m]. */
  public Extents transposedA() {
    return new Extents(m, n, k, 1, m, ldb, transposeB, ldc, accumulate);
  }

  /** The same product with B stored as [n, k]. */
  public Extents transposedB() {
    return new Extents(m, n, k, aRowStride, aColStride, k, true, ldc, accumulate);
  }

  /** The same product, added to C. */
  public Extents accumulating() {
    return new Extents(m, n, k, aRowStride, aColStride, ldb, transposeB, ldc, true);
  }

  /** The work. */
  public long multiplyAdds() {
    return (long) m * n * k;
  }
}
