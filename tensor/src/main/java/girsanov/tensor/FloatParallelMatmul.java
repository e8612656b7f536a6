package girsanov.tensor;

import girsanov.tensor.kernel.Epilogue;
import girsanov.tensor.kernel.Extents;
import girsanov.tensor.kernel.FloatMatmul;
import java.util.function.IntConsumer;

/**
 * One large product C[m, n] (+)= A[m, k] B[k, n] by all threads of a team: each takes ranges of
 * columns, or of rows where the columns are few or cannot be shared out evenly. No sum is cut, so
 * the bits are those of {@link FloatMatmul#matmul}, for any number of threads.
 *
 * <p>Where a share packs nothing, a thread has several, so that one whom something else held up
 * leaves the last of them to the others.
 *
 * <p>A call allocates nothing: its arguments stand in fields while the team works. One caller at a
 * time.
 */
public final class FloatParallelMatmul {
  /** Ranges of columns are multiples of whole panels of the kernel, ranges of rows of its tiles. */
  private static final int COLUMNS = 64;

  private static final int ROWS = 4;

  /** A packed B of fewer terms is cut by rows: it is small, and packed in another way. */
  private static final int DEEP = 16;

  /** Packing an element takes as long as that many multiply-adds with it. */
  private static final int PACKING = 12;

  /** Products of fewer multiply-adds are faster on one thread if others must be woken for them. */
  private static final long SMALL = 600_000;

  /** After so many multiply-adds of smaller products they are woken nonetheless. */
  private static final long WAKE = 10_000_000;

  /** The multiply-adds that a share has at least. */
  private static final long LEAST = 100_000;

  /** The multiply-adds of a share where threads have several, some 20 microseconds. */
  private static final long GRAIN = 2_000_000;

  /** The most shares that a thread has. */
  private static final int FINE = 4;

  private final Workers workers;
  private final IntConsumer task = this::run;
  private final IntConsumer batchTask = this::runBatch;

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
  private boolean byColumns;

  private int[] outer = {};
  private int[] aSteps = {};
  private int[] bSteps = {};
  private int[] cSteps = {};
  private int count;

  /** The columns or rows of a share, or the products, and its scratch. */
  private int share;

  private int scratchEach;

  /** The multiply-adds of small products since the team was last woken for them. */
  private long alone;

  public FloatParallelMatmul(Workers workers) {
    this.workers = workers;
  }

  /** The elements of scratch that {@link #matmul} needs for these extents; may be 0. */
  public int scratchSize(Extents e) {
    int threads = mostThreads(e);
    boolean byColumns = byColumns(e, threads, false);
    int each = scratchOf(e, byColumns, share(byColumns ? e.n() : e.m(), threads, byColumns));
    return Math.max(FloatMatmul.scratchSize(e), Math.multiplyExact(threads, each));
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
    int threads = threads(extents);
    if (threads == 1) {
      FloatMatmul.matmul(extents, a, ao, b, bo, c, co, scratch, so, after, bias, biasAt);
      return;
    }
    this.scratch = scratch;
    this.so = so;
    packed = false;
    start(threads, extents, a, ao, b, bo, c, co, after, bias, biasAt);
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
    int threads = threads(extents);
    if (threads == 1) {
      FloatMatmul.matmulPacked(extents, a, ao, b, bo, c, co, after, bias, biasAt);
      return;
    }
    packed = true;
    start(threads, extents, a, ao, b, bo, c, co, after, bias, biasAt);
  }

  /**
   * A product for each index of axes of extents {@code outer}, along which the matrices lie {@code
   * aSteps}, {@code bSteps} and {@code cSteps} apart. The threads share out whole products where
   * these are many or short; otherwise they share each.
   */
  public void batch(
      int[] outer,
      Extents extents,
      float[] a,
      int ao,
      int[] aSteps,
      float[] b,
      int bo,
      int[] bSteps,
      float[] c,
      int co,
      int[] cSteps,
      float[] scratch,
      int so) {
    int count = count(outer);
    long work = count * extents.multiplyAdds();
    int threads = wholeThreads(extents, count);
    if (threads == 1 || !workers.isFree() || !isWorthIt(work)) {
      for (int i = 0; i < count; i++) {
        int ai = at(i, ao, outer, aSteps);
        int bi = at(i, bo, outer, bSteps);
        matmul(extents, a, ai, b, bi, c, at(i, co, outer, cSteps), scratch, so);
      }
      return;
    }
    this.extents = extents;
    this.a = a;
    this.ao = ao;
    this.b = b;
    this.bo = bo;
    this.c = c;
    this.co = co;
    this.scratch = scratch;
    this.so = so;
    this.outer = outer;
    this.aSteps = aSteps;
    this.bSteps = bSteps;
    this.cSteps = cSteps;
    this.count = count;
    share = Math.ceilDiv(count, threads * finer(threads, work));
    scratchEach = FloatMatmul.scratchSize(extents);
    workers.parallel(Math.ceilDiv(count, share), batchTask);
  }

  /** The elements of scratch that {@link #batch} needs; may be 0. */
  public int batchScratchSize(int[] outer, Extents e) {
    int threads = wholeThreads(e, count(outer));
    int shares = threads == 1 ? 1 : threads * FINE;
    return Math.max(scratchSize(e), Math.multiplyExact(shares, FloatMatmul.scratchSize(e)));
  }

