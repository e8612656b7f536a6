package girsanov.tensor;

import girsanov.tensor.kernel.Epilogue;
import girsanov.tensor.kernel.Extents;
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

  private Extents extents = Extents.of(0, 0, 0);
  private float[] a = {};
  private int ao;
  private float[] b = {};
  private int bo;
  private float[] c = {};
  private int co;
  private float[] scratch = {};
  private int so;
  private Epilogue after = Epilogue.NONE;
  private float[] bias = {};
  private int biasAt;

  public FloatParallelMatmul(Workers workers) {
    this.workers = workers;
  }

  /** The elements of scratch that {@link #matmul} needs for these extents; may be 0. */
  public int scratchSize(Extents e) {
    return Math.multiplyExact(tasks(e), taskScratch(e));
  }

  /** As {@link FloatMatmul#matmul}, with {@link #scratchSize} of this class. */
  public void matmul(
      Extents extents,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      float[] scratch,
      int so) {
    matmul(extents, a, ao, b, bo, c, co, scratch, so, Epilogue.NONE, c, 0);
  }

  /** As {@link FloatMatmul#matmul}, with {@link #scratchSize} of this class. */
  public void matmul(
      Extents extents,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      float[] scratch,
      int so,
      Epilogue after,
      float[] bias,
      int biasAt) {
    this.after = after;
    this.bias = bias;
    this.biasAt = biasAt;
    this.extents = extents;
    this.a = a;
    this.ao = ao;
    this.b = b;
    this.bo = bo;
    this.c = c;
    this.co = co;
    this.scratch = scratch;
    this.so = so;
    workers.parallel(tasks(extents), task);
  }

  private void run(int index) {
    Extents e = extents;
    int from = so + index * taskScratch(e);
    if (byColumns(e)) {
      int share = share(e.n(), tasks(e), COLUMNS);
      int j = index * share;
      int cols = Math.min(share, e.n() - j);
      if (cols > 0) {
        FloatMatmul.part(
            e, 0, e.m(), j, cols, a, ao, b, bo, c, co, scratch, from, after, bias, biasAt);
      }
    } else {
      int share = share(e.m(), tasks(e), ROWS);
      int i = index * share;
      int rows = Math.min(share, e.m() - i);
      if (rows > 0) {
        FloatMatmul.part(
            e, i, rows, 0, e.n(), a, ao, b, bo, c, co, scratch, from, after, bias, biasAt);
      }
    }
  }

  private int tasks(Extents e) {
    return (long) e.m() * e.n() * e.k() < SMALL ? 1 : workers.threads();
  }

  private boolean byColumns(Extents e) {
    return e.n() >= COLUMNS * workers.threads();
  }

  /** For the largest share, and for the last, which may be smaller. */
  private int taskScratch(Extents e) {
    int tasks = tasks(e);
    if (byColumns(e)) {
      int share = share(e.n(), tasks, COLUMNS);
      return Math.max(
          FloatMatmul.scratchSize(e, e.m(), share),
          FloatMatmul.scratchSize(e, e.m(), rest(e.n(), share)));
    }
    int share = share(e.m(), tasks, ROWS);
    return Math.max(
        FloatMatmul.scratchSize(e, share, e.n()),
        FloatMatmul.scratchSize(e, rest(e.m(), share), e.n()));
  }

  /** The size of an even share in whole units. */
  private static int share(int extent, int tasks, int unit) {
    return Math.ceilDiv(extent, tasks * unit) * unit;
  }

  /** What the last share has. */
  private static int rest(int extent, int share) {
    return extent == 0 ? 0 : extent - (extent - 1) / share * share;
  }
}
