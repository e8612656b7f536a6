package girsanov.tensor;

import girsanov.tensor.kernel.Epilogue;
import girsanov.tensor.kernel.Extents;
import girsanov.tensor.kernel.FloatMatmul;
import java.util.function.IntConsumer;

/**
 * One large product C[m, n] (+)= A[m, k] B[k, n] by all threads of a team: each takes a range of
 * columns, or of rows where the columns are few or cannot be shared out evenly. No sum is cut, so
 * the bits are those of {@link FloatMatmul#matmul}, for any number of threads.
 *
 * <p>A call allocates nothing: its arguments stand in fields while the team works. One caller at a
 * time.
 */
public final class FloatParallelMatmul {
  /** Ranges of columns are multiples of whole panels of the kernel, ranges of rows of its tiles. */
  private static final int COLUMNS = 64;

  private static final int ROWS = 12;

  /** A packed B of fewer terms is cut by rows: it is small, and packed in another way. */
  private static final int DEEP = 16;

  /** Packing an element takes as long as that many multiply-adds with it. */
  private static final int PACKING = 12;

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
  private boolean packed;
  private int tasks;

  public FloatParallelMatmul(Workers workers) {
    this.workers = workers;
  }

  /** The elements of scratch that {@link #matmul} needs for these extents; may be 0. */
  public int scratchSize(Extents e) {
    return Math.max(FloatMatmul.scratchSize(e), Math.multiplyExact(mostTasks(e), taskScratch(e)));
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
    int tasks = tasks(extents);
    if (tasks == 1) {
      FloatMatmul.matmul(extents, a, ao, b, bo, c, co, scratch, so, after, bias, biasAt);
      return;
    }
    this.scratch = scratch;
    this.so = so;
    packed = false;
    start(tasks, extents, a, ao, b, bo, c, co, after, bias, biasAt);
  }

  /** As {@link FloatMatmul#matmulPacked}. */
  public void matmulPacked(
      Extents extents, float[] a, int ao, float[] b, int bo, float[] c, int co) {
    matmulPacked(extents, a, ao, b, bo, c, co, Epilogue.NONE, c, 0);
  }

  /** As {@link FloatMatmul#matmulPacked}. */
  public void matmulPacked(
      Extents extents,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      Epilogue after,
      float[] bias,
      int biasAt) {
    int tasks = tasks(extents);
    if (tasks == 1) {
      FloatMatmul.matmulPacked(extents, a, ao, b, bo, c, co, after, bias, biasAt);
      return;
    }
    packed = true;
    start(tasks, extents, a, ao, b, bo, c, co, after, bias, biasAt);
  }

  /**
   * The shares to cut a product into: one, which needs none of the fields, where nobody would take
   * the others, since a share is a less good product than the whole.
   */
  private int tasks(Extents e) {
    int most = mostTasks(e);
    return most > 1 && workers.isFree() ? most : 1;
  }

  private void start(
      int tasks,
      Extents extents,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] c,
      int co,
      Epilogue after,
      float[] bias,
      int biasAt) {
    this.extents = extents;
    this.a = a;
    this.ao = ao;
    this.b = b;
    this.bo = bo;
    this.c = c;
    this.co = co;
    this.after = after;
    this.bias = bias;
    this.biasAt = biasAt;
    this.tasks = tasks;
    workers.parallel(tasks, task);
  }

  private void run(int index) {
    Extents e = extents;
    int from = packed ? 0 : so + index * taskScratch(e);
    if (byColumns(e, packed)) {
      int share = share(e.n(), tasks, COLUMNS);
      int j = index * share;
      part(0, e.m(), j, Math.min(share, e.n() - j), from);
    } else {
      int share = share(e.m(), tasks, ROWS);
      int i = index * share;
      part(i, Math.min(share, e.m() - i), 0, e.n(), from);
    }
  }

  private void part(int i, int rows, int j, int cols, int from) {
    if (rows <= 0 || cols <= 0) {
      return;
    }
    Extents e = extents;
    if (packed) {
      FloatMatmul.partPacked(e, i, rows, j, cols, a, ao, b, bo, c, co, after, bias, biasAt);
    } else {
      FloatMatmul.part(
          e, i, rows, j, cols, a, ao, b, bo, c, co, scratch, from, after, bias, biasAt);
    }
  }

  private int mostTasks(Extents e) {
    return e.multiplyAdds() < SMALL ? 1 : workers.threads();
  }

  /** Whether the largest share of columns is no more work than the largest share of rows. */
  private boolean byColumns(Extents e, boolean packed) {
    boolean cuttable = !packed || (e.k() >= DEEP && e.n() % COLUMNS == 0);
    if (!cuttable || e.n() < COLUMNS * workers.threads()) {
      return false;
    }
    // Each thread packs what it needs of B: all of it where rows are shared out.
    int packing = packed ? 0 : PACKING;
    long columns = share(e.n(), workers.threads(), COLUMNS);
    long rows = share(e.m(), workers.threads(), ROWS);
    return columns * (e.m() + packing) <= e.n() * (rows + packing);
  }

  /** For the largest share, and for the last, which may be smaller. */
  private int taskScratch(Extents e) {
    int tasks = mostTasks(e);
    if (byColumns(e, false)) {
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
