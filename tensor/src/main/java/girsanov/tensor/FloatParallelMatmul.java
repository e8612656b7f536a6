package girsanov.tensor;

import girsanov.tensor.kernel.FloatMatmul;
import java.util.function.IntConsumer;

/**
 * One large product C[m, n] (+)= A[m, k] B[k, n] by all threads of a team: each takes a range of
 * columns, or of rows where the columns are few. No sum is cut, so the bits are those of {@link
 * FloatMatmul#matmul}, for any number of threads.
 *
 * <p>A call allocates nothing: its arguments stand in fields while the team works. One caller at a
 * time.
 */
public final class FloatParallelMatmul {
  /** Ranges of columns are multiples of whole panels of the kernel, ranges of rows of its tiles. */
  private static final int COLUMNS = 64;

  private static final int ROWS = 12;

  /** Products of fewer multiply-adds are faster on one thread. */
  private static final long SMALL = 600_000;

  private final Workers workers;
  private final IntConsumer task = this::run;

  private int m;
  private int n;
  private int k;
  private float[] a = {};
  private int ao;
  private int aRowStride;
  private int aColStride;
  private float[] b = {};
  private int bo;
  private int ldb;
  private boolean transposeB;
  private float[] c = {};
  private int co;
  private int ldc;
  private boolean accumulate;
  private float[] scratch = {};
  private int so;

  public FloatParallelMatmul(Workers workers) {
    this.workers = workers;
  }

  /** The elements of scratch that {@link #matmul} needs for these extents; may be 0. */
  public int scratchSize(int m, int n, int k, boolean transposeB) {
    int tasks = tasks(m, n, k);
    return Math.multiplyExact(tasks, taskScratch(m, n, k, transposeB, tasks));
  }

  /** As {@link FloatMatmul#matmul}, with {@link #scratchSize} of this class. */
  public void matmul(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int aRowStride,
      int aColStride,
      float[] b,
      int bo,
      int ldb,
      boolean transposeB,
      float[] c,
      int co,
      int ldc,
      boolean accumulate,
      float[] scratch,
      int so) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.a = a;
    this.ao = ao;
    this.aRowStride = aRowStride;
    this.aColStride = aColStride;
    this.b = b;
    this.bo = bo;
    this.ldb = ldb;
    this.transposeB = transposeB;
    this.c = c;
    this.co = co;
    this.ldc = ldc;
    this.accumulate = accumulate;
    this.scratch = scratch;
    this.so = so;
    workers.parallel(tasks(m, n, k), task);
  }

  private void run(int index) {
    int tasks = tasks(m, n, k);
    int from = so + index * taskScratch(m, n, k, transposeB, tasks);
    if (byColumns(n)) {
      int share = share(n, tasks, COLUMNS);
      int j = index * share;
      int cols = Math.min(share, n - j);
      if (cols > 0) {
        FloatMatmul.matmul(
            m,
            cols,
            k,
            a,
            ao,
            aRowStride,
            aColStride,
            b,
            bo + (transposeB ? j * ldb : j),
            ldb,
            transposeB,
            c,
            co + j,
            ldc,
            accumulate,
            scratch,
            from);
      }
    } else {
      int share = share(m, tasks, ROWS);
      int i = index * share;
      int rows = Math.min(share, m - i);
      if (rows > 0) {
        FloatMatmul.matmul(
            rows,
            n,
            k,
            a,
            ao + i * aRowStride,
            aRowStride,
            aColStride,
            b,
            bo,
            ldb,
            transposeB,
            c,
            co + i * ldc,
            ldc,
            accumulate,
            scratch,
            from);
      }
    }
  }

  private int tasks(int m, int n, int k) {
    return (long) m * n * k < SMALL ? 1 : workers.threads();
  }

  private boolean byColumns(int n) {
    return n >= COLUMNS * workers.threads();
  }

  private int taskScratch(int m, int n, int k, boolean transposeB, int tasks) {
    int size =
        byColumns(n)
            ? FloatMatmul.scratchSize(m, share(n, tasks, COLUMNS), k, transposeB)
            : FloatMatmul.scratchSize(share(m, tasks, ROWS), n, k, transposeB);
    // The last share may be smaller, and a smaller product may be one that needs scratch.
    return Math.max(size, FloatMatmul.packedSize(Math.min(k, 512), Math.min(n, 256)));
  }

  /** The size of an even share in whole units. */
  private static int share(int extent, int tasks, int unit) {
    return Math.ceilDiv(extent, tasks * unit) * unit;
  }
}