  /** How many threads whole products of a batch are for; one where each is shared out by itself. */
  private int wholeThreads(Extents e, int count) {
    boolean whole = count >= FINE * workers.threads() || mostThreads(e) == 1;
    return whole ? Math.min(count, mostThreads(e, count * e.multiplyAdds())) : 1;
  }

  private void runBatch(int index) {
    int end = Math.min(count, (index + 1) * share);
    int from = so + index * scratchEach;
    for (int i = index * share; i < end; i++) {
      int ai = at(i, ao, outer, aSteps);
      int bi = at(i, bo, outer, bSteps);
      FloatMatmul.matmul(extents, a, ai, b, bi, c, at(i, co, outer, cSteps), scratch, from);
    }
  }

  private static int count(int[] outer) {
    int count = 1;
    for (int extent : outer) {
      count *= extent;
    }
    return count;
  }

  /** Where the matrix of that number in the batch starts. */
  private static int at(int number, int first, int[] outer, int[] steps) {
    int at = first;
    int rest = number;
    for (int axis = outer.length - 1; axis >= 0; axis--) {
      at += rest % outer[axis] * steps[axis];
      rest /= outer[axis];
    }
    return at;
  }

  /**
   * How many threads a product is for: one, which needs none of the fields, where nobody would take
   * the others' shares, since a share is a less good product than the whole.
   */
  private int threads(Extents e) {
    int most = mostThreads(e);
    return most > 1 && workers.isFree() && isWorthIt(e.multiplyAdds()) ? most : 1;
  }

  /** Whether to share out so much work, for which threads may have to be woken. */
  private boolean isWorthIt(long work) {
    if (work >= SMALL || workers.isAwake()) {
      return true;
    }
    alone += work;
    if (alone < WAKE) {
      return false;
    }
    alone = 0;
    return true;
  }

  private int mostThreads(Extents e) {
    return mostThreads(e, e.multiplyAdds());
  }

  /** Few terms are soon multiplied: what takes long is C, on its way to the cache. */
  private int mostThreads(Extents e, long work) {
    long least = e.k() < DEEP ? SMALL / 2 : LEAST;
    return (int) Math.clamp(work / least, 1, workers.threads());
  }

  private void start(
      int threads,
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
    byColumns = byColumns(extents, threads, packed);
    int extent = byColumns ? extents.n() : extents.m();
    share = share(extent, threads, byColumns);
    scratchEach = packed ? 0 : scratchOf(extents, byColumns, share);
    int finer = finer(threads, extents.multiplyAdds());
    if (finer > 1 && scratchEach == 0) {
      int small = share(extent, threads * finer, byColumns);
      share = packed || scratchOf(extents, byColumns, small) == 0 ? small : share;
    }
    workers.parallel(Math.ceilDiv(extent, share), task);
  }

  /** How many shares a thread has. */
  private static int finer(int threads, long work) {
    return (int) Math.clamp(work / (GRAIN * threads), 1, FINE);
  }

  private void run(int index) {
    Extents e = extents;
    int from = so + index * scratchEach;
    int first = index * share;
    if (byColumns) {
      part(0, e.m(), first, Math.min(share, e.n() - first), from);
    } else {
      part(first, Math.min(share, e.m() - first), 0, e.n(), from);
    }
  }

  private void part(int i, int rows, int j, int cols, int from) {
    Extents e = extents;
    if (packed) {
      FloatMatmul.partPacked(e, i, rows, j, cols, a, ao, b, bo, c, co, after, bias, biasAt);
    } else {
      FloatMatmul.part(
          e, i, rows, j, cols, a, ao, b, bo, c, co, scratch, from, after, bias, biasAt);
    }
  }

  /** Whether the largest share of columns is no more work than the largest share of rows. */
  private static boolean byColumns(Extents e, int threads, boolean packed) {
    boolean cuttable = !packed || (e.k() >= DEEP && e.n() % COLUMNS == 0);
    if (!cuttable || e.n() < COLUMNS * threads) {
      return false;
    }
    // Each thread packs what it needs of B: all of it where rows are shared out.
    int packing = packed ? 0 : PACKING;
    long columns = share(e.n(), threads, true);
    long rows = share(e.m(), threads, false);
    return columns * (e.m() + packing) <= e.n() * (rows + packing);
  }

  /** For a share of so many columns or rows, and for the last, which may be smaller. */
  private static int scratchOf(Extents e, boolean byColumns, int share) {
    if (byColumns) {
      return Math.max(
          FloatMatmul.scratchSize(e, e.m(), share),
          FloatMatmul.scratchSize(e, e.m(), rest(e.n(), share)));
    }
    return Math.max(
        FloatMatmul.scratchSize(e, share, e.n()),
        FloatMatmul.scratchSize(e, rest(e.m(), share), e.n()));
  }

  /** The size of an even share in whole units. */
  private static int share(int extent, int shares, boolean ofColumns) {
    int unit = ofColumns ? COLUMNS : ROWS;
    return Math.ceilDiv(extent, shares * unit) * unit;
  }

  /** What the last share has. */
  private static int rest(int extent, int share) {
    return extent == 0 ? 0 : extent - (extent - 1) / share * share;
  }
}
